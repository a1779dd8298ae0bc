#include "jobs/service/runner.hpp"

#include "base/guarded.hpp"
#include "jobs/service/needs.hpp"
#include "jobs/service/run_ending.hpp"
#include "jobs/service/supervision.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {

namespace {

RunnerLimits with_needs(RunnerLimits limits) {
    if (!limits.queue.memory_of) limits.queue.memory_of = memory_needed;
    return limits;
}

}  // namespace

Runner::Runner(const Office& office, Events& events, RunnerLimits limits)
    : office_{office}, events_{events}, limits_{with_needs(std::move(limits))} {
    for (unsigned slot = 0; slot < limits_.slots; ++slot) {
        threads_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
    }
}

Runner::~Runner() {
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
}

void Runner::wake() {
    const std::lock_guard lock{mutex_};
    ++wakes_;
    changed_.notify_all();
}

bool Runner::drain(std::chrono::milliseconds grace) {
    std::unique_lock lock{mutex_};
    draining_ = true;
    changed_.notify_all();
    return changed_.wait_for(lock, grace, [&] { return busy_ == 0; });
}

void Runner::serve(const std::stop_token& stop) {
    std::uint64_t seen = 0;
    while (wait_for_work(stop, seen)) {
        for (;;) {
            auto run =
                catalog::claim_run(office_.catalog, office_.name, office_.now(), limits_.queue);
            if (!run || !*run) break;  // an error: the catalog is away, and asked again
            execute(**run, stop);
            const std::lock_guard lock{mutex_};
            if (draining_) break;
        }
        const std::lock_guard lock{mutex_};
        --busy_;
        changed_.notify_all();
    }
}

bool Runner::wait_for_work(const std::stop_token& stop, std::uint64_t& seen) {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, stop, limits_.idle, [&] { return wakes_ != seen && !draining_; });
    while (draining_ && !stop.stop_requested()) changed_.wait(lock, stop, [] { return false; });
    if (stop.stop_requested()) return false;
    seen = wakes_;
    ++busy_;
    return true;
}

void Runner::execute(const model::Run& run, const std::stop_token& stop) {
    events_.changed(run.organization, "run", run.id, "running");
    Supervision supervision{office_, events_, run, limits_, stop};
    auto outcome = guarded([&] { return do_work(office_, run, supervision.run()); });
    end_run(office_, events_, run, supervision.verdict(), std::move(outcome),
            supervision.journal());
    wake();  // what waited for this database or server may go now
}

}  // namespace ds::jobs
