#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace ds::net {

/// `scheme://[user[:password]@]host[:port]/path?name=value&…`, percent-decoded. User, password and
/// option values may be secrets: no function here prints them, and errors of parse() never repeat
/// the text.
struct Url {
    std::string scheme;  // lower case
    std::string user;    // empty: none
    Secret password;
    std::string host;  // may be empty ("file:///dir"); an IPv6 address is without its brackets
    std::uint16_t port = 0;  // 0: none given
    std::string path;        // decoded; empty or begins with '/'
    std::vector<std::pair<std::string, std::string>>
        options;  // in order; every name once; '+' is a plus

    /// At most 8 KiB; no control characters, also none that were encoded; no fragment.
    static Result<Url> parse(std::string_view text);

    const std::string* option(std::string_view name) const;
    /// `scheme://host[:port]`
    std::string origin() const;
    /// For people: without user, password and options.
    std::string shown() const;
};

/// RFC 3986: everything but letters, digits, "-._~" and the characters of `keep` becomes %XX.
std::string percent_encoded(std::string_view text, std::string_view keep = {});
Result<std::string> percent_decoded(std::string_view text);

}  // namespace ds::net
