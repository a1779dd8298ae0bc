#include "engines/postgres/dump/dump_stream.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>

#include "engines/postgres/tools/tool_error.hpp"

namespace ds::engines::postgres {
namespace {

constexpr int stop_latency_ms = 100;

// pg_dump writes 4 KiB at a time and would wake us for each. Sleeping a little while the pipe fills
// makes one wake-up of many; the pipe holds 1 MiB, so pg_dump does not wait for us.
constexpr std::size_t worth_waking = 256 * KiB;
constexpr std::chrono::microseconds nap{700};
constexpr int naps_max = 4;

std::size_t waiting_in(int pipe) {
    int bytes = 0;
    return ::ioctl(pipe, FIONREAD, &bytes) == 0 && bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
}

}  // namespace

Result<std::size_t> DumpStream::read(Room room) {
    if (error_) return *error_;
    auto got = read_checked(room);
    if (!got) {
        error_ = got.error();
        child_->signal(SIGKILL);
    }
    return got;
}

Result<std::size_t> DumpStream::read_checked(Room room) {
    if (index_ || room.empty()) return std::size_t{0};
    DS_TRY(const auto ready, wait_for_bytes(std::min(room.size(), worth_waking)));
    if (ready == 0) {
        DS_DO(end_of_stream());
        return std::size_t{0};
    }
    DS_TRY(const auto got, sys::read_some(child_->output(), room, "the output of pg_dump"));
    if (got == 0) {
        DS_DO(end_of_stream());
        return std::size_t{0};
    }
    if (!flowing_) {
        flowing_ = true;
        watch_.on_first_bytes();
    }
    DS_DO(parser_.push(View{room.data(), got}).while_doing("reading what pg_dump writes"));
    return got;
}

// How many bytes can be read, 0 at the end.
Result<std::size_t> DumpStream::wait_for_bytes(std::size_t wanted) {
    pollfd output{child_->output(), POLLIN, 0};
    while (::poll(&output, 1, stop_latency_ms) <= 0) DS_DO(watch_.check());
    DS_DO(watch_.check());
    auto ready = waiting_in(child_->output());
    for (int i = 0; i < naps_max && ready > 0 && ready < wanted; ++i) {
        std::this_thread::sleep_for(nap);
        const auto now = waiting_in(child_->output());
        if (now == ready) break;
        ready = now;
    }
    return ready;
}

Status DumpStream::end_of_stream() {
    const auto exit = child_->wait(watch_.stop);
    DS_DO(watch_.check());
    if (!exit.ok()) return tool_error("pg_dump", exit, child_->errors());
    auto index = parser_.finish();
    if (!index) {
        return std::move(index.error())
            .while_doing("pg_dump said that it succeeded, but its output is not complete");
    }
    index_ = std::move(*index);
    return {};
}

}  // namespace ds::engines::postgres
