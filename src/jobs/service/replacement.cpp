#include "jobs/service/replacement.hpp"

#include <fmt/format.h>

#include "catalog/run_queue.hpp"
#include "engines/all.hpp"
#include "jobs/service/opened.hpp"

namespace ds::jobs {
namespace {

using model::ReplacementState;

constexpr std::chrono::hours asked_again_after{24};
constexpr std::uint64_t prune_attempts = 3;

Status enter_pruning(catalog::Session& session, const model::Replacement& row,
                     const std::string& not_before, catalog::Time now) {
    model::Run prune;
    catalog::begin_record(prune, row.organization, now);
    prune.kind = model::RunKind::prune;
    prune.trigger = model::Trigger::schedule;
    prune.database = row.database;
    prune.not_before = not_before;
    prune.attempts_max = prune_attempts;
    return catalog::enqueue(session, prune);
}

bool is_open(const model::Replacement& row) {
    return row.state == ReplacementState::expected || row.state == ReplacementState::kept;
}

/// The state that a row is in once its database is dropped, or turned out not to be ours to drop.
Result<ReplacementState> drop(const Office& office, const model::Replacement& row,
                              const sys::Run& run) {
    DS_TRY(const auto server, office.catalog.read([&](catalog::Session& session) {
        return catalog::servers.find(session, row.organization, row.server);
    }));
    if (!server) return ReplacementState::none;
    DS_TRY(const auto url, database_url(office, *server, row.name));
    DS_TRY(auto* engine, engines::engine_for_url(url.reveal()));
    const auto dropped = engine->drop_kept(url, row.run, run);
    if (dropped) return ReplacementState::dropped;
    if (dropped.error().code() == Code::not_found) return ReplacementState::none;
    return Error{dropped.error()};
}

}  // namespace

Result<model::Replacement> expect_replacement(catalog::Session& session, const model::Run& order,
                                              const std::string& server, const std::string& name,
                                              std::uint64_t keep_hours, catalog::Time now) {
    model::Replacement row;
    catalog::begin_record(row, order.organization, now);
    row.run = order.id;
    row.database = order.database;
    row.server = server;
    row.name = name;
    row.keep_hours = keep_hours;
    row.keep_until = rfc3339(now + std::chrono::hours{keep_hours});
    DS_DO(catalog::replacements.insert(session, row));
    DS_DO(enter_pruning(session, row, row.keep_until, now));
    return row;
}

Status settle_replacement(catalog::Session& session, model::Replacement row,
                          const std::string& kept_as, catalog::Time now) {
    row.changed = rfc3339(now);
    row.kept_as = kept_as;
    row.state = kept_as.empty() ? ReplacementState::none : ReplacementState::kept;
    row.keep_until = rfc3339(now + std::chrono::hours{row.keep_hours});
    DS_DO(catalog::replacements.update(session, row));
    return kept_as.empty() ? Status{} : enter_pruning(session, row, row.keep_until, now);
}

Result<model::Replacement> way_back_of(catalog::Session& session, const std::string& organization,
                                       const std::string& run, catalog::Time now) {
    DS_TRY(auto found, catalog::replacements.select(session, "WHERE organization = ? AND run = ?",
                                                    {organization, run}));
    if (found.empty() || found.front().state == ReplacementState::none)
        return fail(Code::not_found, "this run replaced no database that was kept");
    auto& row = found.front();
    if (row.state == ReplacementState::returned)
        return fail(Code::conflict, "it was undone already",
                    "What was there until then is kept by the run that undid it.");
    if (!is_open(row) || row.keep_until <= rfc3339(now))
        return fail(Code::conflict, "the database that it replaced is not kept any more",
                    "Restore the safety backup that the run took first.");
    return std::move(row);
}

Result<std::vector<std::string>> drop_due_replacements(const Office& office,
                                                       const model::Run& prune,
                                                       const sys::Run& run) {
    std::vector<std::string> held;
    const auto now = office.now();
    DS_TRY(auto due, office.catalog.read([&](catalog::Session& session) {
        return catalog::replacements.select(
            session,
            "WHERE organization = ? AND \"database\" = ? AND state IN ('expected', 'kept') AND "
            "keep_until <= ? ORDER BY id",
            {prune.organization, prune.database, rfc3339(now)});
    }));
    for (auto& row : due) {
        DS_DO(run.check());
        const auto next = drop(office, row, run);
        if (!next) held.push_back(next.error().message());
        row.changed = rfc3339(now);
        // What cannot be dropped now stays a way back for another day.
        if (next)
            row.state = *next;
        else
            row.keep_until = rfc3339(now + asked_again_after);
        DS_DO(office.catalog.write([&](catalog::Session& session) -> Status {
            DS_DO(catalog::replacements.update(session, row));
            return next ? Status{} : enter_pruning(session, row, row.keep_until, now);
        }));
    }
    return held;
}

}  // namespace ds::jobs
