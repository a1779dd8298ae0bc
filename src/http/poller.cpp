#include "http/poller.hpp"

#include <algorithm>
#include <cerrno>
#include <limits>

#include <sys/eventfd.h>
#include <unistd.h>

namespace ds::http {
namespace {

constexpr auto bell_key = std::numeric_limits<std::uint64_t>::max();

epoll_event event_of(std::uint64_t key, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = key;
    return event;
}

}  // namespace

Result<Poller> Poller::open() {
    Poller poller;
    poller.epoll_ = sys::Fd{::epoll_create1(EPOLL_CLOEXEC)};
    if (!poller.epoll_) return sys::errno_error(errno, "cannot create an epoll");
    poller.bell_ = sys::Fd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    if (!poller.bell_ || !poller.add(poller.bell_.get(), bell_key, EPOLLIN | EPOLLET)) {
        return sys::errno_error(errno, "cannot create an eventfd");
    }
    return poller;
}

bool Poller::add(int fd, std::uint64_t key, std::uint32_t events) {
    auto event = event_of(key, events);
    return ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

void Poller::change(int fd, std::uint64_t key, std::uint32_t events) {
    auto event = event_of(key, events);
    const int failed = ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, fd, &event);
    DS_CHECK(failed == 0, "only what was added is changed");
}

std::span<const epoll_event> Poller::wait(std::chrono::milliseconds timeout) {
    const int count = ::epoll_wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()),
                                   static_cast<int>(timeout.count()));
    // Edge-triggered, the bell needs no reading: each ring is an edge of its own.
    const auto end =
        std::remove_if(events_.begin(), events_.begin() + std::max(count, 0),
                       [](const epoll_event& event) { return event.data.u64 == bell_key; });
    return {events_.begin(), end};
}

void Poller::wake() const {
    const std::uint64_t one = 1;
    // The counter cannot fill up in the life of a process.
    static_cast<void>(::write(bell_.get(), &one, sizeof one));
}

}  // namespace ds::http
