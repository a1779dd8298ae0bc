#include "jobs/service/adoption.hpp"

#include "archive/shelf.hpp"
#include "base/text.hpp"
#include "jobs/service/holding.hpp"

namespace ds::jobs {
namespace {

constexpr int orphans_max = 20;  // looked for at a time
// A server that only seemed dead may still write its manifest; by then it has heard.
constexpr std::chrono::minutes settled_after{10};

Result<std::vector<model::Run>> dead_runs(catalog::Session& session, const model::Run& order) {
    return catalog::runs.select(
        session,
        fmt::format("WHERE organization = ? AND \"database\" = ? AND place <> '' AND \"plan\" = ? "
                    "AND state IN ('interrupted', 'cancelled') ORDER BY id LIMIT {}",
                    orphans_max),
        {order.organization, order.database, order.plan});
}

archive::Place place_of(const std::string& text) {
    const auto slash = text.find('/');
    return {text.substr(0, slash), slash == std::string::npos ? "" : text.substr(slash + 1)};
}

/// What lies at `place`; nothing when no store holds a backup there.
Result<std::optional<BackupReport>> found_at(const archive::Place& place,
                                             const OpenedStores& opened) {
    BackupReport report;
    bool found = false;
    for (const auto& store : opened) {
        archive::Copy copy{store->traits().location, {}};
        auto stored = archive::read_stored(*store, place);
        if (stored) {
            report.manifest = std::move(stored->manifest);
            found = true;
        } else if (stored.error().code() == Code::not_found) {
            copy.error = fail(Code::not_found, "its server died before this copy was complete");
        } else {
            return Error{stored.error()};
        }
        report.copies.push_back(std::move(copy));
    }
    if (!found) return std::optional<BackupReport>{};
    return std::optional{std::move(report)};
}

Status settle(catalog::Session& session, const model::Run& dead, const std::string& backup) {
    DS_TRY([[maybe_unused]] const auto settled,
           session.run("UPDATE runs SET place = '', backup = ?, version = version + 1 WHERE "
                       "organization = ? AND id = ?",
                       {backup, dead.organization, dead.id}));
    return {};
}

/// Whether `order` is a later attempt of what `dead` was to do.
bool continues(const model::Run& order, const model::Run& dead) {
    return order.trigger == model::Trigger::retry && order.attempt > dead.attempt &&
           order.scheduled_for == dead.scheduled_for;
}

/// What an attempt before `order` made, entered by one that died in its turn.
Result<std::optional<Adopted>> adopted_before(catalog::Session& session, const model::Run& order) {
    std::optional<Adopted> none;
    if (order.trigger != model::Trigger::retry || order.scheduled_for.empty()) return none;
    DS_TRY(const auto rows,
           session.run("SELECT backup FROM runs WHERE organization = ? AND \"database\" = ? AND "
                       "\"plan\" = ? AND scheduled_for = ? AND kind = 'backup' AND attempt < ? AND "
                       "state = 'interrupted' AND backup <> '' ORDER BY attempt LIMIT 1",
                       {order.organization, order.database, order.plan, order.scheduled_for,
                        static_cast<std::int64_t>(order.attempt)}));
    if (rows.empty()) return none;
    return std::optional{Adopted{sql::text_of(rows.at(0).at(0)), {}}};
}

/// Whether another attempt at what `dead` was to do has made its backup.
Result<bool> is_done_again(catalog::Session& session, const model::Run& dead) {
    if (dead.scheduled_for.empty()) return false;
    DS_TRY(const auto rows,
           session.run("SELECT count(*) FROM runs WHERE organization = ? AND \"database\" = ? AND "
                       "\"plan\" = ? AND scheduled_for = ? AND kind = 'backup' AND id <> ? AND "
                       "state IN ('succeeded', 'interrupted') AND backup <> ''",
                       {dead.organization, dead.database, dead.plan, dead.scheduled_for, dead.id}));
    return sql::number_of(rows.at(0).at(0)) > 0;
}

/// Whether it is the second of its moment: it is entered as condemned then, so that it goes as
/// everything else does, in its time and where people see it.
Result<bool> enter(catalog::Session& session, catalog::Time now, const model::Run& dead,
                   TakenBackup& taken) {
    DS_TRY(const bool again, is_done_again(session, dead));
    if (again) {
        for (auto& copy : taken.copies) {
            if (copy.state != model::CopyState::complete) continue;
            copy.state = model::CopyState::condemned;
            copy.reason = made_twice;
            copy.remove_after = rfc3339(now);
        }
    }
    DS_DO(record(session, taken));
    DS_DO(settle(session, dead, taken.row.id));
    return again;
}

}  // namespace

std::string text_of(const archive::Place& place) { return place.source + "/" + place.id; }

Result<std::optional<Adopted>> adopt_orphans(const Office& office, const model::Run& order,
                                             const BackupGround& ground,
                                             const OpenedStores& opened) {
    DS_TRY(const auto dead, office.catalog.read([&](catalog::Session& session) {
        return dead_runs(session, order);
    }));
    DS_TRY(auto own, office.catalog.read([&](catalog::Session& session) {
        return adopted_before(session, order);
    }));
    for (const auto& run : dead) {
        const auto report = found_at(place_of(run.place), opened);
        if (!report) {
            // It may have been done: nobody knows before the store answers.
            const bool unknown = report.error().code() != Code::corrupt;
            if (unknown && continues(order, run)) return Error{report.error()};
            continue;  // asked again by the next run
        }
        if (*report) {
            auto taken = rows_of(office, run, ground, **report);
            const auto again = office.catalog.write([&](catalog::Session& session) {
                return enter(session, office.now(), run, taken);
            });
            if (!again && continues(order, run)) return Error{again.error()};
            if (!again) {
                // The backup that is due must not wait for one of long ago.
                office.log.error("adoption.failed", "a backup of a dead run could not be entered",
                                 {{"run", run.id}, {"error", again.error().message()}});
                continue;
            }
            if (continues(order, run) && !*again && !own)
                own = Adopted{taken.row.id, std::move(taken.missing)};
            continue;
        }
        DS_TRY(const auto ended, from_rfc3339(run.finished));
        if (office.now() - ended > settled_after) {
            DS_DO(office.catalog.write(
                [&](catalog::Session& session) { return settle(session, run, {}); }));
        }
    }
    return own;
}

}  // namespace ds::jobs
