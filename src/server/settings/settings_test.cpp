#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "server/settings/setting.hpp"
#include "server/settings/toml.hpp"

namespace ds::server {
namespace {

using namespace std::chrono_literals;

std::string why_not(std::string_view key, const json::Value& value) {
    Config config;
    const auto done = put(*find_setting(key), config, value);
    return done ? "" : done.error().message();
}

TEST(Settings, are_named_once_everywhere) {
    std::set<std::string> keys, variables, flags;
    for (const auto& setting : settings()) {
        EXPECT_TRUE(keys.insert(setting.key).second) << setting.key;
        EXPECT_TRUE(variables.insert(setting.variable()).second) << setting.key;
        EXPECT_TRUE(flags.insert(setting.flag()).second) << setting.key;
        EXPECT_FALSE(setting.purpose.empty()) << setting.key;
    }
    EXPECT_EQ(find_setting("log.level")->variable(), "DUMPSTATION_LOG_LEVEL");
    EXPECT_EQ(find_setting("tls.certificate")->flag(), "--tls-certificate");
}

// Every default is a value that may be written into the file.
TEST(Settings, every_default_is_within_its_limits) {
    const Config fresh;
    for (const auto& setting : settings()) {
        Config config;
        const auto done = put(setting, config, setting.get(fresh));
        EXPECT_TRUE(done) << done.error().message();
        EXPECT_EQ(setting.get(config), setting.get(fresh)) << setting.key;
    }
}

TEST(Settings, say_what_they_take) {
    EXPECT_EQ(why_not("slots", 1000), "slots: 1 to 256, not 1000");
    EXPECT_EQ(why_not("slots", -1), "slots: 1 to 256, not -1");
    EXPECT_EQ(why_not("slots", "two"), "slots: a whole number is expected");
    EXPECT_EQ(why_not("slots", 2.5), "slots: a whole number is expected");
    EXPECT_EQ(why_not("state", 5), "state: text is expected");
    EXPECT_EQ(why_not("state", "a\nb"), "state: has control characters");
    EXPECT_EQ(why_not("grace", "2d"), "grace: 0s to 1d, not 2d");
    EXPECT_NE(why_not("grace", "soon"), "");
    EXPECT_NE(why_not("grace", "99999999999999999999d"), "");
    EXPECT_EQ(why_not("log.level", "loud"),
              "log.level: one of debug, info, warning, error, not loud");
    EXPECT_EQ(why_not("pg_dirs", "/usr"), "pg_dirs: a list of text is expected");
    EXPECT_EQ(why_not("listen", "0.0.0.0:99999"), "listen: a port is at most 65535");
}

TEST(Settings, are_put_where_they_belong) {
    Config config;
    ASSERT_TRUE(put(*find_setting("listen"), config, "[::1]:99"));
    EXPECT_EQ(config.server.http.address, "::1");
    EXPECT_EQ(config.server.http.port, 99);
    ASSERT_TRUE(put(*find_setting("grace"), config, 90));
    EXPECT_EQ(config.grace, 90s);
    ASSERT_TRUE(put(*find_setting("watch_every"), config, "2h"));
    EXPECT_EQ(config.server.watch_every, 2h);
    ASSERT_TRUE(put(*find_setting("log.level"), config, "error"));
    EXPECT_EQ(config.log.level, sys::LogLevel::error);
}

TEST(Settings, secrets_are_masked) {
    Config config;
    ASSERT_TRUE(put(*find_setting("admin_password"), config, "hush-hush"));
    EXPECT_EQ(shown(*find_setting("admin_password"), config), "***");
    ASSERT_TRUE(put(*find_setting("catalog"), config, "postgres://me:hush-hush@db:5433/book"));
    EXPECT_EQ(shown(*find_setting("catalog"), config), "postgres://db:5433/book");
    ASSERT_TRUE(put(*find_setting("catalog"), config, "hush-hush"));
    EXPECT_EQ(shown(*find_setting("catalog"), config), "***");
}

TEST(Settings, what_was_meant_is_found) {
    EXPECT_EQ(nearest_key("slot"), "slots");
    EXPECT_EQ(nearest_key("tls.certficate"), "tls.certificate");
    EXPECT_EQ(nearest_key("level"), "log.level");
    EXPECT_EQ(nearest_key("something_else"), "");
    EXPECT_EQ(nearest_key(std::string(100'000, 'x')), "");
}

TEST(Settings, durations_are_read_and_written) {
    for (const auto* text : {"0s", "90s", "5m", "24h", "7d"})
        EXPECT_TRUE(parse_duration(text)) << text;
    EXPECT_EQ(*parse_duration("90"), 90s);
    EXPECT_EQ(duration_text(90s), "90s");
    EXPECT_EQ(duration_text(24h), "1d");
    for (const auto* text : {"", "s", "-5s", "1 h", "1.5h", "9999999d"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Settings, tls_needs_both_halves) {
    Config config;
    ASSERT_TRUE(put(*find_setting("tls.key"), config, "/key.pem"));
    EXPECT_FALSE(settle(config));
    ASSERT_TRUE(put(*find_setting("tls.certificate"), config, "/chain.pem"));
    EXPECT_TRUE(settle(config));
}

// Each line of the example says what holds without it.
TEST(Settings, the_example_is_every_default) {
    auto text = example_file();
    EXPECT_TRUE(parse_toml(text).entries.empty());
    for (auto at = text.find("\n#"); at != std::string::npos; at = text.find("\n#", at + 1)) {
        if (text[at + 2] != ' ') text.erase(at + 1, 1);
    }
    const auto file = parse_toml(text);
    EXPECT_EQ(file.error, "");
    EXPECT_EQ(file.entries.size(), settings().size());
    for (const auto& entry : file.entries) {
        const auto* setting = find_setting(entry.key);
        ASSERT_NE(setting, nullptr) << entry.key;
        Config config;
        EXPECT_TRUE(put(*setting, config, entry.value)) << entry.key;
        EXPECT_EQ(setting->get(config), setting->get(Config{})) << entry.key;
    }
}

// The reference in the guide is this description; DS_WRITE_DOCUMENTS=1 writes it there.
TEST(Settings, the_reference_is_up_to_date) {
    const std::string path = DS_SOURCE_DIR "/docs/user/configuration.md";
    std::stringstream read;
    read << std::ifstream{path}.rdbuf();
    auto text = read.str();
    const std::string begin = "<!-- settings -->\n", end = "<!-- /settings -->";
    const auto from = text.find(begin), to = text.find(end);
    ASSERT_TRUE(from != std::string::npos && to != std::string::npos) << path;
    const auto there = text.substr(from + begin.size(), to - from - begin.size());
    if (std::getenv("DS_WRITE_DOCUMENTS") != nullptr) {
        text.replace(from + begin.size(), there.size(), reference_table());
        std::ofstream{path} << text;
        return;
    }
    EXPECT_EQ(there, reference_table());
}

}  // namespace
}  // namespace ds::server
