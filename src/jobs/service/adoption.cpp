#include "jobs/service/adoption.hpp"

#include "archive/shelf.hpp"
#include "base/text.hpp"

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

}  // namespace

std::string text_of(const archive::Place& place) { return place.source + "/" + place.id; }

Result<std::optional<TakenBackup>> adopt_orphans(const Office& office, const model::Run& order,
                                                 const BackupGround& ground,
                                                 const OpenedStores& opened) {
    DS_TRY(const auto dead, office.catalog.read([&](catalog::Session& session) {
        return dead_runs(session, order);
    }));
    std::optional<TakenBackup> own;
    for (const auto& run : dead) {
        const auto report = found_at(place_of(run.place), opened);
        if (!report) continue;  // a store does not answer: asked again by the next run
        if (*report) {
            auto taken = rows_of(office, run, ground, **report);
            DS_DO(office.catalog.write([&](catalog::Session& session) -> Status {
                DS_DO(record(session, taken));
                return settle(session, run, taken.row.id);
            }));
            if (continues(order, run)) own = std::move(taken);
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
