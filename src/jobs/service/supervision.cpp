#include "jobs/service/supervision.hpp"

#include <fmt/format.h>

namespace ds::jobs {
namespace {

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::none: return "it goes on";
        case Verdict::cancelled: return "somebody cancelled it";
        case Verdict::stalled: return "it moves no data";
        case Verdict::lease_lost: return "another server has taken it over";
        case Verdict::server_stops: return "this server stops";
    }
    return {};
}

}  // namespace

Supervision::Supervision(const Office& office, Events& events, const model::Run& run,
                         const RunnerLimits& limits, const std::stop_token& server_stops)
    : office_{office},
      events_{events},
      record_{run},
      limits_{limits},
      journal_{office.clock},
      renewed_{office.now()},
      on_server_stop_{server_stops, [this] { stop_work(Verdict::server_stops); }} {
    const auto plan = office_.catalog.read([&](catalog::Session& session) {
        return catalog::plans.find(session, run.organization, run.plan);
    });
    if (plan && *plan) stall_limit_ = std::chrono::seconds{(*plan)->stall_seconds};
    thread_ = std::jthread{[this](const std::stop_token& done) { watch(done); }};
}

void Supervision::watch(const std::stop_token& done) {
    while (office_.clock.sleep_for(limits_.beat, done)) beat();
}

void Supervision::beat() {
    const auto now = office_.now();
    const auto heart =
        catalog::renew_run(office_.catalog, record_, journal_.progress(), now, limits_.queue.lease);
    if (heart) {
        renewed_ = now;
        if (heart->lost) stop_work(Verdict::lease_lost);
        if (heart->cancel) stop_work(Verdict::cancelled);
    } else if (now - renewed_ > limits_.queue.lease) {
        // By now another server believes that we are dead.
        stop_work(Verdict::lease_lost);
    }
    const auto lines = journal_.take_lines(record_);
    if (!lines.empty()) {
        // Lines that cannot be written are lost: the work matters more.
        static_cast<void>(office_.catalog.write(
            [&](catalog::Session& session) { return write_lines(session, lines); }));
    }
    if (now - journal_.moved() > stall_limit_) stop_work(Verdict::stalled);
    events_.changed(record_.organization, "run", record_.id, "running");
}

void Supervision::stop_work(Verdict verdict) {
    auto none = Verdict::none;
    if (!verdict_.compare_exchange_strong(none, verdict)) return;
    office_.log.warn("run.stopped", fmt::format("a run is stopped: {}", name_of(verdict)),
                     {{"run", record_.id}});
    work_.request_stop();
}

Status write_lines(catalog::Session& session, const std::vector<model::LogLine>& lines) {
    for (const auto& line : lines) DS_DO(catalog::log_lines.insert(session, line));
    return {};
}

}  // namespace ds::jobs
