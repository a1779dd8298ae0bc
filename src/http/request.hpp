#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ds::http {

using Field = std::pair<std::string, std::string>;

/// Header lines in their order. Names compare without case.
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<Field> lines) : lines_{lines} {}

    void add(std::string name, std::string value);
    /// The first line of that name; nullptr when there is none.
    const std::string* find(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    /// Whether a line of that name has `word` in its comma-separated list; words have no case.
    bool has_word(std::string_view name, std::string_view word) const;

    std::size_t size() const { return lines_.size(); }
    auto begin() const { return lines_.begin(); }
    auto end() const { return lines_.end(); }

private:
    std::vector<Field> lines_;
};

/// What a request says before its body.
struct RequestHead {
    std::string method;  // as sent; methods have case
    std::string target;  // as sent: "/a/b%2Fc?x=1"; also "http://host/a" and, for OPTIONS, "*"
    std::string path;    // the target's path as sent, still encoded; begins with '/' (or is "*")
    std::vector<std::string> segments;  // decoded: {"a", "b/c"}; {} for "/"; never "." or ".."
    std::vector<Field> query;           // decoded, in order; '+' is a blank
    Headers headers;                    // values without the blanks around them
    std::string host;  // "name[:port]" of the target or else of the Host line; may be empty in 1.0
    std::string peer;  // IP address of whoever is connected, "127.0.0.1"
    bool http_1_0 = false;

    /// The first option of that name; nullptr when there is none.
    const std::string* option(std::string_view name) const;
    /// Asks to become a WebSocket (RFC 6455, 4.2.1), well-formed or not.
    bool wants_websocket() const { return headers.has_word("Upgrade", "websocket"); }
};

struct Request : RequestHead {
    std::string body;
};

bool same_without_case(std::string_view one, std::string_view other);

}  // namespace ds::http
