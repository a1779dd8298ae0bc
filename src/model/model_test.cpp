#include <gtest/gtest.h>

#include "base/text.hpp"
#include "model/backup_name.hpp"

namespace ds::model {
namespace {

TEST(BackupName, is_two_words_a_day_and_a_minute) {
    const auto name = make_backup_name(from_rfc3339("2026-11-23T05:17:09Z").value());
    const auto parts = split(name, '-');
    ASSERT_EQ(parts.size(), 4U) << name;
    EXPECT_EQ(parts[2] + "-" + parts[3], "20261123-0517");
    for (const auto& word : {parts[0], parts[1]}) EXPECT_GE(word.size(), 3U);
}

}  // namespace
}  // namespace ds::model
