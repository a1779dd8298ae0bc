#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include "sys/files.hpp"
#include "sys/process.hpp"
#include "sys/random.hpp"
#include "sys/run.hpp"

namespace ds::sys {
namespace {

struct TempDirectory {
    fs::path path = fs::temp_directory_path() / ("ds-sys-" + to_hex(random_bytes(6)));
    TempDirectory() { fs::create_directories(path); }
    ~TempDirectory() { fs::remove_all(path); }
};

Command shell(std::string script) {
    return {{"/bin/sh", "-c", std::move(script)}, clean_environment(), {}, {}};
}

TEST(Files, a_file_appears_whole_with_its_mode_and_no_leftovers) {
    const TempDirectory temp;
    ASSERT_TRUE(write_file(temp.path / "key", view_of("secret"), 0600));
    EXPECT_EQ(text_of(read_file(temp.path / "key", 100).value()), "secret");
    struct stat info{};
    ::stat((temp.path / "key").c_str(), &info);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    EXPECT_EQ(std::distance(fs::directory_iterator{temp.path}, {}), 1);
}

TEST(Files, a_missing_and_a_too_large_file_are_told_apart) {
    const TempDirectory temp;
    EXPECT_EQ(read_file(temp.path / "none", 100).error().code(), Code::not_found);
    ASSERT_TRUE(write_file(temp.path / "big", Bytes(101)));
    EXPECT_EQ(read_file(temp.path / "big", 100).error().code(), Code::exhausted);
}

TEST(Files, directories_are_made_with_parents_but_not_over_a_file) {
    const TempDirectory temp;
    EXPECT_TRUE(make_directories(temp.path / "a/b/c", 0700));
    ASSERT_TRUE(write_file(temp.path / "file", {}));
    EXPECT_EQ(make_directories(temp.path / "file/x").error().code(), Code::invalid);
}

TEST(Files, a_secret_may_come_from_a_file) {
    const TempDirectory temp;
    ASSERT_TRUE(write_file(temp.path / "pw", view_of("hunter2\n"), 0600));
    ::setenv("DS_TEST_SECRET_FILE", (temp.path / "pw").c_str(), 1);
    EXPECT_EQ(environment_or_file("DS_TEST_SECRET").value(), "hunter2");
    ::unsetenv("DS_TEST_SECRET_FILE");
    EXPECT_EQ(environment_or_file("DS_TEST_SECRET").value(), "");
}

TEST(Random, a_ulid_sorts_by_time) {
    const auto now = std::chrono::system_clock::now();
    EXPECT_LT(make_ulid(now), make_ulid(now + std::chrono::milliseconds{1}));
    EXPECT_TRUE(is_ulid(make_ulid(now)));
    EXPECT_FALSE(is_ulid("../../../../etc/passwd0000"));
    for (int i = 0; i < 1000; ++i) EXPECT_LT(random_below(7), 7U);
}

TEST(Process, output_status_and_errors_come_back) {
    const auto done = run_command(shell("echo out; echo err >&2; exit 3"), 100).value();
    EXPECT_EQ(done.output, "out\n");
    EXPECT_EQ(done.errors, "err\n");
    EXPECT_EQ(done.exit.code, 3);
    EXPECT_EQ(run_command(shell("kill -9 $$"), 100).value().exit.signal, 9);
}

TEST(Process, a_missing_program_is_an_error_of_start) {
    EXPECT_EQ(Child::start({{"/no/such/program"}, {}, {}, {}}).error().code(), Code::not_found);
}

TEST(Process, nothing_of_our_environment_is_inherited) {
    ::setenv("DS_TEST_LEAK", "leaked", 1);
    EXPECT_EQ(run_command({{"/usr/bin/env"}, {{"A", "b"}}, {}, {}}, 1000).value().output, "A=b\n");
}

TEST(Process, a_flood_of_errors_does_not_block_and_keeps_the_tail) {
    const auto done =
        run_command(shell("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo last >&2"), 100)
            .value();
    EXPECT_TRUE(done.exit.ok());
    EXPECT_LE(done.errors.size(), 64 * KiB);
    EXPECT_TRUE(done.errors.ends_with("last\n"));
}

TEST(Process, too_much_output_is_refused) {
    EXPECT_EQ(run_command(shell("yes | head -c 100000"), 1000).error().code(), Code::exhausted);
}

TEST(Process, stop_ends_a_child_that_ignores_us) {
    const auto child = Child::start(shell("trap '' TERM; while :; do sleep 0.1; done")).value();
    std::stop_source stop;
    std::jthread later{[&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        stop.request_stop();
    }};
    EXPECT_EQ(child->wait(stop.get_token()).signal, 9);
}

TEST(Process, a_dropped_child_is_killed) {
    pid_t pid = 0;
    {
        const auto child = Child::start(shell("sleep 60")).value();
        pid = child->pid();
    }
    EXPECT_EQ(::kill(pid, 0), -1);
}

TEST(Process, a_file_in_memory_reaches_the_child_only) {
    const auto file = memory_file("pass", view_of("secret")).value();
    auto command = shell("cat /proc/self/fd/" + std::to_string(file.get()));
    EXPECT_EQ(run_command(command, 100).value().output, "");
    command.keep_open = {file.get()};
    EXPECT_EQ(run_command(command, 100).value().output, "secret");
}

TEST(Clock, a_sleep_ends_early_when_stopped) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(system_clock().sleep_for(std::chrono::hours{1}, stop.get_token()));
    EXPECT_TRUE(system_clock().sleep_for(std::chrono::milliseconds{1}, {}));
}

}  // namespace
}  // namespace ds::sys
