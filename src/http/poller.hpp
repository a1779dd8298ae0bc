#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

#include <sys/epoll.h>

#include "base/result.hpp"
#include "sys/files.hpp"

namespace ds::http {

/// epoll(7) with a bell. All but wake() is for one thread.
class Poller {
public:
    static Result<Poller> open();

    /// False: the kernel has no memory for it.
    bool add(int fd, std::uint64_t key, std::uint32_t events);
    void change(int fd, std::uint64_t key, std::uint32_t events);
    /// What happened; a negative timeout waits without end. wake() ends the wait and is not shown.
    std::span<const epoll_event> wait(std::chrono::milliseconds timeout);
    void wake() const;

private:
    sys::Fd epoll_;
    sys::Fd bell_;
    std::array<epoll_event, 256> events_{};
};

}  // namespace ds::http
