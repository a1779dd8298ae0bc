#include "console/answer.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "console/table.hpp"

namespace ds::console {
namespace {

http::Request asked(std::string path, std::initializer_list<http::Field> headers = {}) {
    http::Request request;
    request.method = "GET";
    request.path = std::move(path);
    request.headers = headers;
    return request;
}

std::string header(const http::Response& response, std::string_view name) {
    const auto* value = response.headers.find(name);
    return value == nullptr ? "" : *value;
}

/// A script of the page, whose name changes with it.
std::string lasting_file() {
    for (const auto& file : files()) {
        if (file.path.starts_with("/assets/") && file.path.ends_with(".js"))
            return std::string{file.path};
    }
    return {};
}

class ConsoleAnswer : public ::testing::Test {
protected:
    void SetUp() override {
        if (files().empty()) GTEST_SKIP() << "this build has no console";
    }
};

TEST(Console, OnlyWhatIsNotTheApisIsForIt) {
    for (const char* path : {"/", "/runs/01J", "/assets/x.js", "/setup", "/apis"})
        EXPECT_TRUE(is_for_console(asked(path))) << path;
    for (const char* path :
         {"/api", "/api/v1/runs", "/api/docs", "/healthz", "/readyz", "/metrics", "*"})
        EXPECT_FALSE(is_for_console(asked(path))) << path;
}

TEST(Console, IsOnlyRead) {
    auto request = asked("/");
    request.method = "POST";
    const auto response = answer(request);
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
}

TEST_F(ConsoleAnswer, TheTableIsSortedSoThatItCanBeSearched) {
    EXPECT_TRUE(std::is_sorted(files().begin(), files().end(),
                               [](const File& a, const File& b) { return a.path < b.path; }));
}

TEST_F(ConsoleAnswer, APlaceOfItsRouterIsThePage) {
    const auto page = answer(asked("/index.html"));
    ASSERT_EQ(page.status, 200);
    for (const char* place : {"/", "/backups", "/runs/01JABC"}) {
        const auto response = answer(asked(place));
        EXPECT_EQ(response.status, 200) << place;
        EXPECT_EQ(response.body, page.body) << place;
        EXPECT_EQ(header(response, "Cache-Control"), "no-cache") << place;
        EXPECT_EQ(header(response, "Content-Type"), "text/html; charset=utf-8") << place;
    }
}

TEST_F(ConsoleAnswer, AFileThatIsNotThereIsNotThePage) {
    for (const char* path : {"/assets/gone-123.js", "/favicon.ico", "/assets/"}) {
        const auto response = answer(asked(path));
        EXPECT_EQ(response.status, 404) << path;
        EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << path;
    }
}

TEST_F(ConsoleAnswer, WhatIsNamedByItsContentsIsKeptForEver) {
    const auto response = answer(asked(lasting_file()));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(header(response, "Content-Type"), "text/javascript; charset=utf-8");
}

TEST_F(ConsoleAnswer, TheClientSaysHowItIsEncoded) {
    const auto path = lasting_file();
    const auto plain = answer(asked(path));
    EXPECT_EQ(header(plain, "Content-Encoding"), "");
    const std::pair<const char*, const char*> cases[] = {
        {"gzip, deflate, br", "br"},    {"gzip", "gzip"},
        {"br;q=0, gzip;q=0.5", "gzip"}, {"identity", ""},
        {"br;q=0.0, gzip;q=0", ""},     {"BR", "br"},
        {"brotli, gzipped", ""},
    };
    for (const auto& [line, coding] : cases) {
        const auto response = answer(asked(path, {{"Accept-Encoding", line}}));
        EXPECT_EQ(header(response, "Content-Encoding"), coding) << line;
        EXPECT_EQ(header(response, "Vary"), "Accept-Encoding") << line;
        if (*coding != '\0') {
            EXPECT_LT(response.body.size(), plain.body.size()) << line;
            EXPECT_NE(header(response, "ETag"), header(plain, "ETag")) << line;
        }
    }
}

TEST_F(ConsoleAnswer, WhatTheClientHasIsNotSentAgain) {
    const auto etag = header(answer(asked("/")), "ETag");
    const auto response = answer(asked("/", {{"If-None-Match", "\"other\", " + etag}}));
    EXPECT_EQ(response.status, 304);
    EXPECT_TRUE(response.body.empty());
    EXPECT_EQ(header(response, "ETag"), etag);
    EXPECT_EQ(answer(asked("/", {{"If-None-Match", "\"other\""}})).status, 200);
}

TEST_F(ConsoleAnswer, NothingFromElsewhereAndNothingInlineMayRun) {
    const auto policy = header(answer(asked("/")), "Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), policy.npos);
    EXPECT_NE(policy.find("require-trusted-types-for 'script'"), policy.npos);
    EXPECT_EQ(policy.find("unsafe"), policy.npos);
    EXPECT_EQ(answer(asked("/")).body.find("<script>"), std::string::npos);
}

}  // namespace
}  // namespace ds::console
