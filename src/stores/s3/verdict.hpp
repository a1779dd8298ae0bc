#pragma once

#include <chrono>
#include <optional>

#include "net/http.hpp"
#include "stores/s3/client.hpp"

namespace ds::stores::s3 {

/// What an answer that is not a success means.
struct Verdict {
    Error error;
    bool again = false;     // the same call may succeed later
    bool new_keys = false;  // it may succeed with other keys
    std::optional<std::chrono::seconds> wait;
};

/// Nothing when the call succeeded. `now` is our clock, to be compared with the server's.
std::optional<Verdict> judge(const net::HttpResponse& response, const Call& call,
                             const Config& config, std::chrono::system_clock::time_point now);

/// "2026-08-13T14:32:07.000Z", with or without the fraction, which is dropped.
Result<std::chrono::system_clock::time_point> parse_time(std::string_view text);

}  // namespace ds::stores::s3
