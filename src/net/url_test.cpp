#include "net/url.hpp"

#include <gtest/gtest.h>

namespace ds::net {
namespace {

TEST(Url, reads_every_part) {
    const auto url = Url::parse("S3://key:p%40ss@host.example:9000/a/b%20c?region=eu-1&flag&x=%26");
    ASSERT_TRUE(url) << url.error().message();
    EXPECT_EQ(url->scheme, "s3");
    EXPECT_EQ(url->user, "key");
    EXPECT_EQ(url->password.reveal(), "p@ss");
    EXPECT_EQ(url->host, "host.example");
    EXPECT_EQ(url->port, 9000);
    EXPECT_EQ(url->path, "/a/b c");
    EXPECT_EQ(*url->option("region"), "eu-1");
    EXPECT_EQ(*url->option("flag"), "");
    EXPECT_EQ(*url->option("x"), "&");
    EXPECT_EQ(url->option("missing"), nullptr);
}

TEST(Url, reads_a_file_url_without_host) {
    const auto url = Url::parse("file:///var/backups");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "");
    EXPECT_EQ(url->path, "/var/backups");
}

TEST(Url, reads_an_ipv6_address) {
    const auto url = Url::parse("http://[::1]:9000/");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "::1");
    EXPECT_EQ(url->origin(), "http://[::1]:9000");
}

TEST(Url, keeps_a_plus_because_secret_keys_have_them) {
    const auto url = Url::parse("s3://b?secret_key=a+b/c=");
    ASSERT_TRUE(url);
    EXPECT_EQ(*url->option("secret_key"), "a+b/c=");
}

TEST(Url, shows_neither_user_nor_password_nor_options) {
    const auto url = Url::parse("s3://user:hush@bucket/prefix?secret_key=hush");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->shown(), "s3://bucket/prefix");
}

TEST(Url, never_repeats_the_text_in_an_error) {
    for (const char* text : {"s3:/hush", "hush", "s3://u:hush@h:port/", "s3://b?secret_key=hush%G",
                             "s3://b?a=hush&a=2", "s3://b#hush", "s3://u:hush@[::1/"}) {
        const auto url = Url::parse(text);
        ASSERT_FALSE(url) << text;
        EXPECT_EQ(url.error().code(), Code::invalid);
        EXPECT_EQ(url.error().message().find("hush"), std::string::npos) << url.error().message();
    }
}

TEST(Url, refuses_control_characters_also_encoded_ones) {
    EXPECT_FALSE(Url::parse("file:///a\nb"));
    EXPECT_FALSE(Url::parse("file:///a%0ab"));
    EXPECT_FALSE(Url::parse("file:///a%00b"));
    EXPECT_FALSE(Url::parse("file:///a?x=%00"));
}

TEST(Url, is_bounded) {
    EXPECT_TRUE(Url::parse("file:///" + std::string(8 * 1024 - 8, 'a')));
    EXPECT_FALSE(Url::parse("file:///" + std::string(8 * 1024 - 7, 'a')));
}

TEST(Url, refuses_ports_that_cannot_be) {
    for (const char* text : {"http://h:0/", "http://h:65536/", "http://h:/", "http://h:1x/"}) {
        EXPECT_FALSE(Url::parse(text)) << text;
    }
    EXPECT_TRUE(Url::parse("http://h:65535/"));
}

TEST(PercentEncoding, goes_both_ways) {
    std::string all;
    for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
    const auto encoded = percent_encoded(all, "/");
    const auto decoded = percent_decoded(encoded);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, all);
    EXPECT_EQ(percent_encoded("a/b ~é", "/"), "a/b%20~%C3%A9");
}

TEST(PercentEncoding, refuses_a_torn_escape) {
    EXPECT_FALSE(percent_decoded("%"));
    EXPECT_FALSE(percent_decoded("%4"));
    EXPECT_FALSE(percent_decoded("a%4g"));
    EXPECT_EQ(*percent_decoded("%41"), "A");
}

}  // namespace
}  // namespace ds::net
