#include "jobs/service/watchdog.hpp"

#include <algorithm>
#include <set>

#include "archive/layout.hpp"
#include "jobs/service/opened.hpp"
#include "policy/watch.hpp"

namespace ds::jobs {
namespace {

constexpr std::chrono::hours told_again{24};
constexpr std::chrono::hours grace{2};  // what a run may take, beside the plan's jitter
constexpr std::chrono::seconds lease_term{3600};
constexpr std::size_t sizes_max = 20;

/// One database in one store, and what its plan promises.
struct Promise {
    model::Plan plan;
    model::Database database;
    model::Store store;
    std::set<std::string> set_aside;  // backups that keep no promise
};

/// A row may only take something off the promise, so that a wrong one alarms.
Result<std::set<std::string>> read_set_aside(catalog::Session& session,
                                             const model::Database& database) {
    DS_TRY(const auto rows,
           session.run(fmt::format("SELECT id FROM backups WHERE organization = ? AND "
                                   "\"database\" = ? AND NOT ({})",
                                   catalog::recovery_points),
                       {database.organization, database.id}));
    std::set<std::string> ids;
    for (const auto& row : rows) ids.insert(sql::text_of(row.at(0)));
    return ids;
}

Result<std::vector<Promise>> read_promises(catalog::Session& session) {
    std::vector<Promise> promises;
    DS_TRY(const auto plans,
           catalog::plans.select(session, "WHERE paused = 0 AND schedule <> '' ORDER BY id"));
    for (const auto& plan : plans) {
        for (const auto& id : plan.databases) {
            DS_TRY(const auto database, catalog::databases.find(session, plan.organization, id));
            if (!database || database->paused || database->archived) continue;
            DS_TRY(const auto set_aside, read_set_aside(session, *database));
            for (const auto& destination : plan.destinations) {
                DS_TRY(const auto store,
                       catalog::stores.find(session, plan.organization, destination.store));
                if (store && !store->paused)
                    promises.push_back({plan, *database, *store, set_aside});
            }
        }
    }
    return promises;
}

/// A backup as its store lists it.
struct Listed {
    catalog::Time finished;
    std::uint64_t bytes = 0;
    bool whole = false;  // its manifest is there
};

Result<policy::Actual> list_copies(stores::Store& store, const Promise& promise) {
    const auto& source = promise.database.source_id;
    policy::Actual actual;
    if (source.empty()) return actual;  // nothing of it was ever stored
    std::map<std::string, Listed> backups;
    DS_DO(store.list(archive::backups_prefix(source),
                     [&](const stores::ObjectInfo& object) -> Status {
                         const auto located = archive::locate(object.key);
                         if (!located || promise.set_aside.contains(located->place.id)) return {};
                         auto& one = backups[located->place.id];
                         one.bytes += object.bytes;
                         if (located->object == archive::manifest_object) {
                             one.whole = true;
                             one.finished = object.modified;
                         }
                         return {};
                     }));
    std::vector<Listed> whole;
    for (const auto& [_, one] : backups) {
        if (one.whole) whole.push_back(one);
    }
    std::sort(whole.begin(), whole.end(),
              [](const auto& a, const auto& b) { return a.finished > b.finished; });
    if (!whole.empty()) actual.newest_copy = whole.front().finished;
    for (const auto& one : whole) {
        if (actual.sizes.size() < sizes_max) actual.sizes.push_back(one.bytes);
    }
    return actual;
}

Result<std::vector<policy::Finding>> look_at(const Office& office, const Promise& promise,
                                             const sys::Run& run) {
    DS_TRY(const auto schedule, policy::Schedule::parse(promise.plan.schedule));
    DS_TRY(const auto zone, policy::Zone::find(promise.plan.zone));
    DS_TRY(const auto since, from_rfc3339(promise.plan.watched_since));
    const auto store = open_store(office, promise.store, run);
    auto actual =
        store ? list_copies(**store, promise) : Result<policy::Actual>{Error{store.error()}};
    DS_DO(run.check());
    if (!actual) {
        // Nobody knows what is there: that is news as well.
        office.log.warn("store.error", actual.error().message(),
                        {{"store", promise.store.id}, {"name", promise.store.name}});
        return std::vector<policy::Finding>{
            {policy::FindingKind::missing,
             "The store cannot be listed: " + actual.error().message()}};
    }
    const auto late = grace + std::chrono::seconds{promise.plan.jitter_seconds};
    return policy::watch({schedule, zone, since, late}, *actual, office.now());
}

std::string kind_of(policy::FindingKind kind) {
    switch (kind) {
        case policy::FindingKind::overdue: return "backup.overdue";
        case policy::FindingKind::shrinking: return "watch.shrinking";
        case policy::FindingKind::missing: return "watch.missing";
    }
    return {};
}

model::Event event_of(const Promise& promise, const policy::Finding& finding) {
    auto event = model::event_of(kind_of(finding.kind), promise.database.organization, {},
                                 fmt::format("{} in {}: {}", promise.database.name,
                                             promise.store.name, policy::name_of(finding.kind)));
    about(event, promise.database);
    event.text = finding.text;
    event.fields = {{"database", promise.database.name},
                    {"store", promise.store.name},
                    {"plan", promise.plan.name}};
    return event;
}

}  // namespace

Result<std::size_t> watch_stores(const Office& office, Events& events, const sys::Run& run) {
    DS_TRY(const auto promises, office.catalog.read(read_promises));
    std::size_t count = 0;
    for (const auto& promise : promises) {
        DS_DO(run.check());
        DS_TRY(const auto findings, look_at(office, promise, run));
        for (const auto& finding : findings) {
            DS_DO(office.catalog.write([&](catalog::Session& session) {
                return events.raise_once(session, event_of(promise, finding), told_again);
            }));
        }
        count += findings.size();
    }
    return count;
}

Watchdog::Watchdog(const Office& office, Events& events, std::chrono::seconds every)
    : duty_{office,
            {"watchdog", every, lease_term, false},
            [&](bool leads, const sys::Run& run) -> Status {
                if (!leads) return {};
                DS_TRY([[maybe_unused]] const auto findings, watch_stores(office, events, run));
                return {};
            }} {}

}  // namespace ds::jobs
