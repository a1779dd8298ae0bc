#pragma once

#include <thread>

#include "jobs/service/journal.hpp"
#include "jobs/service/runner.hpp"

namespace ds::jobs {

/// Why work was stopped from outside.
enum class Verdict { none, cancelled, stalled, lease_lost, server_stops };

/// Watches one run while it works: writes its lease, progress and log every beat, and stops it when
/// somebody cancels it, it stalls, its lease is lost, or the server stops.
class Supervision {
public:
    Supervision(const Office& office, Events& events, const model::Run& run,
                const RunnerLimits& limits, const std::stop_token& server_stops);
    /// Ends the watching; what the journal holds by then is written with the run's end.
    ~Supervision() = default;

    sys::Run run() { return {work_.get_token(), office_.clock, journal_}; }
    Journal& journal() { return journal_; }
    Verdict verdict() const { return verdict_.load(); }

private:
    const Office& office_;
    Events& events_;
    const model::Run& record_;
    const RunnerLimits& limits_;
    std::chrono::seconds stall_limit_{300};
    Journal journal_;
    std::stop_source work_;
    std::atomic<Verdict> verdict_ = Verdict::none;
    catalog::Time renewed_;
    std::stop_callback<std::function<void()>> on_server_stop_;
    std::jthread thread_;  // last: uses all of the above

    void watch(const std::stop_token& done);
    void beat();
    void stop_work(Verdict verdict);
};

/// Stores lines of a run's log.
Status write_lines(catalog::Session& session, const std::vector<model::LogLine>& lines);

}  // namespace ds::jobs
