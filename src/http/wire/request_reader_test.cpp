#include "http/wire/request_reader.hpp"

#include <gtest/gtest.h>

#include "base/bytes.hpp"

namespace ds::http::wire {
namespace {

const Limits limits{
    1024, [](const RequestHead& head) -> std::size_t { return head.path == "/large" ? 100 : 10; }};

/// The status of the refusal, or 0.
int refusal_of(std::string_view bytes) {
    RequestReader reader{limits, "peer"};
    const auto refused = reader.feed(bytes);
    return refused ? refused->status : 0;
}

/// A request with these header lines, each with its end.
std::string with(std::string_view lines, std::string_view body = {}) {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + std::string{lines} + "\r\n" + std::string{body};
}

struct Case {
    const char* what;
    std::string bytes;
    int status;
};

class Strictness : public ::testing::TestWithParam<Case> {};

TEST_P(Strictness, answers_with) {
    const auto& [what, bytes, status] = GetParam();
    EXPECT_EQ(refusal_of(bytes), status) << what;
    // The same byte by byte.
    RequestReader reader{limits, "peer"};
    Refused refused;
    for (const char c : bytes) {
        if (!refused) refused = reader.feed({&c, 1});
        if (reader.complete()) reader.take();
    }
    EXPECT_EQ(refused ? refused->status : 0, status) << what << ", byte by byte";
}

using namespace std::string_literals;

const Case cases[] = {
    {"plain", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", 0},
    {"1.0 without a host", "GET / HTTP/1.0\r\n\r\n", 0},
    {"one empty line before", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 0},
    {"two empty lines before", "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"TLS greeting", "\x16\x03\x01\x02", 400},
    {"blank before the method", " GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"tab in the request line", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"no version", "GET /\r\nHost: h\r\n\r\n", 400},
    {"version 2.0", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505},
    {"version 0.9", "GET / HTTP/0.9\r\nHost: h\r\n\r\n", 505},
    {"version 1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505},
    {"no number", "GET / HTTP/one\r\nHost: h\r\n\r\n", 400},
    {"lower-case http", "GET / http/1.1\r\nHost: h\r\n\r\n", 400},
    {"method with a colon", "G:T / HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"CONNECT", "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n", 501},
    {"endless method", std::string(33, 'A') + " / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
    {"bare LF after the request line", "GET / HTTP/1.1\nHost: h\r\n\r\n", 400},
    {"bare LF in the headers", "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n", 400},
    {"bare LF at the end", "GET / HTTP/1.1\r\nHost: h\r\n\n", 400},
    {"bare CR in a header", "GET / HTTP/1.1\r\nHost: h\r\nA: b\rC: d\r\n\r\n", 400},
    {"bare CR in the request line", "GET /\r HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"NUL in a value", "GET / HTTP/1.1\r\nHost: h\r\nA: b\0c\r\n\r\n"s, 400},
    {"NUL in a name", "GET / HTTP/1.1\r\nHost: h\r\nA\0: b\r\n\r\n"s, 400},
    {"NUL in the address", "GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n"s, 400},
    {"control character in a value", with("A: \x01\r\n"), 400},
    {"delete in a value", with("A: \x7f\r\n"), 400},
    {"old letters in a value", with("A: \xe4\r\n"), 0},
    {"tab in a value", with("A: b\tc\r\n"), 0},
    {"folded line", with("A: b\r\n c\r\n"), 400},
    {"line folded by a tab", with("A: b\r\n\tc\r\n"), 400},
    {"first line folded", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400},
    {"blank before the colon", with("A : b\r\n"), 400},
    {"tab before the colon", with("A\t: b\r\n"), 400},
    {"no colon", with("A b\r\n"), 400},
    {"no name", with(": b\r\n"), 400},
    {"brackets in a name", with("A[]: b\r\n"), 400},
    {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"two hosts", "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", 400},
    {"two hosts in 1.0", "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", 400},
    {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"two hosts in one", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
    {"host with a user", "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n", 400},
    {"host with a path", "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", 400},
    {"host with a wrong port", "GET / HTTP/1.1\r\nHost: h:8o\r\n\r\n", 400},
    {"host with a port", "GET / HTTP/1.1\r\nHost: h:80\r\n\r\n", 0},
    {"IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 0},
    {"length and chunks", with("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"), 400},
    {"chunks and length", with("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"), 400},
    {"two lengths", with("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400},
    {"the same length twice", with("Content-Length: 1\r\ncontent-length: 1\r\n", "a"), 400},
    {"list of lengths", with("Content-Length: 1, 1\r\n", "a"), 400},
    {"signed length", with("Content-Length: +1\r\n", "a"), 400},
    {"negative length", with("Content-Length: -1\r\n", "a"), 400},
    {"hexadecimal length", with("Content-Length: 0x1\r\n", "a"), 400},
    {"empty length", with("Content-Length:\r\n"), 400},
    {"length beyond numbers", with("Content-Length: 99999999999999999999\r\n"), 400},
    {"length beyond the limit", with("Content-Length: 11\r\n"), 413},
    {"length at the limit", with("Content-Length: 10\r\n", "0123456789"), 0},
    {"chunks in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"gzip", with("Transfer-Encoding: gzip\r\n"), 501},
    {"gzip and chunked", with("Transfer-Encoding: gzip, chunked\r\n"), 501},
    {"chunked twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 501},
    {"chunked with a mark",
     with("Transfer-Encoding: \x0b"
          "chunked\r\n"),
     400},
    {"chunked in quotes", with("Transfer-Encoding: \"chunked\"\r\n"), 501},
    {"Chunked", with("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"), 0},
    {"unknown expectation", with("Expect: gold\r\n"), 417},
    {"dots in the path", "GET /a/../b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"escaped dots", "GET /a/%2e%2E/b HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"one dot", "GET /. HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"three dots", "GET /... HTTP/1.1\r\nHost: h\r\n\r\n", 0},
    {"half an escape", "GET /%2 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"wrong escape", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"wrong escape in the query", "GET /?a=%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"escaped NUL", "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"escaped NUL in the query", "GET /?a=%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"escaped line feed in the path", "GET /%0a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"fragment", "GET /#a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"letters beyond ASCII", "GET /\xc3\xa4 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"star", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"star for OPTIONS", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", 0},
    {"no slash", "GET a HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"foreign scheme", "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"absolute without a host", "GET http:/// HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"absolute with a user", "GET http://u@h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400},
    {"absolute without Host", "GET http://h/ HTTP/1.1\r\n\r\n", 400},
    {"chunk: good", with("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), 0},
    {"chunk: extension", with("Transfer-Encoding: chunked\r\n", "3;a=b\r\nabc\r\n0\r\n\r\n"), 0},
    {"chunk: trailer", with("Transfer-Encoding: chunked\r\n", "0\r\nA: b\r\n\r\n"), 0},
    {"chunk: bad trailer", with("Transfer-Encoding: chunked\r\n", "0\r\nA b\r\n\r\n"), 400},
    {"chunk: no size", with("Transfer-Encoding: chunked\r\n", "\r\n"), 400},
    {"chunk: signed", with("Transfer-Encoding: chunked\r\n", "-1\r\n"), 400},
    {"chunk: prefix", with("Transfer-Encoding: chunked\r\n", "0x3\r\nabc"), 400},
    {"chunk: blank", with("Transfer-Encoding: chunked\r\n", " 3\r\nabc"), 400},
    {"chunk: blank after", with("Transfer-Encoding: chunked\r\n", "3 \r\nabc"), 400},
    {"chunk: bare LF", with("Transfer-Encoding: chunked\r\n", "3\nabc\r\n0\r\n\r\n"), 400},
    {"chunk: bare CR", with("Transfer-Encoding: chunked\r\n", "3;\rx\r\nabc"), 400},
    {"chunk: longer than told", with("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n"), 400},
    {"chunk: beyond the limit", with("Transfer-Encoding: chunked\r\n", "b\r\n"), 413},
    {"chunk: at the limit", with("Transfer-Encoding: chunked\r\n", "a\r\n0123456789\r\n0\r\n\r\n"),
     0},
    {"chunk: sum beyond", with("Transfer-Encoding: chunked\r\n", "6\r\n012345\r\n5\r\n"), 413},
    {"chunk: beyond numbers", with("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n"), 413},
    {"chunk: endless line", with("Transfer-Encoding: chunked\r\n", "1;" + std::string(1100, 'a')),
     400},
    {"headers too long", with("A: " + std::string(1024, 'a')), 431},
    {"too many lines", with([] {
         std::string lines;
         for (int i = 0; i < 101; ++i) lines += "A:\r\n";
         return lines;
     }()),
     431},
};
INSTANTIATE_TEST_SUITE_P(Rules, Strictness, ::testing::ValuesIn(cases));

TEST(RequestReader, headers_at_the_limit_pass_and_one_byte_more_does_not) {
    const auto head = with("A: \r\n").size();
    EXPECT_EQ(refusal_of(with("A: " + std::string(1024 - head, 'a') + "\r\n")), 0);
    EXPECT_EQ(refusal_of(with("A: " + std::string(1025 - head, 'a') + "\r\n")), 431);
}

TEST(RequestReader, a_long_address_is_its_own_refusal) {
    const Limits wide{32 * KiB, limits.body_bytes_max};
    const auto status_of = [&](std::size_t bytes) {
        RequestReader reader{wide, "peer"};
        const auto refused =
            reader.feed("GET /" + std::string(bytes - 1, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n");
        return refused ? refused->status : 0;
    };
    EXPECT_EQ(status_of(target_bytes_max), 0);
    EXPECT_EQ(status_of(target_bytes_max + 1), 414);
    RequestReader endless{wide, "peer"};
    const auto refused = endless.feed("GET /" + std::string(9000, 'a'));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 414);
}

TEST(RequestReader, takes_requests_apart) {
    RequestReader reader{limits, "10.0.0.1"};
    ASSERT_FALSE(
        reader.feed("PUT /a%20b/c%2Fd//e/?x=1%262&y+z=%41+b&flag&& HTTP/1.1\r\n"
                    "host: h:80\r\nX-One:  spaced \t\r\nContent-Length: 2\r\n\r\nok"));
    ASSERT_TRUE(reader.complete());
    const auto request = reader.take();
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.path, "/a%20b/c%2Fd//e/");
    EXPECT_EQ(request.segments, (std::vector<std::string>{"a b", "c/d", "", "e", ""}));
    EXPECT_EQ(request.query, (std::vector<Field>{{"x", "1&2"}, {"y z", "A b"}, {"flag", ""}}));
    EXPECT_EQ(*request.option("x"), "1&2");
    EXPECT_EQ(request.option("z"), nullptr);
    EXPECT_EQ(*request.headers.find("x-ONE"), "spaced");
    EXPECT_EQ(request.headers.find("x-two"), nullptr);
    EXPECT_EQ(request.host, "h:80");
    EXPECT_EQ(request.peer, "10.0.0.1");
    EXPECT_EQ(request.body, "ok");
    EXPECT_TRUE(reader.idle());
}

TEST(RequestReader, an_absolute_address_brings_its_host) {
    RequestReader reader{limits, "peer"};
    ASSERT_FALSE(reader.feed("GET http://real:8080?a=b HTTP/1.1\r\nHost: other\r\n\r\n"));
    const auto request = reader.take();
    EXPECT_EQ(request.host, "real:8080");
    EXPECT_EQ(request.path, "/");
    EXPECT_TRUE(request.segments.empty());
    EXPECT_EQ(*request.option("a"), "b");
}

TEST(RequestReader, requests_in_one_piece_come_out_one_by_one) {
    RequestReader reader{limits, "peer"};
    ASSERT_FALSE(
        reader.feed(with("Transfer-Encoding: chunked\r\n", "1\r\na\r\n1\r\nb\r\n0\r\n\r\n") +
                    with("Content-Length: 3\r\n", "one") + with("")));
    EXPECT_EQ(reader.take().body, "ab");
    ASSERT_FALSE(reader.feed({}));
    EXPECT_EQ(reader.take().body, "one");
    ASSERT_FALSE(reader.feed({}));
    ASSERT_TRUE(reader.complete());
    EXPECT_EQ(reader.take().body, "");
    EXPECT_TRUE(reader.idle());
}

TEST(RequestReader, the_body_limit_depends_on_the_head) {
    EXPECT_EQ(refusal_of("POST /large HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n"), 0);
    EXPECT_EQ(refusal_of("POST /large HTTP/1.1\r\nHost: h\r\nContent-Length: 101\r\n\r\n"), 413);
}

TEST(RequestReader, says_when_the_client_waits_to_continue) {
    RequestReader reader{limits, "peer"};
    ASSERT_FALSE(reader.feed(with("Expect: 100-Continue\r\nContent-Length: 1\r\n")));
    EXPECT_TRUE(reader.wants_continue());
    EXPECT_FALSE(reader.wants_continue());
    RequestReader impatient{limits, "peer"};
    ASSERT_FALSE(impatient.feed(with("Expect: 100-continue\r\nContent-Length: 2\r\n", "a")));
    EXPECT_FALSE(impatient.wants_continue());
}

TEST(RequestReader, knows_what_becomes_of_the_connection) {
    const auto kept = [](std::string_view bytes) {
        RequestReader reader{limits, "peer"};
        EXPECT_FALSE(reader.feed(bytes));
        return reader.framing().keep_alive;
    };
    EXPECT_TRUE(kept(with("")));
    EXPECT_FALSE(kept(with("Connection: x, Close\r\n")));
    EXPECT_FALSE(kept("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_TRUE(kept("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

}  // namespace
}  // namespace ds::http::wire
