#include "http/wire/response_head.hpp"

#include <gtest/gtest.h>

namespace ds::http::wire {
namespace {

const std::chrono::system_clock::time_point then{std::chrono::seconds{784111777}};

std::string rendered(const Response& response, const Sending& sending = {}) {
    const auto head = render_head(response, sending, then);
    return head ? *head : head.error().message();
}

TEST(ResponseHead, has_status_date_own_lines_and_length) {
    EXPECT_EQ(rendered(text_response(200, "hello")),
              "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseHead, says_what_becomes_of_the_connection) {
    const auto text = text_response(200, "");
    EXPECT_NE(rendered(text, {.keep_alive = false}).find("Connection: close\r\n"),
              std::string::npos);
    EXPECT_EQ(rendered(text).find("Connection"), std::string::npos);
    EXPECT_NE(rendered(text, {.http_1_0 = true}).find("Connection: keep-alive"), std::string::npos);
}

TEST(ResponseHead, streams_are_chunked_announced_or_end_with_the_connection) {
    auto stream = stream_response("text/event-stream", {});
    EXPECT_NE(rendered(stream).find("Transfer-Encoding: chunked"), std::string::npos);
    const auto old = rendered(stream, {.http_1_0 = true});
    EXPECT_EQ(old.find("chunked"), std::string::npos);
    EXPECT_NE(old.find("Connection: close"), std::string::npos);
    stream.stream->bytes = 7;
    EXPECT_NE(rendered(stream).find("Content-Length: 7"), std::string::npos);
    EXPECT_EQ(rendered(stream).find("chunked"), std::string::npos);
}

TEST(ResponseHead, a_head_request_learns_the_length_and_gets_no_body) {
    const auto text = text_response(200, "hello");
    EXPECT_NE(rendered(text, {.head_only = true}).find("Content-Length: 5"), std::string::npos);
    EXPECT_FALSE(has_body(text, {.head_only = true}));
}

TEST(ResponseHead, no_content_has_no_length) {
    auto empty = text_response(204, "");
    EXPECT_EQ(rendered(empty).find("Content-Length"), std::string::npos);
    EXPECT_FALSE(has_body(empty, {}));
}

TEST(ResponseHead, refuses_lines_that_would_break_the_answer) {
    for (const auto& [name, value] : std::vector<Field>{{"A", "b\r\nC: d"},
                                                        {"A", "b\n"},
                                                        {"A", std::string{"b\0", 2}},
                                                        {"A\r\nB", "c"},
                                                        {"", "c"},
                                                        {"content-length", "1"},
                                                        {"Transfer-Encoding", "chunked"},
                                                        {"Connection", "x"}}) {
        auto response = text_response(200, "");
        response.headers.add(name, value);
        const auto head = render_head(response, {}, then);
        ASSERT_FALSE(head) << name;
        EXPECT_EQ(head.error().code(), Code::internal);
    }
    for (const int status : {0, 100, 101, 199, 600}) {
        EXPECT_FALSE(render_head(text_response(status, ""), {}, then)) << status;
    }
}

}  // namespace
}  // namespace ds::http::wire
