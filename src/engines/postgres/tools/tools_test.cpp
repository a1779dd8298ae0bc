#include "engines/postgres/tools/tools.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "sys/files.hpp"

namespace ds::engines::postgres {
namespace {

namespace fs = std::filesystem;

// Majors that no machine has, so that what is installed here does not matter.
class Tools : public ::testing::Test {
protected:
    fs::path root_ = fs::path{::testing::TempDir()} / fmt::format("tools-{}", ::getpid());

    void SetUp() override { ::unsetenv("DUMPSTATION_PG_DIRS"); }
    void TearDown() override { fs::remove_all(root_); }

    void install(const std::string& directory, const std::string& program,
                 const std::string& version_line) {
        const auto file = root_ / directory / program;
        ASSERT_TRUE(sys::make_directories(file.parent_path()));
        ASSERT_TRUE(
            sys::write_file(file, view_of("#!/bin/sh\necho '" + version_line + "'\n"), 0755));
    }
    Result<Tool> find(const std::string& program, int major, Fit fit) {
        return find_tool(program, major, fit, {root_.string()});
    }
};

TEST_F(Tools, a_program_of_the_same_major_version_is_preferred_wherever_it_lies) {
    install(".", "pg_dump", "pg_dump (PostgreSQL) 903.1");
    install("902/bin", "pg_dump", "pg_dump (PostgreSQL) 902.7 (Debian 902.7-1)");
    const auto tool = find("pg_dump", 902, Fit::same_or_newer);
    ASSERT_TRUE(tool.has_value()) << tool.error().message();
    EXPECT_EQ(tool->path, root_ / "902/bin/pg_dump");
    EXPECT_EQ(tool->version, "pg_dump (PostgreSQL) 902.7 (Debian 902.7-1)");
}

TEST_F(Tools, otherwise_the_smallest_newer_one_and_never_an_older_one) {
    install("pg/905/bin", "pg_dump", "pg_dump (PostgreSQL) 905.0");
    install("pg/904/full/bin", "pg_dump", "pg_dump (PostgreSQL) 904beta1");
    install("900/bin", "pg_dump", "pg_dump (PostgreSQL) 900.3");
    const auto tool = find("pg_dump", 902, Fit::same_or_newer);
    ASSERT_TRUE(tool.has_value()) << tool.error().message();
    EXPECT_EQ(tool->major, 904);
    EXPECT_FALSE(find("pg_dump", 902, Fit::exact).has_value());
}

TEST_F(Tools, what_is_missing_is_named_with_what_there_is_and_what_to_install) {
    install("901/bin", "pg_dump", "pg_dump (PostgreSQL) 901.2");
    const auto tool = find("pg_dump", 902, Fit::same_or_newer);
    ASSERT_FALSE(tool.has_value());
    EXPECT_EQ(tool.error().code(), Code::unsupported);
    EXPECT_NE(tool.error().message().find("pg_dump 902 or newer is needed; found: "),
              std::string::npos);
    EXPECT_NE(tool.error().message().find("901"), std::string::npos);
    EXPECT_NE(tool.error().hint().find("apt-get install postgresql-client-902"), std::string::npos);
    const auto server = find("initdb", 902, Fit::exact);
    EXPECT_NE(server.error().hint().find("apt-get install postgresql-902"), std::string::npos);
}

TEST_F(Tools, programs_that_do_not_start_or_are_something_else_are_passed_over) {
    install("906/bin", "pg_dump", "mysqldump  Ver 10.19");
    ASSERT_TRUE(sys::make_directories(root_ / "907/bin"));
    ASSERT_TRUE(
        sys::write_file(root_ / "907/bin/pg_dump", view_of("#!/no/such/interpreter\n"), 0755));
    ASSERT_TRUE(sys::make_directories(root_ / "908/bin/pg_dump"));
    install("909/bin", "pg_dump", "pg_dump (PostgreSQL) 909.1");
    const auto tool = find("pg_dump", 906, Fit::same_or_newer);
    ASSERT_TRUE(tool.has_value()) << tool.error().message();
    EXPECT_EQ(tool->major, 909);
}

TEST_F(Tools, the_environment_names_directories_too) {
    install("elsewhere/bin", "pg_dump", "pg_dump (PostgreSQL) 911.1");
    ::setenv("DUMPSTATION_PG_DIRS", ("/nowhere:" + (root_ / "elsewhere").string()).c_str(), 1);
    const auto tool = find_tool("pg_dump", 911, Fit::exact, {});
    ASSERT_TRUE(tool.has_value()) << tool.error().message();
}

TEST_F(Tools, a_program_that_was_replaced_is_asked_again) {
    install(".", "pg_dump", "pg_dump (PostgreSQL) 912.1");
    EXPECT_EQ(find("pg_dump", 912, Fit::exact)->version, "pg_dump (PostgreSQL) 912.1");
    install(".", "pg_dump", "pg_dump (PostgreSQL) 912.2");
    fs::last_write_time(root_ / "pg_dump",
                        fs::file_time_type::clock::now() + std::chrono::seconds{5});
    EXPECT_EQ(find("pg_dump", 912, Fit::exact)->version, "pg_dump (PostgreSQL) 912.2");
}

TEST(MajorOf, reads_what_version_prints) {
    EXPECT_EQ(*major_of("pg_dump (PostgreSQL) 17.11 (Debian 17.11-0+deb13u1)"), 17);
    EXPECT_EQ(*major_of("postgres (PostgreSQL) 19devel"), 19);
    EXPECT_EQ(*major_of("pg_restore (PostgreSQL) 18beta2"), 18);
    EXPECT_FALSE(major_of("").has_value());
    EXPECT_FALSE(major_of("pg_dump (PostgreSQL) ").has_value());
    EXPECT_FALSE(major_of("pg_dump (PostgreSQL) 99999999999999999999").has_value());
}

}  // namespace
}  // namespace ds::engines::postgres
