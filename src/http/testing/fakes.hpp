#pragma once

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/response.hpp"

/// Ends of a conversation without a socket, for tests of handlers.
namespace ds::http::testing {

/// Keeps what is written; goes away after `writes_max` writes.
class CollectingWriter final : public Writer {
public:
    explicit CollectingWriter(std::size_t writes_max = SIZE_MAX) : left_{writes_max} {}

    Status write(std::string_view bytes) override {
        if (left_ == 0 || --left_ == 0) gone_.request_stop();
        if (gone_.stop_requested()) return fail(Code::unavailable, "the client is gone");
        text += bytes;
        return {};
    }
    std::stop_token stop() const override { return gone_.get_token(); }

    std::string text;

private:
    std::size_t left_;
    std::stop_source gone_;
};

/// Says what it was given, one message per receive(), then closes.
class ScriptedWebSocket final : public WebSocket {
public:
    explicit ScriptedWebSocket(std::deque<std::string> script) : script_{std::move(script)} {}

    Status send(std::string_view text) override {
        if (close_code) return fail(Code::unavailable, "the WebSocket is closed");
        sent.emplace_back(text);
        return {};
    }
    Result<std::optional<std::string>> receive(std::chrono::milliseconds) override {
        if (script_.empty() || close_code) {
            gone_.request_stop();
            return fail(Code::unavailable, "the client closed the WebSocket");
        }
        auto next = std::move(script_.front());
        script_.pop_front();
        return std::optional{std::move(next)};
    }
    void close(int code, std::string_view) override {
        if (!close_code) close_code = code;
    }
    std::stop_token stop() const override { return gone_.get_token(); }

    std::vector<std::string> sent;
    std::optional<int> close_code;  // what the handler said

private:
    std::deque<std::string> script_;
    std::stop_source gone_;
};

}  // namespace ds::http::testing
