#include "engines/postgres/physical/tar.hpp"

#include <gtest/gtest.h>

#include "engines/postgres/physical/testing/tar_of.hpp"

namespace ds::engines::postgres {
namespace {

using testing::tar_header;
using testing::tar_of;

struct Noted final : TarVisitor {
    std::string text;

    Status begin(const TarEntry& entry) override {
        text += entry.path + (entry.kind == TarEntry::Kind::directory ? "/" : "") + "[";
        return {};
    }
    Status contents(View bytes) override {
        text += text_of(bytes);
        return {};
    }
    Status end() override {
        text += "] ";
        return {};
    }
};

std::string read(const std::string& tar, std::size_t step) {
    Noted noted;
    TarReader reader{noted};
    for (std::size_t at = 0; at < tar.size(); at += step) {
        const auto added = reader.add(view_of(std::string_view{tar}.substr(at, step)));
        if (!added) return added.error().message();
    }
    const auto finished = reader.finish();
    return finished ? noted.text : finished.error().message();
}

TEST(Tar, is_read_in_pieces_of_any_size) {
    const auto tar =
        tar_of({{"backup_label", "START"}, {"base/", ""}, {"base/5/1", ""}, {"x", "y"}});
    for (const std::size_t step : {1U, 7U, 512U, 100'000U})
        EXPECT_EQ(read(tar, step), "backup_label[START] base/[] base/5/1[] x[y] ") << step;
    EXPECT_EQ(read(tar.substr(0, tar.size() - 1024), 512),
              "backup_label[START] base/[] base/5/1[] x[y] ")
        << "as servers before 15 send it";
}

TEST(Tar, sizes_beyond_octal_are_read) {
    auto header = tar_header("big", 0);
    header.replace(124, 12, std::string{"\x80\0\0\0\0\0\0\x02\0\0\0\0", 12});
    testing::seal(header);
    struct Size final : TarVisitor {
        std::uint64_t bytes = 0;
        Status begin(const TarEntry& entry) override {
            bytes = entry.bytes;
            return {};
        }
        Status contents(View) override { return {}; }
        Status end() override { return {}; }
    } size;
    TarReader reader{size};
    ASSERT_TRUE(reader.add(view_of(header)));
    EXPECT_EQ(size.bytes, std::uint64_t{2} << 32);
    EXPECT_FALSE(reader.finish()) << "its contents are missing";
}

TEST(Tar, hostile_ones_are_refused) {
    for (const char* path : {"/etc/passwd", "../x", "base/../../x", "a//b", ".", "base/./x", ""})
        EXPECT_NE(read(tar_of({{path, "x"}}), 512).find("it has the path"), std::string::npos)
            << path;
    for (const char type : {'1', '2', '3', '4', '6', 'L', 'x', 'g'}) {
        auto header = tar_header("pg_tblspc/1", 0);
        header[156] = type;
        testing::seal(header);
        EXPECT_NE(read(header, 512).find("neither file nor directory"), std::string::npos) << type;
    }
    auto tar = tar_of({{"x", "y"}});
    tar[0] = 'z';
    EXPECT_NE(read(tar, 512).find("checksum"), std::string::npos);
    EXPECT_NE(read(std::string(512, 'x'), 512).find("ustar"), std::string::npos);
    const auto whole = tar_of({{"x", "contents"}});
    for (const std::size_t bytes : {100U, 512U, 515U, 600U})
        EXPECT_NE(read(whole.substr(0, bytes), 64).find("ends in the middle"), std::string::npos)
            << bytes;
    EXPECT_NE(read(whole + whole, 512).find("behind its end"), std::string::npos);
}

}  // namespace
}  // namespace ds::engines::postgres
