#include "http/transport.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <linux/sockios.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace ds::http {
namespace {

using Clock = std::chrono::steady_clock;
using What = Moved::What;

Moved judge_errno(What when_busy) {
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {when_busy};
    return {What::broken};
}

int int_size(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, INT_MAX)); }

}  // namespace

void SslFree::operator()(SSL* session) const { ::SSL_free(session); }

short Moved::event() const { return what == What::wants_write ? POLLOUT : POLLIN; }

Transport::Transport(sys::Fd socket, Session session)
    : socket_{std::move(socket)}, session_{std::move(session)} {
    if (!session_) return;
    const bool bound = ::SSL_set_fd(session_.get(), socket_.get()) == 1;
    DS_CHECK(bound, "no memory for TLS");
    ::SSL_set_accept_state(session_.get());
}

Moved Transport::judge(int returned) {
    switch (::SSL_get_error(session_.get(), returned)) {
        case SSL_ERROR_WANT_READ: return {What::wants_read};
        case SSL_ERROR_WANT_WRITE: return {What::wants_write};
        case SSL_ERROR_ZERO_RETURN: return {What::ended};
        default: return {What::broken};
    }
}

Moved Transport::read_some(std::span<char> room) {
    if (session_) {
        const std::lock_guard lock{mutex_};
        ::ERR_clear_error();
        const int got = ::SSL_read(session_.get(), room.data(), int_size(room.size()));
        return got > 0 ? Moved{What::bytes, static_cast<std::size_t>(got)} : judge(got);
    }
    const auto got = ::recv(fd(), room.data(), room.size(), 0);
    if (got == 0) return {What::ended};
    return got > 0 ? Moved{What::bytes, static_cast<std::size_t>(got)}
                   : judge_errno(What::wants_read);
}

Moved Transport::write_some(std::string_view bytes) {
    if (session_) {
        const std::lock_guard lock{mutex_};
        ::ERR_clear_error();
        const int put = ::SSL_write(session_.get(), bytes.data(), int_size(bytes.size()));
        return put > 0 ? Moved{What::bytes, static_cast<std::size_t>(put)} : judge(put);
    }
    const auto put = ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    return put >= 0 ? Moved{What::bytes, static_cast<std::size_t>(put)}
                    : judge_errno(What::wants_write);
}

bool Transport::has_buffered() {
    if (!session_) return false;
    const std::lock_guard lock{mutex_};
    return ::SSL_has_pending(session_.get()) == 1;
}

void Transport::finish_writing() {
    if (session_) {
        const std::lock_guard lock{mutex_};
        ::ERR_clear_error();
        if (::SSL_is_init_finished(session_.get()) == 1) ::SSL_shutdown(session_.get());
    }
    ::shutdown(fd(), SHUT_WR);
}

void Transport::shut_down(bool reading_only) {
    ::shutdown(fd(), reading_only ? SHUT_RD : SHUT_RDWR);
}

std::size_t Transport::unconfirmed_bytes() const {
    int bytes = 0;
    const int failed = ::ioctl(fd(), SIOCOUTQ, &bytes);
    return failed == 0 ? static_cast<std::size_t>(bytes) : 0;
}

void Transport::break_off() {
    const linger none{1, 0};
    ::setsockopt(fd(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

bool wait_for(int fd, short event, std::chrono::milliseconds timeout) {
    const auto until = Clock::now() + timeout;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        pollfd waited{fd, event, 0};
        const auto wait = std::clamp<std::int64_t>(left.count(), 0, INT_MAX);
        const int ready = ::poll(&waited, 1, static_cast<int>(wait));
        if (ready > 0) return true;
        if (ready == 0 && wait < INT_MAX) return false;
        if (ready < 0 && errno != EINTR) return true;  // the next read or write tells why
    }
}

Status write_all(Transport& transport, std::string_view bytes, std::chrono::milliseconds timeout) {
    const auto until = Clock::now() + timeout;
    while (!bytes.empty()) {
        const auto moved = transport.write_some(bytes);
        if (moved.what == What::bytes) {
            bytes.remove_prefix(moved.bytes);
            continue;
        }
        if (!moved.waits()) return fail(Code::unavailable, "the client is gone");
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
        if (left.count() <= 0 || !wait_for(transport.fd(), moved.event(), left)) {
            return fail(Code::timeout, "the client does not read");
        }
    }
    return {};
}

}  // namespace ds::http
