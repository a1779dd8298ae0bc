#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>

#include "engines/postgres/dump/dump.hpp"
#include "engines/testing/dump_helpers.hpp"
#include "engines/testing/pg_server.hpp"

// What goes wrong must be an error, never a backup.
namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;
using namespace std::chrono_literals;

constexpr int major = 17;

class DumpFaults : public ::testing::Test {
protected:
    void SetUp() override {
        DS_NEEDS_PG(major, false);
        server_ = std::make_unique<PgServer>(PgOptions{.major = major});
        server_->create_database("shop");
        server_->sql("shop",
                     "CREATE TABLE orders AS SELECT i AS id, repeat('x', 100) AS note FROM "
                     "generate_series(1, "
                     "50000) i; CREATE TABLE a_last (id int)");
    }

    /// A pg_dump of our own, as a shell script that may call the real one as $real.
    DumpRequest with_pg_dump(const std::string& script) const {
        const auto bin = server_->directory() / "tools";
        const auto real = testbed_directory() / "pg/17/bin";
        fs::create_directories(bin);
        const auto text = fmt::format(
            "#!/bin/sh\nreal={}\nif [ \"$1\" = --version ]; then exec $real --version; fi\n{}\n",
            (real / "pg_dump").string(), script);
        must(sys::write_file(bin / "pg_dump", view_of(text), 0755));
        fs::create_symlink(real / "pg_dumpall", bin / "pg_dumpall");
        return {server_->url("shop"), {bin.string()}, 60};
    }
    DumpRequest plain() const { return {server_->url("shop"), tool_dirs(), 60}; }

    static Error failed(const DumpRequest& request, const sys::Run& run = sys::plain_run()) {
        auto dump = dump_all(request, run);
        if (dump) throw std::runtime_error{"that was taken for a backup"};
        return dump.error();
    }
    /// Nothing of ours is left on the server.
    void expect_no_sessions() const {
        const auto sql =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop' AND pid <> "
            "pg_backend_pid()";
        for (int i = 0; i < 50 && server_->sql("postgres", sql) != "0"; ++i)
            std::this_thread::sleep_for(100ms);
        EXPECT_EQ(server_->sql("postgres", sql), "0");
    }

    std::unique_ptr<PgServer> server_;
};

TEST_F(DumpFaults, a_pg_dump_that_ends_well_with_a_short_stream_is_no_backup) {
    for (const auto* script :
         {"exit 0", "echo hello", "$real \"$@\" | head -c 3000000; exit 0",
          "$real \"$@\" | head -c 1000; exit 0", "$real \"$@\"; echo more", "$real -s \"$@\""}) {
        SCOPED_TRACE(script);
        fs::remove_all(server_->directory() / "tools");
        const auto error = failed(with_pg_dump(script));
        EXPECT_EQ(error.code(), Code::corrupt) << error.message();
        expect_no_sessions();
    }
}

TEST_F(DumpFaults, a_dump_that_lacks_a_table_of_the_snapshot_is_no_backup) {
    const auto error = failed(with_pg_dump("$real --exclude-table=a_last \"$@\""));
    EXPECT_EQ(error.code(), Code::corrupt);
    EXPECT_NE(error.message().find("public.a_last"), std::string::npos) << error.message();
}

TEST_F(DumpFaults, a_dump_of_another_moment_is_no_backup) {
    server_->sql("shop", "CREATE TABLE growing (i int)");
    const auto error = failed(with_pg_dump(fmt::format(
        "{} -q -h 127.0.0.1 -p {} -U postgres -d shop -c 'INSERT INTO growing VALUES (1)'\n"
        "for a in \"$@\"; do case $a in --snapshot=*) ;; *) set -- \"$@\" \"$a\";; esac; shift; "
        "done\n"
        "exec $real \"$@\"",
        (testbed_directory() / "pg/17/bin/psql").string(), server_->port())));
    EXPECT_EQ(error.code(), Code::corrupt);
    EXPECT_NE(error.message().find("public.growing has 1 rows in the dump and 0 in the snapshot"),
              std::string::npos)
        << error.message();
}

TEST_F(DumpFaults, a_killed_pg_dump_is_no_backup) {
    for (const auto* signal : {"KILL", "TERM", "SEGV"}) {
        fs::remove_all(server_->directory() / "tools");
        const auto error = failed(
            with_pg_dump(fmt::format("$real \"$@\" | head -c 2000000; kill -{} $$", signal)));
        EXPECT_EQ(error.code(), Code::unavailable) << error.message();
        EXPECT_NE(error.message().find("killed by signal"), std::string::npos) << error.message();
    }
    expect_no_sessions();
}

TEST_F(DumpFaults, a_flood_on_stderr_does_not_block_the_dump) {
    const auto dump = dump_all(
        with_pg_dump("yes 'pg_dump: warning: noise' | head -c 30000000 >&2; exec $real \"$@\""));
    ASSERT_TRUE(dump.has_value()) << dump.error().message();
    EXPECT_EQ(dump->facts.summary.rows, 50000);
    const auto error = failed([&] {
        fs::remove_all(server_->directory() / "tools");
        return with_pg_dump(
            "$real \"$@\"; yes noise | head -c 30000000 >&2; echo 'pg_dump: error: at last' >&2; "
            "exit 1");
    }());
    EXPECT_NE(error.message().find("at last"), std::string::npos) << error.message();
}

