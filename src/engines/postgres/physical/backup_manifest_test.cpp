#include "engines/postgres/physical/backup_manifest.hpp"

#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

std::vector<ClusterFile> some() {
    return {{"base/5/1", 0, 512, 8192, 60, 0x01020304}, {"PG_VERSION", 0, 9728, 3, 0, 0xE3069283}};
}

/// What the reader says of `text`, "" = it is sound.
std::string complaint(const std::string& text, std::vector<ClusterFile> files = some()) {
    ManifestCheck check{files};
    ManifestReader reader{[&](const ManifestFile& file) { return check.take(file); }};
    auto done = reader.add(view_of(text));
    if (done) done = reader.finish();
    if (done) done = check.finish();
    return done ? "" : done.error().message();
}

TEST(BackupManifest, what_we_write_for_older_servers_reads_back) {
    auto files = some();
    const auto text = written_manifest(files, {1, 0x2000028, 0x2000100});
    EXPECT_EQ(complaint(text), "");
    EXPECT_NE(text.find("\"Last-Modified\": \"1970-01-01 00:01:00 GMT\""), std::string::npos);
    ManifestReader reader{[](const ManifestFile&) { return Status{}; }};
    ASSERT_TRUE(reader.add(view_of(text)));
    ASSERT_EQ(reader.wal_ranges().size(), 1U);
    EXPECT_EQ(reader.wal_ranges()[0].end, 0x2000100U);
}

TEST(BackupManifest, every_difference_is_found) {
    auto files = some();
    const auto text = written_manifest(files, {1, 1, 2});
    const auto without = [&](auto&& change) {
        auto other = some();
        change(other);
        return complaint(text, other);
    };
    EXPECT_NE(without([](auto& f) { f.pop_back(); }).find("did not come"), std::string::npos);
    EXPECT_NE(without([](auto& f) { f[0].bytes = 1; }).find("otherwise"), std::string::npos);
    EXPECT_NE(without([](auto& f) { f[1].crc32c = 1; }).find("otherwise"), std::string::npos);
    EXPECT_NE(without([](auto& f) { f.push_back({"x", 0, 0, 0, 0, 0}); }).find("not in it"),
              std::string::npos);
    EXPECT_EQ(
        without([](auto& f) { f.push_back({"pg_wal/000000010000000000000002", 0, 0, 0, 0, 0}); }),
        "");
}

TEST(BackupManifest, what_was_changed_is_refused) {
    auto files = some();
    const auto text = written_manifest(files, {1, 1, 2});
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto changed = text;
        changed[at] ^= 1;
        EXPECT_NE(complaint(changed), "") << at;
    }
    EXPECT_NE(complaint(text.substr(0, text.size() / 2)), "");
    EXPECT_NE(complaint(text + "x\n"), "");
    EXPECT_NE(complaint(std::string(20'000, 'x')), "");
}

}  // namespace
}  // namespace ds::engines::postgres
