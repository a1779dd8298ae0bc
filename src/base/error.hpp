#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ds {

/// Why something failed, as a closed list. Two tables turn a Code into an HTTP status and into a
/// CLI exit status; nobody else maps it.
enum class Code {
    invalid,          // the caller's input is wrong
    not_found,        // what was named does not exist
    exists,           // it is there already and must not be replaced
    denied,           // known caller, but no permission
    unauthenticated,  // unknown caller: wrong password, key or signature
    unavailable,      // cannot be reached now, or broke off; trying again may help
    timeout,          // took longer than its limit
    cancelled,        // somebody asked us to stop
    exhausted,        // disk, memory, quota or another limit is full
    corrupt,          // stored data is not what was written
    unsupported,      // a right request that this build, server or tool cannot do
    conflict,         // somebody else changed or holds it
    stale,            // it was changed since the caller read it
    failed,           // a program we asked gave up for a reason of its own, which its words tell
    internal,         // our mistake
};

std::string_view name_of(Code code);
/// Nothing when no code has that name.
std::optional<Code> code_named(std::string_view name);

/// A failure as a value: one line for the reader, a hint that says what to do, and the trail of
/// what we were doing. Messages are lower case, without full stop and without secrets.
class Error {
public:
    Error(Code code, std::string message, std::string hint = {})
        : code_{code}, message_{std::move(message)}, hint_{std::move(hint)} {}

    Code code() const { return code_; }
    const std::string& hint() const { return hint_; }

    /// The whole line: "uploading part 17: connection reset".
    std::string message() const;

    /// Adds context in front: `error.while_doing("uploading part 17")`.
    Error&& while_doing(std::string what) &&;
    /// Sets the hint unless the place that failed already gave one.
    Error&& hinting(std::string hint) &&;
    /// Notes that the other side asked us to stay away for so long.
    Error&& waiting(long seconds) &&;

    /// True when the same call may succeed if it is tried again later.
    bool transient() const { return code_ == Code::unavailable || code_ == Code::timeout; }
    /// For how long the other side asked us not to try again; 0 when it did not say.
    long wait_seconds() const { return wait_seconds_; }

private:
    Code code_;
    std::string message_;
    std::string hint_;
    long wait_seconds_ = 0;
    std::vector<std::string> trail_;
};

}  // namespace ds
