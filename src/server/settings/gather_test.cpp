#include "server/settings/gather.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "sys/testing/temp_directory.hpp"

namespace ds::server {
namespace {

class Gathering : public ::testing::Test {
protected:
    sys::testing::TempDirectory directory;
    std::vector<std::string> variables;

    void TearDown() override {
        for (const auto& name : variables) ::unsetenv(name.c_str());
    }
    void set(const std::string& name, const std::string& value) {
        variables.push_back(name);
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    std::string file(const std::string& text, const std::string& name = "config.toml") {
        const auto path = directory / name;
        EXPECT_TRUE(sys::write_file(path, view_of(text)));
        return path.string();
    }
    std::vector<Problem> problems_of(const std::string& text) {
        auto found = check_file(file(text));
        EXPECT_TRUE(found);
        return found.value_or(std::vector<Problem>{});
    }
    std::string why_not(const std::string& path, const Flags& flags = {}) {
        const auto gathered = gather(path, flags);
        return gathered ? "" : gathered.error().message();
    }
};

TEST_F(Gathering, a_flag_beats_the_environment_that_the_file_that_the_default) {
    const auto path = file("slots = 3\ngrace = \"3m\"\nlisten = \"127.0.0.3:3\"\n");
    set("DUMPSTATION_SLOTS", "4");
    set("DUMPSTATION_GRACE", "4m");
    const auto gathered = gather(path, {{"slots", {"5"}}});
    ASSERT_TRUE(gathered) << gathered.error().message();
    EXPECT_EQ(gathered->config.server.runner.slots, 5U);
    EXPECT_EQ(gathered->config.grace, std::chrono::minutes{4});
    EXPECT_EQ(gathered->config.server.http.address, "127.0.0.3");
    EXPECT_EQ(gathered->config.server.prune_grace, Config{}.server.prune_grace);
    EXPECT_EQ(gathered->file, path);
    EXPECT_EQ(gathered->origins, (std::map<std::string, std::string>{{"slots", "--slots"},
                                                                     {"grace", "DUMPSTATION_GRACE"},
                                                                     {"listen", path + ":3:1"}}));
}

TEST_F(Gathering, every_setting_can_be_given_everywhere) {
    const Config fresh;
    for (const auto& setting : settings()) {
        const auto text = shown(setting, fresh);
        if (text.empty()) continue;
        set(setting.variable(), text);
        const auto gathered = gather("/dev/null", {{setting.key, {text}}});
        ASSERT_TRUE(gathered) << setting.key << ": " << gathered.error().message();
        EXPECT_EQ(setting.get(gathered->config), setting.get(fresh)) << setting.key;
        EXPECT_EQ(gathered->origins.at(setting.key), setting.flag());
    }
}

TEST_F(Gathering, lists_come_as_lists_and_with_colons) {
    const auto path = file("pg_dirs = [\"/a\", \"/b\"]\n");
    const std::vector<std::string> two{"/a", "/b"};
    EXPECT_EQ(gather(path, {})->config.server.tool_dirs, two);
    EXPECT_EQ(gather("/dev/null", {{"pg_dirs", {"/a", "/b"}}})->config.server.tool_dirs, two);
    set("DUMPSTATION_PG_DIRS", "/a:/b");
    EXPECT_EQ(gather("/dev/null", {})->config.server.tool_dirs, two);
}

TEST_F(Gathering, secrets_come_from_files_of_their_own) {
    const auto secret = file("postgres://me:hush@db/book\n", "secret");
    const auto by_file = gather(file("catalog_file = \"" + secret + "\"\n"), {});
    ASSERT_TRUE(by_file) << by_file.error().message();
    EXPECT_EQ(by_file->config.server.catalog_url.reveal(), "postgres://me:hush@db/book");
    set("DUMPSTATION_CATALOG_FILE", secret);
    const auto by_variable = gather("/dev/null", {});
    ASSERT_TRUE(by_variable);
    EXPECT_EQ(by_variable->config.server.catalog_url.reveal(), "postgres://me:hush@db/book");
    EXPECT_EQ(by_variable->origins.at("catalog"), "DUMPSTATION_CATALOG_FILE");
}

TEST_F(Gathering, errors_name_their_place) {
    const auto path = file("\n  slots = 1000\n");
    EXPECT_EQ(why_not(path), path + ":2:3: slots: 1 to 256, not 1000");
    EXPECT_EQ(why_not("/dev/null", {{"slots", {"x"}}}).substr(0, 9), "--slots: ");
    set("DUMPSTATION_SLOTS", "0");
    EXPECT_EQ(why_not("/dev/null"), "DUMPSTATION_SLOTS: slots: 1 to 256, not 0");
}

TEST_F(Gathering, a_file_that_was_named_must_be_there) {
    EXPECT_EQ(gather((directory / "none.toml").string(), {}).error().code(), Code::not_found);
    set("DUMPSTATION_CONFIG", (directory / "none.toml").string());
    EXPECT_EQ(gather("", {}).error().code(), Code::not_found);
    set("DUMPSTATION_CONFIG", file("slots = 7\n"));
    EXPECT_EQ(gather("", {})->config.server.runner.slots, 7U);
    EXPECT_EQ(check_file(directory / "none.toml").error().code(), Code::not_found);
}

TEST_F(Gathering, everything_wrong_is_told_at_once) {
    const auto problems = problems_of(
        "slot = 3\n"
        "[log]\n"
        "level = \"loud\"\n"
        "format = 1979-05-27\n"
        "[tls]\n"
        "key_file = \"x\"\n"
        "[nothing.like.it]\n"
        "x = 1\n");
    ASSERT_EQ(problems.size(), 5U);
    EXPECT_EQ(problems[0].message, "slot: there is no such setting");
    EXPECT_EQ(problems[0].hint, "Is slots meant?");
    EXPECT_EQ(problems[0].line, 1U);
    EXPECT_EQ(problems[1].message, "log.level: one of debug, info, warning, error, not loud");
    EXPECT_EQ(problems[1].line, 3U);
    EXPECT_EQ(problems[1].column, 1U);
    EXPECT_EQ(problems[2].key, "log.format");
    EXPECT_EQ(problems[3].message, "tls.key_file: there is no such setting");
    EXPECT_EQ(problems[4].key, "nothing.like.it.x");
    EXPECT_TRUE(problems_of("slots = 3\n[log]\nlevel = \"debug\"\n").empty());
    EXPECT_EQ(problems_of("[tls]\nkey = \"x\"\n").size(), 1U) << "a key without its certificate";
}

TEST_F(Gathering, what_is_no_toml_is_told_with_its_place) {
    for (const auto* text :
         {"slots = \n", "slots 3\n", "[log\n", "a = 1\na = 2\n", "\"\xff\" = 1\n", "x = '''",
          "x = 99999999999999999999\n", "x = \xcc\x82\n"}) {
        const auto problems = problems_of(text);
        ASSERT_EQ(problems.size(), 1U) << text;
        EXPECT_GT(problems[0].line, 0U) << text;
        EXPECT_NE(problems[0].message, "") << text;
    }
}

TEST_F(Gathering, hostile_files_end_in_an_error) {
    EXPECT_FALSE(problems_of("x = " + std::string(10'000, '[')).empty());
    EXPECT_FALSE(problems_of(std::string(100, '[') + "\n").empty());
    std::string deep = "a";
    for (int i = 0; i < 5000; ++i) deep += ".a";
    EXPECT_FALSE(problems_of(deep + " = 1\n").empty());
    EXPECT_FALSE(check_file(file(std::string(300 * KiB, '#'))));
}

}  // namespace
}  // namespace ds::server
