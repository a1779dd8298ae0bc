#include "notify/testing/strict_channels.hpp"

#include <gtest/gtest.h>

namespace ds::notify::testing {
namespace {

json::Value parsed(const std::string& text) { return json::parse(text).value(); }

std::string discord_embed(const std::string& members) {
    return R"({"allowed_mentions":{"parse":[]},"embeds":[{)" + members + "}]}";
}

TEST(StrictDiscord, refuses_one_past_each_limit) {
    const auto refuses = [](const std::string& members) {
        return discord_verdict(parsed(discord_embed(members))).has_value();
    };
    const auto text = [](std::size_t size) { return std::string(size, 'x'); };
    EXPECT_FALSE(refuses(R"("title":")" + text(256) + "\""));
    EXPECT_TRUE(refuses(R"("title":")" + text(257) + "\""));
    EXPECT_FALSE(refuses(R"("description":")" + text(4096) + "\""));
    EXPECT_TRUE(refuses(R"("description":")" + text(4097) + "\""));
    EXPECT_TRUE(refuses(R"("title":"x","fields":[{"name":" ","value":"x"}])"));
    EXPECT_TRUE(refuses(R"("title":"x","fields":[{"name":"x","value":5}])"));
    EXPECT_TRUE(refuses(R"re("title":"x","url":"javascript:alert(1)")re"));
    std::string fields;
    for (int i = 0; i < 2; ++i) fields += R"({"name":"x","value":")" + text(1000) + R"("},)";
    fields.pop_back();
    EXPECT_TRUE(refuses(R"("description":")" + text(4096) + R"(","fields":[)" + fields + "]"));
}

TEST(StrictTelegram, refuses_broken_markup_and_counts_what_is_seen) {
    const auto verdict = [](const std::string& text) {
        return telegram_verdict(
            json::bj::object{{"chat_id", "1"}, {"text", text}, {"parse_mode", "HTML"}});
    };
    EXPECT_FALSE(verdict("<b>x</b> &lt;"));
    EXPECT_TRUE(verdict("a < b"));
    EXPECT_TRUE(verdict("a & b"));
    EXPECT_TRUE(verdict("<b>x"));
    EXPECT_TRUE(verdict("<b> </b>"));
    std::string much;
    for (int i = 0; i < 4096; ++i) much += "&amp;";
    EXPECT_FALSE(verdict(much));
    EXPECT_TRUE(verdict(much + "x"));
}

TEST(StrictSlack, refuses_bare_brackets_blank_texts_and_long_ones) {
    const auto verdict = [](const std::string& text) {
        return slack_verdict(json::bj::object{
            {"text", "x"},
            {"blocks", json::bj::array{{{"type", "header"},
                                        {"text", {{"type", "plain_text"}, {"text", text}}}}}}});
    };
    EXPECT_FALSE(verdict(std::string(150, 'x')));
    EXPECT_TRUE(verdict(std::string(151, 'x')));
    EXPECT_TRUE(verdict("<!channel>"));
    EXPECT_TRUE(verdict("a & b"));
    EXPECT_TRUE(verdict(" "));
}

}  // namespace
}  // namespace ds::notify::testing
