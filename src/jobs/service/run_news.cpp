#include "jobs/service/run_news.hpp"

#include <fmt/format.h>

namespace ds::jobs {
namespace {

using model::RunState;

constexpr int runs_looked_back = 100;

/// Whether people were told of a failure that this success ends. A failure that was to be tried
/// again, and the runs that were cut off or cancelled since, are nobody's news.
Result<bool> ends_a_failure(catalog::Session& session, const model::Run& run) {
    DS_TRY(const auto before,
           session.run(fmt::format("SELECT state, trigger FROM runs WHERE organization = ? AND "
                                   "\"database\" = ? AND kind = 'backup' AND id < ? AND state IN "
                                   "('succeeded', 'partly', 'failed', 'interrupted') "
                                   "ORDER BY id DESC LIMIT {}",
                                   runs_looked_back),
                       {run.organization, run.database, run.id}));
    bool retried = run.trigger == model::Trigger::retry;
    for (const auto& row : before) {
        const auto state = sql::text_of(row.at(0));
        if (state == "succeeded") return false;
        if (state == "partly" || !retried) return true;
        retried = sql::text_of(row.at(1)) == "retry";
    }
    return false;
}

class Teller {
public:
    Teller(catalog::Session& session, Events& events, const model::Run& run)
        : session_{session}, events_{events}, run_{run} {}

    Status begin() {
        if (run_.kind != model::RunKind::backup) return {};
        DS_DO(find_database());
        return raise("backup.started", fmt::format("Backup of {} begins", database_.name));
    }

    Status end(const RunEnd& end) {
        DS_DO(find_database());
        if (end.stalled)
            DS_DO(raise("run.stalled",
                        fmt::format("A {} of {} moved no data", kind(), database_.name)));
        if (run_.kind == model::RunKind::backup) return end_of_backup(end);
        if (run_.kind != model::RunKind::verify || !failed_for_good(end)) return {};
        return raise("proof.failed", fmt::format("Proof of {} failed", database_.name));
    }

private:
    catalog::Session& session_;
    Events& events_;
    const model::Run& run_;
    model::Database database_;

    Status find_database() {
        DS_TRY(auto found, catalog::databases.find(session_, run_.organization, run_.database));
        if (found) database_ = std::move(*found);
        return {};
    }

    bool failed_for_good(const RunEnd& end) const {
        return end.final && (run_.state == RunState::failed || run_.state == RunState::interrupted);
    }

    Status end_of_backup(const RunEnd& end) {
        if (failed_for_good(end))
            return raise("backup.failed", fmt::format("Backup of {} failed", database_.name));
        if (run_.state == RunState::partly)
            return raise(
                "backup.partly",
                fmt::format("Backup of {} reached only some of its stores", database_.name));
        return run_.state == RunState::succeeded ? tell_success() : Status{};
    }

    std::string kind() const { return boost::describe::enum_to_string(run_.kind, "run"); }

    Status tell_success() {
        DS_TRY(const bool recovered, ends_a_failure(session_, run_));
        if (recovered)
            DS_DO(
                raise("backup.recovered", fmt::format("Backup of {} works again", database_.name)));
        return raise("backup.succeeded", fmt::format("{} was backed up", database_.name));
    }

    Status raise(std::string_view event_kind, std::string title) {
        auto event = model::event_of(event_kind, run_.organization, {}, std::move(title));
        about(event, database_);
        event.text = run_.error;
        event.fields = {{"database", database_.name}, {"run", run_.id}};
        if (!run_.hint.empty()) event.fields.push_back({"what to do", run_.hint});
        return events_.raise(session_, std::move(event));
    }
};

}  // namespace

Status tell_of_begin(catalog::Session& session, Events& events, const model::Run& run) {
    return Teller{session, events, run}.begin();
}

Status tell_of_end(catalog::Session& session, Events& events, const model::Run& run,
                   const RunEnd& end) {
    return Teller{session, events, run}.end(end);
}

}  // namespace ds::jobs
