#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.hpp"
#include "net/http.hpp"
#include "sys/files.hpp"

/// An HTTP server for tests on 127.0.0.1 that answers, forwards to a real server, or fails, as told
/// for each request. Raw sockets, so that it can also break every rule.
namespace ds::net::testing {

struct Heard {
    std::string method;
    std::string target;  // path and query as they came
    Fields headers;      // names in lower case
    Bytes body;
    int number = 0;  // 1 for the first request of the server

    std::string header(std::string_view name) const;
    bool target_has(std::string_view part) const { return target.find(part) != std::string::npos; }
};

struct Act {
    enum class Kind {
        answer,
        forward,             // let the real server answer
        forward_then_reset,  // the real server acts, the client never hears of it
        reset,               // RST instead of an answer
        hang,                // no answer until the client goes away
    };
    Kind kind = Kind::answer;
    int status = 200;
    Fields headers;
    std::string body;
    std::optional<std::size_t> announced_bytes;  // a Content-Length that lies
    std::chrono::milliseconds wait{0};           // before the first byte
    std::size_t slice_bytes = 0;                 // > 0: the body in such slices, `slice_wait` apart
    std::chrono::milliseconds slice_wait{0};
    std::function<void(std::string&)> change;  // forward: edits the raw answer
};

Act answer(int status, std::string body = {}, Fields headers = {});
Act forward();
Act act(Act::Kind kind);

class ScriptedHttp {
public:
    using Script = std::function<Act(const Heard&)>;
    /// `upstream` is "http://127.0.0.1:port" for scripts that forward. `script` is called from
    /// several threads.
    explicit ScriptedHttp(Script script, std::string upstream = {});
    ~ScriptedHttp();
    ScriptedHttp(const ScriptedHttp&) = delete;
    ScriptedHttp& operator=(const ScriptedHttp&) = delete;

    std::string origin() const;
    int requests() const { return requests_; }
    int connections() const { return connections_; }
    /// Called with the head alone; true: RST in the middle of the body.
    void cut_bodies(std::function<bool(const Heard&)> decide) { cut_ = std::move(decide); }

private:
    Script script_;
    std::function<bool(const Heard&)> cut_;
    std::string upstream_;
    sys::Fd listener_;
    std::uint16_t port_ = 0;
    std::atomic<int> requests_{0};
    std::atomic<int> connections_{0};
    std::mutex mutex_;
    std::list<int> open_;
    std::vector<std::thread> serving_;
    std::thread accepting_;

    void accept_all();
    void serve(int fd);
    bool serve_one(int fd, std::string& buffered);
    bool reply(int fd, const Act& act, bool head_only);
    void pass_on(int fd, const std::string& raw, const Act& act);
    void leave(int fd);
};

/// A port of 127.0.0.1 on which nobody listens.
std::uint16_t unused_port();

}  // namespace ds::net::testing
