#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "sys/files.hpp"

namespace ds::http {

/// A socket that takes connections, none of which block.
class Listener {
public:
    /// Errors: invalid (not an address), and what bind(2) and listen(2) say.
    static Result<Listener> open(const std::string& address, std::uint16_t port);

    enum class Verdict { accepted, none, full };
    struct Accepted {
        Verdict verdict = Verdict::none;  // full: descriptors or memory ran out
        sys::Fd socket;
        std::string peer;                // IP address
        Error why{Code::exhausted, {}};  // of full
    };
    Accepted accept() const;

    int fd() const { return socket_.get(); }
    std::uint16_t port() const { return port_; }
    void close() { socket_.reset(); }

private:
    sys::Fd socket_;
    std::uint16_t port_ = 0;
};

}  // namespace ds::http
