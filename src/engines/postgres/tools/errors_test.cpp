#include <gtest/gtest.h>

#include "engines/postgres/connection/server_error.hpp"
#include "engines/postgres/tools/tool_error.hpp"

namespace ds::engines::postgres {
namespace {

constexpr sys::Exit failed{1, 0};

TEST(ServerError, a_sqlstate_decides_the_code) {
    EXPECT_EQ(code_of("42501"), Code::denied);
    EXPECT_EQ(code_of("28P01"), Code::unauthenticated);
    EXPECT_EQ(code_of("3D000"), Code::not_found);
    EXPECT_EQ(code_of("53300"), Code::unavailable);
    EXPECT_EQ(code_of("53100"), Code::exhausted);
    EXPECT_EQ(code_of("55P03"), Code::timeout);
    EXPECT_EQ(code_of("57P01"), Code::unavailable);
    EXPECT_EQ(code_of("XX001"), Code::corrupt);
    EXPECT_EQ(code_of("P0001"), Code::internal);
}

TEST(ServerError, the_sqlstate_is_found_in_any_language) {
    EXPECT_EQ(sqlstate_in("connection failed: FATAL:  28P01: password authentication failed"),
              "28P01");
    EXPECT_EQ(sqlstate_in("FATALE:  3D000: le base de données n'existe pas"), "3D000");
    EXPECT_EQ(sqlstate_in("could not connect: Connection refused"), "");
    EXPECT_EQ(sqlstate_in("FATAL:  no such thing"), "");
    EXPECT_EQ(sqlstate_in(":  1234"), "");
}

TEST(ServerError, a_connection_that_cannot_be_made_says_why_and_what_to_do) {
    const auto code = [](std::string_view text) {
        return connection_error(text, "d at h:5432").code();
    };
    EXPECT_EQ(code("could not translate host name \"h\" to address: Name or service not known"),
              Code::unavailable);
    EXPECT_EQ(code("connection to server at \"h\" failed: Connection refused"), Code::unavailable);
    EXPECT_EQ(code("fe_sendauth: no password supplied"), Code::unauthenticated);
    EXPECT_EQ(code("server does not support SSL, but SSL was required"), Code::unsupported);
    EXPECT_EQ(code("SSL error: certificate verify failed"), Code::unauthenticated);
    EXPECT_EQ(code("something nobody thought of"), Code::unavailable);
    const auto error = connection_error(
        "x FATAL:  28000: no pg_hba.conf entry for host \"1.2.3.4\"\nmore", "d at h");
    EXPECT_EQ(error.code(), Code::unauthenticated);
    EXPECT_EQ(error.message(),
              "cannot connect to d at h: no pg_hba.conf entry for host \"1.2.3.4\"");
    EXPECT_NE(error.hint().find("pg_hba.conf"), std::string::npos);
}

TEST(ToolError, names_the_table_that_may_not_be_read) {
    const auto error =
        tool_error("pg_dump", failed,
                   "pg_dump: error: query failed: ERROR:  permission denied for table secret\n"
                   "pg_dump: detail: Query was: LOCK TABLE public.secret IN ACCESS SHARE MODE\n");
    EXPECT_EQ(error.code(), Code::denied);
    EXPECT_EQ(error.message(),
              "pg_dump failed: query failed: ERROR:  permission denied for table secret (locking "
              "public.secret)");
    EXPECT_FALSE(error.hint().empty());
}

TEST(ToolError, the_last_error_counts_with_what_the_server_said) {
    const auto error = tool_error(
        "pg_dump", failed,
        "pg_dump: warning: something\n"
        "pg_dump: error: Dumping the contents of table \"t\" failed: PQgetResult() failed.\n"
        "pg_dump: detail: Error message from server: ERROR:  could not read block 7 in file\n"
        "pg_dump: detail: Command was: COPY public.t (a) TO stdout;\n");
    EXPECT_EQ(error.code(), Code::corrupt);
    EXPECT_NE(error.message().find("table \"t\""), std::string::npos);
    EXPECT_NE(error.message().find("could not read block 7"), std::string::npos);
}

TEST(ToolError, what_can_go_away_by_itself_is_transient) {
    for (const auto* text :
         {"pg_dump: error: connection to server at \"h\" failed: Connection refused",
          "pg_dump: error: query failed: server closed the connection unexpectedly",
          "pg_dump: error: query failed: ERROR:  canceling statement due to lock timeout",
          "pg_dump: error: query failed: ERROR:  canceling statement due to conflict with recovery",
          "pg_dump: error: query failed: ERROR:  invalid snapshot identifier: \"x\""}) {
        EXPECT_TRUE(tool_error("pg_dump", failed, text).transient()) << text;
    }
}

TEST(ToolError, a_program_without_words_still_says_how_it_ended) {
    EXPECT_EQ(tool_error("pg_dump", {3, 0}, "").message(), "pg_dump failed: exit status 3");
    EXPECT_EQ(tool_error("pg_dump", failed, "pg_dump: error: it broke\n").code(), Code::failed);
    const auto killed = tool_error("pg_dump", {0, 9}, "half a li");
    EXPECT_EQ(killed.code(), Code::unavailable);
    EXPECT_EQ(killed.message(), "pg_dump was killed by signal 9");
    EXPECT_NE(killed.hint().find("memory"), std::string::npos);
}

}  // namespace
}  // namespace ds::engines::postgres