TEST_F(DumpFaults, a_backend_that_is_terminated_amid_the_copy_is_no_backup) {
    server_->sql(
        "shop", "INSERT INTO orders SELECT i, repeat('y', 1000) FROM generate_series(1, 100000) i");
    const auto dump =
        must(must(engine_for_url(plain().url.reveal()))->begin_dump(plain(), sys::plain_run()));
    const auto part = must(dump->next());
    Bytes buffer(64 * KiB);
    must(part->source->read(buffer));
    EXPECT_EQ(server_->sql("postgres",
                           "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
                           "datname = 'shop' AND query LIKE 'COPY%'"),
              "1");
    Result<std::size_t> got{std::size_t{1}};
    while (got && *got > 0) got = part->source->read(buffer);
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().code(), Code::unavailable) << got.error().message();
    EXPECT_NE(got.error().message().find("orders"), std::string::npos) << got.error().message();
    EXPECT_FALSE(part->source->read(buffer).has_value()) << "and it stays an error";
}

TEST_F(DumpFaults, losing_the_session_that_holds_the_snapshot_is_no_backup) {
    server_->sql(
        "shop", "INSERT INTO orders SELECT i, repeat('y', 1000) FROM generate_series(1, 100000) i");
    const auto dump =
        must(must(engine_for_url(plain().url.reveal()))->begin_dump(plain(), sys::plain_run()));
    const auto part = must(dump->next());
    server_->sql("postgres",
                 "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop'");
    Bytes buffer(64 * KiB);
    Result<std::size_t> got{std::size_t{1}};
    while (got && *got > 0) got = part->source->read(buffer);
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().code(), Code::unavailable) << got.error().message();
}

TEST_F(DumpFaults, a_server_that_crashes_amid_the_dump_is_no_backup) {
    server_->sql(
        "shop", "INSERT INTO orders SELECT i, repeat('y', 1000) FROM generate_series(1, 100000) i");
    const auto dump =
        must(must(engine_for_url(plain().url.reveal()))->begin_dump(plain(), sys::plain_run()));
    const auto part = must(dump->next());
    Bytes buffer(64 * KiB);
    must(part->source->read(buffer));
    server_->stop(true);
    Result<std::size_t> got{std::size_t{1}};
    while (got && *got > 0) got = part->source->read(buffer);
    ASSERT_FALSE(got.has_value());
    EXPECT_TRUE(got.error().transient()) << got.error().message();
    server_->start();
    EXPECT_TRUE(dump_all(plain()).has_value()) << "and the next one works";
}

TEST_F(DumpFaults, a_stop_ends_it_soon_and_leaves_the_server_as_it_was) {
    std::stop_source stop;
    const sys::Run run{stop.get_token(), sys::system_clock(), sys::no_progress()};
    auto dump = must(must(engine_for_url(plain().url.reveal()))->begin_dump(plain(), run));
    const auto part = must(dump->next());
    Bytes buffer(4 * KiB);
    must(part->source->read(buffer));
    stop.request_stop();
    EXPECT_EQ(part->source->read(buffer).error().code(), Code::cancelled);
    dump.reset();
    expect_no_sessions();
}

TEST_F(DumpFaults, abandoning_a_dump_leaves_the_server_as_it_was) {
    {
        const auto dump =
            must(must(engine_for_url(plain().url.reveal()))->begin_dump(plain(), sys::plain_run()));
        const auto part = must(dump->next());
        Bytes buffer(4 * KiB);
        must(part->source->read(buffer));
    }
    expect_no_sessions();
}

TEST_F(DumpFaults, an_exclusive_lock_is_waited_for_only_so_long) {
    const std::jthread locker{
        [&] { server_->sql("shop", "LOCK TABLE orders; SELECT pg_sleep(6)"); }};
    while (server_->sql("postgres",
                        "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock'") ==
           "0") {
        std::this_thread::sleep_for(50ms);
    }
    const auto begun = std::chrono::steady_clock::now();
    const auto error = failed({server_->url("shop"), tool_dirs(), 1});
    EXPECT_EQ(error.code(), Code::timeout) << error.message();
    EXPECT_NE(error.message().find("orders"), std::string::npos) << error.message();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

TEST_F(DumpFaults, only_tools_that_are_too_old_are_refused_before_anything_starts) {
    const auto bin = server_->directory() / "old";
    fs::create_directories(bin);
    PgServer newest{{.major = 18}};
    const auto error = failed({newest.url(), {(testbed_directory() / "pg/17/bin").string()}, 60});
    EXPECT_EQ(error.code(), Code::unsupported);
    EXPECT_NE(error.message().find("pg_dump 18 or newer is needed; found: "), std::string::npos)
        << error.message();
}

TEST_F(DumpFaults, changes_after_the_snapshot_are_not_in_the_dump) {
    const auto dump =
        must(must(engine_for_url(plain().url.reveal()))->begin_dump(plain(), sys::plain_run()));
    server_->sql("shop",
                 "DELETE FROM orders WHERE id > 10; INSERT INTO a_last VALUES (1); CREATE TABLE "
                 "late (i int)");
    for (;;) {
        const auto part = must(dump->next());
        if (!part) break;
        must(stream::read_all(*part->source, test_dump_bytes_max));
    }
    const auto facts = must(dump->finish());
    EXPECT_EQ(facts.summary.rows, 50000);
    EXPECT_EQ(facts.summary.tables, 2);
}

}  // namespace
}  // namespace ds::engines::postgres
