#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>

#include <openssl/types.h>

#include "base/result.hpp"
#include "sys/files.hpp"

namespace ds::http {

struct SslFree {
    void operator()(SSL* session) const;
};
using Session = std::unique_ptr<SSL, SslFree>;

/// What became of one attempt to move bytes.
struct Moved {
    enum class What { bytes, wants_read, wants_write, ended, broken };
    What what = What::broken;
    std::size_t bytes = 0;

    bool waits() const { return what == What::wants_read || what == What::wants_write; }
    /// The event of poll(2) and epoll(7) to wait for.
    short event() const;
};

/// One connection's bytes, plain or TLS, without blocking. read_some and write_some may be called
/// by two threads at once; shut_down by any.
class Transport {
public:
    /// `socket` does not block. TLS with a session; its handshake is part of the first read.
    Transport(sys::Fd socket, Session session);

    Moved read_some(std::span<char> room);
    Moved write_some(std::string_view bytes);
    /// Bytes wait here that the socket does not announce any more.
    bool has_buffered();
    /// Sent, but not confirmed by the other side's system.
    std::size_t unconfirmed_bytes() const;
    /// Says that no more comes from us.
    void finish_writing();
    /// Wakes and ends every reader; every writer too unless `reading_only`.
    void shut_down(bool reading_only);
    /// Closing will be a reset: the other side must not take what it has for all.
    void break_off();
    int fd() const { return socket_.get(); }

private:
    Moved judge(int returned);

    const sys::Fd socket_;
    std::mutex mutex_;
    const Session session_;
};

/// Until `event` or an error can be seen on the transport's socket. False: not in time.
bool wait_for(int fd, short event, std::chrono::milliseconds timeout);

/// All of it, waiting for the client. Errors: timeout, unavailable (gone).
Status write_all(Transport& transport, std::string_view bytes, std::chrono::milliseconds timeout);

}  // namespace ds::http
