#include <chrono>
#include <cstdlib>
#include <thread>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "engines/postgres/connection/connection.hpp"
#include "engines/testing/dump_helpers.hpp"
#include "engines/testing/pg_server.hpp"

namespace ds::engines::postgres {
namespace {

using namespace ds::engines::testing;
using namespace std::chrono_literals;

constexpr int major = 17;

Result<std::unique_ptr<Connection>> connect(const Secret& url, const std::stop_token& stop = {}) {
    DS_TRY(const auto info, ConnectionInfo::parse(url));
    return Connection::open(info, stop, 5s);
}

Error refused(const Secret& url) {
    auto connection = connect(url);
    if (connection) throw std::runtime_error{"connected"};
    return connection.error();
}

TEST(Connection, says_why_it_cannot_be_made) {
    DS_NEEDS_PG(major, false);
    PgServer server{{.major = major, .password = "right"}};
    server.create_database("shop");

    const auto wrong = refused(server.url("postgres", "postgres", "wrong"));
    EXPECT_EQ(wrong.code(), Code::unauthenticated);
    EXPECT_EQ(wrong.message().find("wrong"), std::string::npos) << "the password is not shown";
    EXPECT_FALSE(wrong.hint().empty());

    const auto missing = refused(server.url("shoop"));
    EXPECT_EQ(missing.code(), Code::not_found);
    EXPECT_NE(missing.message().find("\"shoop\""), std::string::npos) << missing.message();
    EXPECT_NE(missing.hint().find("shop"), std::string::npos) << missing.hint();

    ::unsetenv("PGPASSWORD");
    const auto none = refused(Secret{fmt::format(
        "postgres://postgres@127.0.0.1:{}/postgres?passfile=/dev/null", server.port())});
    EXPECT_EQ(none.code(), Code::unauthenticated);

    const auto plain = refused(Secret{server.url().reveal() + "?sslmode=require"});
    EXPECT_EQ(plain.code(), Code::unsupported) << plain.message();

    server.sql(
        "postgres",
        "CREATE ROLE nobody LOGIN PASSWORD 'p'; REVOKE CONNECT ON DATABASE shop FROM PUBLIC");
    const auto denied = refused(server.url("shop", "nobody", "p"));
    EXPECT_EQ(denied.code(), Code::denied) << denied.message();

    server.stop();
    EXPECT_EQ(refused(server.url()).code(), Code::unavailable);
    EXPECT_EQ(refused(Secret{"postgres://h@no-such-host.invalid/d"}).code(), Code::unavailable);
}

TEST(Connection, an_address_that_does_not_answer_is_given_up_in_time) {
    // A socket that listens, but where nobody ever speaks.
    const sys::Fd listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(::bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(::listen(listener.get(), 5), 0);
    ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
    const auto url =
        fmt::format("postgres://u@127.0.0.1:{}/d?connect_timeout=1", ntohs(address.sin_port));
    const auto begun = std::chrono::steady_clock::now();
    const auto error = refused(Secret{url});
    EXPECT_EQ(error.code(), Code::unavailable);
    EXPECT_NE(error.message().find("no answer within 1 s"), std::string::npos) << error.message();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
}

TEST(Connection, the_first_host_that_answers_is_taken) {
    DS_NEEDS_PG(major, false);
    PgServer server{{.major = major}};
    const auto url =
        fmt::format("postgres://postgres@127.0.0.1:1,127.0.0.1:{}/postgres", server.port());
    const auto connection = must(connect(Secret{url}));
    EXPECT_EQ(must(connection->value("SELECT 1")), "1");
    EXPECT_EQ(must(connection->client_access()).environment.at("PGPORT"),
              std::to_string(server.port()));
}

class Session : public ::testing::Test {
protected:
    void SetUp() override {
        DS_NEEDS_PG(major, false);
        server_ = std::make_unique<PgServer>(PgOptions{.major = major});
        connection_ = must(connect(server_->url()));
    }
    std::unique_ptr<PgServer> server_;
    std::unique_ptr<Connection> connection_;
};

TEST_F(Session, gives_rows_with_nulls_and_takes_parameters) {
    const auto rows =
        must(connection_->rows("SELECT $1::int + 1, $2::text, ''", {"41", std::nullopt}));
    ASSERT_EQ(rows.size(), 1);
    EXPECT_EQ(rows[0], (Row{"42", std::nullopt, ""}));
    EXPECT_EQ(must(connection_->rows("SELECT WHERE false")).size(), 0);
    EXPECT_FALSE(connection_->value("SELECT NULL").has_value());
    EXPECT_FALSE(connection_->value("SELECT generate_series(1, 2)").has_value());
}

TEST_F(Session, text_looks_the_same_whatever_the_database_is_set_to) {
    server_->sql("postgres",
                 "ALTER DATABASE postgres SET DateStyle = 'German'; ALTER DATABASE postgres SET "
                 "IntervalStyle = "
                 "'sql_standard'; ALTER DATABASE postgres SET TimeZone = 'Asia/Tokyo'; ALTER "
                 "DATABASE postgres SET "
                 "extra_float_digits = -5; ALTER DATABASE postgres SET statement_timeout = '1s'; "
                 "ALTER DATABASE "
                 "postgres SET search_path = evil");
    const auto again = must(connect(server_->url()));
    EXPECT_EQ(must(again->value("SELECT '2024-02-29 12:00+00'::timestamptz")),
              "2024-02-29 12:00:00+00");
    EXPECT_EQ(must(again->value("SELECT '1 day 2 hours'::interval")), "1 day 02:00:00");
    EXPECT_EQ(must(again->value("SELECT 1::float8 / 3")), "0.3333333333333333");
    EXPECT_EQ(must(again->value("SHOW statement_timeout")), "0");
    EXPECT_EQ(must(again->value("SHOW search_path")), "");
}

TEST_F(Session, stays_usable_after_an_error_of_the_server) {
    const auto error = connection_->exec("SELECT * FROM no_such_table").error();
    EXPECT_EQ(error.code(), Code::not_found);
    EXPECT_EQ(connection_->exec("SELECT 1; SELECT 1 / 0; SELECT 2").error().code(), Code::invalid);
    EXPECT_EQ(must(connection_->value("SELECT 7")), "7");
}

TEST_F(Session, a_stop_cancels_what_runs_on_the_server) {
    std::stop_source stop;
    connection_->set_stop(stop.get_token());
    const std::jthread stopper{[&] {
        std::this_thread::sleep_for(300ms);
        stop.request_stop();
    }};
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(connection_->exec("SELECT pg_sleep(60)").error().code(), Code::cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
    EXPECT_EQ(connection_->exec("SELECT 1").error().code(), Code::cancelled);
    EXPECT_EQ(
        server_->sql("postgres",
                     "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND "
                     "state = 'active' AND pid <> pg_backend_pid()"),
        "0");
    connection_->set_stop({});
    EXPECT_EQ(must(connection_->value("SELECT 8")), "8") << "for cleaning up";
}

TEST_F(Session, a_killed_backend_is_an_unavailable_server) {
    server_->sql("postgres",
                 fmt::format("SELECT pg_terminate_backend({})", connection_->backend_pid()));
    EXPECT_EQ(connection_->exec("SELECT 1").error().code(), Code::unavailable);
    EXPECT_EQ(connection_->exec("SELECT 1").error().code(), Code::unavailable);
}

TEST_F(Session, copies_out_and_in_what_it_copied_out) {
    must(
        connection_->exec("CREATE TEMP TABLE f AS SELECT i, repeat('x', i % 1000) AS t FROM "
                          "generate_series(1, 20000) i;"
                          "CREATE TEMP TABLE g (LIKE f)"));
    Bytes all;
    must(connection_->copy_out("COPY f TO STDOUT", [&](View piece) -> Status {
        append(all, piece);
        return {};
    }));
    EXPECT_GT(all.size(), 5 * MiB);
    std::size_t at = 0;
    const auto rows = must(connection_->copy_in("COPY g FROM STDIN", [&]() -> Result<View> {
        const auto piece = View{all}.subspan(at, std::min<std::size_t>(300000, all.size() - at));
        at += piece.size();
        return piece;
    }));
    EXPECT_EQ(rows, 20000);
    EXPECT_EQ(must(connection_->value("SELECT count(*) FROM (TABLE f EXCEPT ALL TABLE g) x")), "0");
}

TEST_F(Session, a_copy_whose_data_ends_in_an_error_leaves_no_rows) {
    must(connection_->exec("CREATE TEMP TABLE f (i int)"));
    int pieces = 0;
    const auto done = connection_->copy_in("COPY f FROM STDIN", [&]() -> Result<View> {
        if (++pieces > 3) return fail(Code::corrupt, "the stored part ends here");
        return view_of("1\n");
    });
    EXPECT_EQ(done.error().code(), Code::corrupt);
    const auto bad = connection_->copy_in("COPY f FROM STDIN", [&]() -> Result<View> {
        return ++pieces > 5 ? View{} : view_of("no number\n");
    });
    EXPECT_EQ(bad.error().code(), Code::invalid);
    EXPECT_EQ(must(connection_->value("SELECT count(*) FROM f")), "0");
}

TEST_F(Session, a_reader_that_gives_up_does_not_have_to_read_the_rest) {
    const auto begun = std::chrono::steady_clock::now();
    const auto status = connection_->copy_out(
        "COPY (SELECT repeat('x', 1000) FROM pg_class a, pg_class b, pg_class c) TO STDOUT",
        [](View) -> Status { return fail(Code::exhausted, "enough"); });
    EXPECT_EQ(status.error().code(), Code::exhausted);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
    EXPECT_EQ(must(connection_->value("SELECT 9")), "9");
}

TEST_F(Session, names_and_texts_are_quoted_so_that_they_come_back) {
    for (const std::string hard :
         {"a\"b", "it's", "back\\slash", "$$;--", "new\nline", "ünï 日本"}) {
        EXPECT_EQ(must(connection_->value("SELECT " + quoted_text(hard))), hard);
        EXPECT_EQ(must(connection_->value("SELECT attname FROM pg_attribute LIMIT 1")).empty(),
                  false);
        must(connection_->exec("CREATE TEMP TABLE " + quoted_name(hard) + " ()"));
        EXPECT_EQ(
            must(connection_->value("SELECT count(*) FROM pg_class WHERE relname = $1", {hard})),
            "1");
    }
}

TEST(ClientAccess, hands_the_password_to_tools_neither_by_argument_nor_environment_nor_disk) {
    DS_NEEDS_PG(major, false);
    const std::string password = "s3:cr\\et";
    PgServer server{{.major = major, .password = password}};
    const auto connection = must(connect(server.url("postgres", "postgres", "s3%3Acr%5Cet")));
    const auto access = must(connection->client_access());
    for (const auto& [name, value] : access.environment) {
        EXPECT_EQ(value.find("s3"), std::string::npos) << name;
    }
    sys::Command command;
    command.arguments = {
        (testbed_directory() / "pg/17/bin/psql").string(),          "-X", "-w", "-A", "-t", "-c",
        "SELECT current_user || ' ' || current_setting('TimeZone')"};
    command.environment = sys::clean_environment();
    for (const auto& [name, value] : access.environment) command.environment[name] = value;
    command.keep_open = access.keep_open();
    const auto done = must(sys::run_command(command, 1000));
    EXPECT_TRUE(done.exit.ok()) << done.errors;
    EXPECT_EQ(done.output, "postgres UTC\n");
}

TEST(ClientAccess, works_over_tls_with_a_verified_certificate) {
    DS_NEEDS_PG(major, false);
    PgServer server{{.major = major, .tls = true, .password = "p"}};
    const auto ca = (server.directory() / "tls/ca.crt").string();
    const auto url = Secret{fmt::format(
        "postgres://postgres:p@127.0.0.1:{}/postgres?sslmode=verify-full&sslrootcert={}",
        server.port(), ca)};
    const auto connection = must(connect(url));
    EXPECT_EQ(must(connection->value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")),
              "t");
    const auto access = must(connection->client_access());
    EXPECT_EQ(access.environment.at("PGSSLMODE"), "verify-full");
    EXPECT_EQ(access.environment.at("PGSSLROOTCERT"), ca);
    const auto other = (source_directory() / "tests/servers/README.md").string();
    EXPECT_FALSE(
        connect(
            Secret{fmt::format(
                "postgres://postgres:p@127.0.0.1:{}/postgres?sslmode=verify-full&sslrootcert={}",
                server.port(), other)})
            .has_value());
}

}  // namespace
}  // namespace ds::engines::postgres
