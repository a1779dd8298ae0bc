#include "stores/all.hpp"

#include <gtest/gtest.h>

namespace ds::stores {
namespace {

std::string refusal(std::string_view url) {
    const auto store = open_store(url, sys::plain_run());
    EXPECT_FALSE(store) << url;
    if (store) return {};
    EXPECT_EQ(store.error().code(), Code::invalid) << store.error().message();
    return store.error().message() + " / " + store.error().hint();
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(OpenStore, opens_a_directory) {
    const auto store = open_store("file:///var/backups/", sys::plain_run());
    ASSERT_TRUE(store);
    EXPECT_EQ((*store)->traits().location, "file:///var/backups/");
    EXPECT_TRUE((*store)->traits().conditional_put);
}

TEST(OpenStore, opens_s3_and_shows_no_options) {
    const auto store = open_store(
        "s3://bucket/some/prefix?endpoint=http://127.0.0.1:9&access_key=a&secret_key=hush",
        sys::plain_run());
    ASSERT_TRUE(store) << store.error().message();
    EXPECT_EQ((*store)->traits().location, "s3://bucket/some/prefix");
}

TEST(OpenStore, names_the_known_kinds) {
    const auto text = refusal("ftp://host/x");
    EXPECT_TRUE(has(text, "ftp")) << text;
    EXPECT_TRUE(has(text, "file://, s3://")) << text;
    EXPECT_TRUE(has(refusal("/var/backups"), "file:///directory"));
}

TEST(OpenStore, lists_the_known_options_for_an_unknown_one) {
    const auto text = refusal("s3://bucket?regoin=x");
    EXPECT_TRUE(has(text, "'regoin'")) << text;
    EXPECT_TRUE(has(text, "endpoint, region")) << text;
    EXPECT_TRUE(has(refusal("file:///x?mode=1"), "has no options"));
}

TEST(OpenStore, checks_the_kind_of_an_option) {
    EXPECT_TRUE(has(refusal("s3://bucket?path_style=yes"), "path_style is neither true nor false"));
    EXPECT_TRUE(has(refusal("s3://bucket?parallel=many"), "parallel is not a whole number"));
    EXPECT_TRUE(has(refusal("s3://bucket?region="), "region is empty"));
}

TEST(OpenStore, refuses_a_user_before_the_host_without_showing_it) {
    const auto text = refusal("s3://key:hush@bucket/x");
    EXPECT_FALSE(has(text, "hush")) << text;
}

TEST(OpenStore, refuses_a_directory_elsewhere) {
    EXPECT_TRUE(has(refusal("file://server/share"), "three slashes"));
    EXPECT_TRUE(has(refusal("file://"), "directory is missing"));
}

TEST(OpenStore, never_shows_a_secret_whatever_is_wrong) {
    for (const char* rest : {"&endpoint=ftp://x", "&endpoint=http://u:hush@x", "&preset=none",
                             "&preset=r2", "&part_mib=1", "&access_key=a&secret_key_file=/x",
                             "&unknown=hush", "&region=hush/hush"}) {
        const auto text = refusal(std::string{"s3://bucket/x?secret_key=hush"} + rest);
        EXPECT_FALSE(has(text, "hush")) << text;
    }
}

TEST(Drivers, mark_what_is_secret) {
    for (const auto* driver : drivers()) {
        for (const auto& option : driver->options) {
            const bool sounds_secret =
                option.name == "secret_key" || option.name == "session_token";
            EXPECT_EQ(option.kind == OptionKind::secret, sounds_secret) << option.name;
            EXPECT_FALSE(option.help.empty());
        }
    }
}

TEST(CheckKey, allows_the_alphabet_of_the_format_only) {
    for (const char* key : {"a", "A-z_0.9", "a/b/c", ".hidden", "...", "a/..b"})
        EXPECT_TRUE(check_key(key)) << key;
    for (const char* key :
         {"", "/", "a/", "/a", "a//b", "..", "a/..", "a b", "a\tb", "a\\b", "é"}) {
        EXPECT_FALSE(check_key(key)) << key;
    }
    EXPECT_TRUE(check_key(std::string(512, 'a')));
    EXPECT_FALSE(check_key(std::string(513, 'a')));
}

}  // namespace
}  // namespace ds::stores
