#include "jobs/service/preflight.hpp"
#include "jobs/service/replacement.hpp"
#include "jobs/service/safety_backup.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {
namespace {

/// Errors as they are, and what should be known into the run's log.
Result<Preflight> look_ahead(const Office& office, const model::Run& order, const sys::Run& run) {
    run.progress.step("preflight");
    DS_TRY(auto ahead, preflight(office, order, run));
    if (ahead.blocked) return std::move(*ahead.blocked);
    for (const auto& found : ahead.findings) {
        if (found.level == model::FindingLevel::warning) run.progress.warn(found.text);
    }
    return ahead;
}

Result<model::Replacement> expect(const Office& office, const model::Run& order) {
    return office.catalog.write([&](catalog::Session& session) {
        return expect_replacement(session, order, order.order.into_server,
                                  order.order.into_database, order.order.keep_old_hours,
                                  office.now());
    });
}

}  // namespace

Result<Outcome> restore_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto ahead, look_ahead(office, order, run));
    Outcome outcome;
    if (ahead.replaces && order.order.safety_backup) {
        const auto safety = take_safety_backup(office, order, ahead.copy.backup, run);
        if (!safety) return Error{safety.error()}.while_doing("backing up what would be replaced");
        outcome.backup = safety->id;
    }
    const bool keeps =
        ahead.replaces && order.order.tables.empty() && order.order.keep_old_hours > 0;
    std::optional<model::Replacement> aside;
    if (keeps) {
        DS_TRY(aside, expect(office, order));
    }
    DS_TRY(const auto restored, restore(ahead.order, *ahead.copy.store, ahead.copy.stored, run));
    for (const auto& note : restored.report.notes) run.progress.warn(note);
    if (!aside) return outcome;
    outcome.record = [aside = *aside, kept_as = restored.report.kept_as,
                      &office](catalog::Session& session) {
        return settle_replacement(session, aside, kept_as, office.now());
    };
    return outcome;
}

}  // namespace ds::jobs
