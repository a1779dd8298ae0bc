#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/proof/scratch_server.hpp"
#include "engines/testing/dump_helpers.hpp"
#include "engines/testing/pg_server.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;

class ScratchServerLive : public ::testing::Test {
protected:
    void SetUp() override {
        DS_NEEDS_PG(15, false);
        std::string name = (fs::temp_directory_path() / "dsscratch-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()),
                  nullptr);  // 0700: the server's account cannot pass through it
        state_ = name;
    }
    void TearDown() override {
        std::error_code ignored;
        if (!state_.empty()) fs::remove_all(state_, ignored);
    }
    ScratchRequest request() const {
        ScratchRequest request;
        request.bin_directory = testbed_directory() / "pg/15/server/bin";
        request.state_directory = state_;
        return request;
    }
    std::unique_ptr<Connection> open(const ScratchServer& server) const {
        return must(Connection::open(must(ConnectionInfo::parse(server.url("postgres")))));
    }
    bool is_empty() const { return fs::is_empty(state_ / "scratch"); }
    fs::path state_;
};

bool is_running(pid_t pid) {
    const auto stat = sys::read_file(fmt::format("/proc/{}/stat", pid), 4 * KiB);
    return stat && text_of(*stat).find(") Z ") == std::string_view::npos;
}

TEST_F(ScratchServerLive, runs_in_private_and_leaves_nothing) {
    auto server = must(ScratchServer::start(request(), sys::plain_run()));
    const auto pid = server->pid();
    auto session = open(*server);
    EXPECT_EQ(must(session->value("SHOW listen_addresses")), "");
    EXPECT_EQ(must(session->value("SHOW fsync")), "off");
    struct stat seen{};
    ASSERT_EQ(::stat((server->directory() / "data").c_str(), &seen), 0);
    EXPECT_EQ(seen.st_mode & 0777, 0700);
    if (::geteuid() == 0) EXPECT_NE(seen.st_uid, 0);
    // What a dump could make the server run reaches no network.
    must(session->exec(
        "CREATE TABLE public.net (line text); COPY public.net FROM PROGRAM 'cat /proc/net/dev'"));
    EXPECT_EQ(
        must(session->value(
            "SELECT count(*) FROM public.net WHERE line LIKE '%:%' AND line NOT LIKE '%lo:%'")),
        "0");
    session.reset();
    server.reset();
    EXPECT_FALSE(is_running(pid));
    EXPECT_TRUE(is_empty());
}

TEST_F(ScratchServerLive, starts_below_a_path_longer_than_a_sockets_may_be) {
    auto deep = request();
    for (int i = 0; i < 5; ++i) deep.state_directory /= std::string(40, 'd');
    const auto server = must(ScratchServer::start(deep, sys::plain_run()));
    EXPECT_EQ(must(open(*server)->value("SELECT 1")), "1");
}

TEST_F(ScratchServerLive, what_a_killed_process_left_is_swept_and_what_is_in_use_is_not) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto server = ScratchServer::start(request(), sys::plain_run());
        const pid_t pid = server ? (*server)->pid() : -1;
        if (::write(ends[1], &pid, sizeof pid) != sizeof pid) ::_exit(1);
        ::pause();
        ::_exit(0);
    }
    pid_t server_pid = -1;
    ASSERT_EQ(::read(ends[0], &server_pid, sizeof server_pid),
              static_cast<ssize_t>(sizeof server_pid));
    ASSERT_GT(server_pid, 0);
    EXPECT_EQ(must(sweep_scratch_servers(state_)), 0U) << "it is in use";
    EXPECT_TRUE(is_running(server_pid));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_FALSE(is_empty());
    EXPECT_EQ(must(sweep_scratch_servers(state_)), 1U);
    EXPECT_FALSE(is_running(server_pid));
    EXPECT_TRUE(is_empty());
    EXPECT_EQ(must(sweep_scratch_servers(state_)), 0U);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST_F(ScratchServerLive, does_not_start_without_room_for_the_data) {
    auto huge = request();
    huge.bytes_needed = std::uint64_t{1} << 60;
    const auto refused = ScratchServer::start(huge, sys::plain_run());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Code::exhausted);
    EXPECT_TRUE(!fs::exists(state_ / "scratch") || is_empty());
}

TEST_F(ScratchServerLive, a_start_that_fails_says_why_and_leaves_nothing) {
    auto broken = request();
    broken.bin_directory = state_ / "bin";
    ASSERT_TRUE(fs::create_directories(broken.bin_directory));
    fs::create_symlink("/bin/false", broken.bin_directory / "initdb");
    const auto failed = ScratchServer::start(broken, sys::plain_run());
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().message().find("initdb"), std::string::npos)
        << failed.error().message();
    EXPECT_TRUE(is_empty());
}

TEST_F(ScratchServerLive, notices_that_the_server_died) {
    const auto server = must(ScratchServer::start(request(), sys::plain_run()));
    EXPECT_TRUE(server->check_alive());
    ::kill(server->pid(), SIGKILL);
    for (int i = 0; i < 100 && server->check_alive(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    const auto dead = server->check_alive();
    ASSERT_FALSE(dead);
    EXPECT_EQ(dead.error().code(), Code::unavailable);
}

}  // namespace
}  // namespace ds::engines::postgres
