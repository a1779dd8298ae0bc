#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "catalog/run_queue.hpp"
#include "jobs/service/events.hpp"
#include "jobs/service/office.hpp"

namespace ds::jobs {

struct RunnerLimits {
    unsigned slots = 2;  // runs at once on this server
    catalog::QueueLimits queue;
    std::chrono::milliseconds beat{2000};  // how often a run's lease and progress are written
    std::chrono::milliseconds idle{1000};  // how often an empty queue is asked again
};

/// Takes runs from the queue and does them, each on a thread of its own. Work that stalls, is
/// cancelled or whose lease is lost is stopped.
class Runner {
public:
    Runner(const Office& office, Events& events, RunnerLimits limits);
    /// Stops what runs; it becomes queued again for whoever comes next.
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// There may be something to do: look now.
    void wake();
    /// Takes no more, and waits up to `grace` for what runs; true when nothing runs any more.
    bool drain(std::chrono::milliseconds grace);

private:
    const Office& office_;
    Events& events_;
    const RunnerLimits limits_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    unsigned busy_ = 0;
    bool draining_ = false;
    std::uint64_t wakes_ = 0;

    std::vector<std::jthread> threads_;

    void serve(const std::stop_token& stop);
    bool wait_for_work(const std::stop_token& stop, std::uint64_t& seen);
    void execute(const model::Run& run, const std::stop_token& stop);
};

}  // namespace ds::jobs
