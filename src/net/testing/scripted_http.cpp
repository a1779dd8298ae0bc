#include "net/testing/scripted_http.hpp"

#include <algorithm>

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.hpp"
#include "net/url.hpp"

namespace ds::net::testing {
namespace {

sockaddr_in local(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::uint16_t bound_port(int fd) {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    DS_CHECK(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) == 0, "getsockname");
    return ntohs(address.sin_port);
}

int bound_socket() {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = local(0);
    DS_CHECK(fd >= 0 && bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
             "no local port");
    return fd;
}

bool send_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool receive_more(int fd, std::string& into) {
    char room[65536];
    const auto got = recv(fd, room, sizeof room, 0);
    if (got <= 0) return false;
    into.append(room, static_cast<std::size_t>(got));
    return true;
}

void reset_on_close(int fd) {
    const linger hard{1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}

Heard parse_head(std::string_view head) {
    Heard heard;
    const auto lines = split(head, '\n');
    const auto words = split(trimmed(lines.front()), ' ');
    heard.method = words.at(0);
    heard.target = words.at(1);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto colon = lines[i].find(':');
        if (colon == std::string::npos) continue;
        heard.headers.emplace_back(lower(lines[i].substr(0, colon)),
                                   trimmed(lines[i].substr(colon + 1)));
    }
    return heard;
}

}  // namespace

std::string Heard::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) return value;
    }
    return {};
}

Act answer(int status, std::string body, Fields headers) {
    Act made;
    made.status = status;
    made.body = std::move(body);
    made.headers = std::move(headers);
    return made;
}

Act act(Act::Kind kind) {
    Act made;
    made.kind = kind;
    return made;
}

Act forward() { return act(Act::Kind::forward); }

std::uint16_t unused_port() {
    const sys::Fd fd{bound_socket()};
    return bound_port(fd.get());
}

ScriptedHttp::ScriptedHttp(Script script, std::string upstream)
    : script_{std::move(script)}, upstream_{std::move(upstream)}, listener_{bound_socket()} {
    DS_CHECK(listen(listener_.get(), 64) == 0, "cannot listen");
    port_ = bound_port(listener_.get());
    accepting_ = std::thread{[this] { accept_all(); }};
}

ScriptedHttp::~ScriptedHttp() {
    shutdown(listener_.get(), SHUT_RDWR);
    accepting_.join();
    {
        const std::lock_guard lock{mutex_};
        for (const int fd : open_) shutdown(fd, SHUT_RDWR);
    }
    for (auto& thread : serving_) thread.join();
}

std::string ScriptedHttp::origin() const { return fmt::format("http://127.0.0.1:{}", port_); }

void ScriptedHttp::accept_all() {
    for (;;) {
        const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) return;
        const int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ++connections_;
        const std::lock_guard lock{mutex_};
        open_.push_back(fd);
        serving_.emplace_back([this, fd] { serve(fd); });
    }
}

void ScriptedHttp::serve(int fd) {
    std::string buffered;
    while (serve_one(fd, buffered)) {
    }
    leave(fd);
}

void ScriptedHttp::leave(int fd) {
    const std::lock_guard lock{mutex_};
    open_.remove(fd);
    close(fd);
}

bool ScriptedHttp::serve_one(int fd, std::string& buffered) {
    std::size_t head_end = std::string::npos;
    while ((head_end = buffered.find("\r\n\r\n")) == std::string::npos) {
        if (!receive_more(fd, buffered)) return false;
        // A TLS greeting gets what real servers of plain HTTP answer to it.
        if (buffered.front() == 0x16) return reply(fd, answer(400), false) && false;
    }
    auto heard = parse_head(std::string_view{buffered}.substr(0, head_end));
    const auto length_text = heard.header("content-length");
    const auto length = length_text.empty() ? 0 : std::stoull(length_text);
    const auto whole = head_end + 4 + length;
    if (cut_ && length > 0 && cut_(heard)) {
        reset_on_close(fd);
        return false;
    }
    while (buffered.size() < whole) {
        if (!receive_more(fd, buffered)) return false;
    }
    append(heard.body, view_of(std::string_view{buffered}.substr(head_end + 4, length)));
    const std::string raw = buffered.substr(0, whole);
    buffered.erase(0, whole);
    heard.number = ++requests_;

    const Act told = script_(heard);
    switch (told.kind) {
        case Act::Kind::answer: return reply(fd, told, heard.method == "HEAD");
        case Act::Kind::forward:
        case Act::Kind::forward_then_reset: pass_on(fd, raw, told); return false;
        case Act::Kind::reset: reset_on_close(fd); return false;
        case Act::Kind::hang:
            while (receive_more(fd, buffered)) {
            }
            return false;
    }
    return false;
}

bool ScriptedHttp::reply(int fd, const Act& told, bool head_only) {
    std::this_thread::sleep_for(told.wait);
    const auto length = told.announced_bytes.value_or(told.body.size());
    std::string head =
        fmt::format("HTTP/1.1 {} Scripted\r\nContent-Length: {}\r\n", told.status, length);
    for (const auto& [name, value] : told.headers) head += name + ": " + value + "\r\n";
    head += "\r\n";
    if (!send_all(fd, head)) return false;
    if (head_only) return true;
    const auto slice =
        told.slice_bytes > 0 ? told.slice_bytes : std::max<std::size_t>(told.body.size(), 1);
    for (std::size_t at = 0; at < told.body.size(); at += slice) {
        if (at > 0) std::this_thread::sleep_for(told.slice_wait);
        if (!send_all(fd, std::string_view{told.body}.substr(at, slice))) return false;
    }
    return length == told.body.size();
}

void ScriptedHttp::pass_on(int fd, const std::string& raw, const Act& told) {
    const auto url = Url::parse(upstream_);
    DS_CHECK(url.has_value(), "this server has nobody to forward to");
    const sys::Fd up{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const auto address = local(url->port);
    if (connect(up.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
    const auto line_end = raw.find("\r\n") + 2;
    if (!send_all(up.get(),
                  raw.substr(0, line_end) + "Connection: close\r\n" + raw.substr(line_end)))
        return;
    std::string response;
    while (receive_more(up.get(), response)) {
    }
    if (told.kind == Act::Kind::forward_then_reset) {
        reset_on_close(fd);
        return;
    }
    if (told.change) told.change(response);
    send_all(fd, response);
}

}  // namespace ds::net::testing
