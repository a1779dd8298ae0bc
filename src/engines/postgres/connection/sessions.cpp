#include "engines/postgres/connection/sessions.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/guarded.hpp"

namespace ds::engines::postgres {

Status share_among_sessions(const ConnectionInfo& info, unsigned jobs, std::size_t count,
                            const SessionWork& work, const sys::Run& run) {
    std::atomic<std::size_t> next = 0;
    std::stop_source stop;
    std::mutex mutex;
    std::optional<Error> first;  // guarded by mutex
    const std::stop_callback on_stop{run.stop, [&] { stop.request_stop(); }};
    const NextItem next_item = [&]() -> std::optional<std::size_t> {
        const auto item = next++;
        return item < count ? std::optional{item} : std::nullopt;
    };
    const auto session = [&]() -> Status {
        const sys::Run inner{stop.get_token(), run.clock, run.progress};
        DS_TRY(const auto connection, Connection::open(info, inner.stop));
        return work(*connection, next_item, inner);
    };
    const auto serve = [&] {
        auto status = guarded(session);
        if (status) return;
        const std::lock_guard lock{mutex};
        // The others then end with "cancelled", which is not the reason.
        if (!first) first = std::move(status.error());
        stop.request_stop();
    };
    {
        std::vector<std::jthread> threads;
        const auto wanted = std::min<std::size_t>(std::max(jobs, 1U), count);
        for (std::size_t i = 0; i < wanted; ++i) threads.emplace_back(serve);
    }
    DS_DO(run.check());
    if (first) return std::move(*first);
    return {};
}

}  // namespace ds::engines::postgres
