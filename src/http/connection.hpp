#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "http/response.hpp"
#include "http/transport.hpp"
#include "http/wire/request_reader.hpp"
#include "http/wire/response_head.hpp"

namespace ds::http {

enum class Phase {
    reading,     // waits for a request, or reads one
    working,     // a handler's thread has it
    long_lived,  // a stream's thread has it
    writing,     // the loop sends what the client was slow to take
    lingering,   // all is sent; the client may still be sending
};

/// One client. The loop owns it; in the phases `working` and `long_lived` everything but
/// `phase`, `since` and `counted` is the thread's that works for it.
struct Connection {
    using Time = std::chrono::steady_clock::time_point;

    Connection(std::uint64_t number, sys::Fd socket, Session session, const wire::Limits& limits,
               const std::string& peer)
        : id{number}, transport{std::move(socket), std::move(session)}, reader{limits, peer} {}

    const std::uint64_t id;
    Transport transport;
    wire::RequestReader reader;
    Request request;
    wire::Sending sending;  // how the answer to `request` is sent
    std::string output;     // what must be sent before anything else
    std::size_t sent = 0;   // of output

    Phase phase = Phase::reading;
    Time since;                            // when the phase, or the step of reading, began
    bool served = false;                   // had a request before
    std::size_t counted = 0;               // bytes of memory in the loop's sum
    std::optional<std::stop_source> gone;  // of the long answer
    std::atomic<bool> server_stops{false};

    std::size_t held_bytes() const { return reader.held_bytes() + output.capacity(); }
};

}  // namespace ds::http
