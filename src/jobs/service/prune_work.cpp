#include <fmt/format.h>

#include "archive/remover.hpp"
#include "catalog/run_queue.hpp"
#include "jobs/service/holding.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/replacement.hpp"
#include "jobs/service/settings.hpp"
#include "jobs/service/work.hpp"

// Two phases: what the rules no longer want is condemned and stays for a grace time, in which it
// can be pardoned; what stays condemned until then is removed from its store.
namespace ds::jobs {
namespace {

/// Retention never trusts rows alone: what is to be kept must be there before anything else goes.
Status confirm_newest(stores::Store& store, const Holding& holding,
                      const std::vector<policy::Decision>& decisions) {
    const model::Backup* newest = nullptr;
    for (std::size_t at = 0; at < decisions.size(); ++at) {
        const auto& backup = holding.backups.at(holding.copies[at].backup);
        if (decisions[at].keep && !is_leaving(holding.copies[at]) &&
            is_good(backup, holding.copies[at]) &&
            (newest == nullptr || newest->taken < backup.taken))
            newest = &backup;
    }
    if (newest == nullptr) return fail(Code::conflict, "there is no good backup that would stay");
    const archive::Place place{newest->source_id, newest->id};
    const auto there = store.stat(place.key(archive::manifest_object));
    if (there) return {};
    return Error{there.error()}.while_doing("the newest good backup " + newest->name +
                                            " is not in the store");
}

class Pruning {
public:
    Pruning(const Office& office, const sys::Run& run, Holding holding)
        : office_{office}, run_{run}, holding_{std::move(holding)} {}

    /// Returns why it held itself, "" when it did not.
    Result<std::string> execute(const policy::Zone& zone) {
        const auto now = office_.now();
        DS_TRY(const auto candidates, candidates_of(holding_));
        DS_TRY(const auto decisions,
               policy::decide(holding_.destination.retention, candidates, now, zone));
        if (auto why = policy::anomaly(newly_condemned(decisions), candidates, now, false))
            return std::move(*why);
        DS_DO(office_.catalog.write(
            [&](catalog::Session& session) { return mark(session, decisions, now); }));
        return remove_due(decisions, now);
    }

private:
    const Office& office_;
    const sys::Run& run_;
    Holding holding_;

    /// What was condemned before was judged then.
    std::vector<policy::Decision> newly_condemned(std::vector<policy::Decision> decisions) const {
        for (std::size_t at = 0; at < decisions.size(); ++at) {
            if (holding_.copies[at].state == model::CopyState::condemned) decisions[at].keep = true;
        }
        return decisions;
    }

    Status mark(catalog::Session& session, const std::vector<policy::Decision>& decisions,
                catalog::Time now) {
        DS_TRY(const auto grace, prune_grace_of(session, office_, holding_.store.organization));
        for (std::size_t at = 0; at < decisions.size(); ++at) {
            auto& copy = holding_.copies[at];
            if (is_leaving(copy)) continue;
            const bool condemned = copy.state == model::CopyState::condemned;
            auto reason = join(decisions[at].reasons, ", ");
            if (condemned != decisions[at].keep && copy.reason == reason) continue;
            if (decisions[at].keep && condemned) copy.remove_after.clear();
            if (!decisions[at].keep && !condemned) copy.remove_after = rfc3339(now + grace);
            copy.state =
                decisions[at].keep ? model::CopyState::complete : model::CopyState::condemned;
            copy.reason = std::move(reason);
            copy.changed = rfc3339(now);
            DS_DO(catalog::copies.update(session, copy));
        }
        return {};
    }

    Result<std::string> remove_due(const std::vector<policy::Decision>& decisions,
                                   catalog::Time now) {
        const auto is_due = [&](const model::Copy& copy) {
            return copy.state == model::CopyState::condemned && copy.remove_after <= rfc3339(now);
        };
        if (std::none_of(holding_.copies.begin(), holding_.copies.end(), is_due))
            return std::string{};
        DS_TRY(const auto store, open_store(office_, holding_.store, run_));
        for (auto& copy : holding_.copies) {
            if (is_due(copy) && copy.reason == by_hand) DS_DO(remove(*store, copy));
        }
        if (std::none_of(holding_.copies.begin(), holding_.copies.end(), is_due))
            return std::string{};
        if (const auto sound = confirm_newest(*store, holding_, decisions); !sound)
            return sound.error().message();
        for (auto& copy : holding_.copies) {
            if (is_due(copy)) DS_DO(remove(*store, copy));
        }
        return std::string{};
    }

    /// Leaves it to a later round while a run reads the backup.
    Status remove(stores::Store& store, model::Copy& copy) {
        DS_DO(run_.check());
        DS_TRY(const bool is_read, office_.catalog.read([&](catalog::Session& session) {
            return catalog::is_read(session, copy.organization, copy.backup);
        }));
        if (is_read) return {};
        const auto& backup = holding_.backups.at(copy.backup);
        run_.progress.step(fmt::format("remove {} from {}", backup.name, holding_.store.name));
        DS_DO(archive::remove_backup(store, {backup.source_id, backup.id}));
        return office_.catalog.write([&](catalog::Session& session) -> Status {
            copy.state = model::CopyState::removed;
            copy.changed = rfc3339(office_.now());
            return catalog::copies.update(session, copy);
        });
    }
};

/// The plan's stores with its rules, and stores outside of it that hold something condemned.
struct Round {
    std::string zone = "UTC";
    std::vector<model::Destination> destinations;
};

Result<Round> read_round(catalog::Session& session, const model::Run& order) {
    Round round;
    DS_TRY(const auto plan, catalog::plans.find(session, order.organization, order.plan));
    if (plan) round = {plan->zone, plan->destinations};
    DS_TRY(const auto rows,
           session.run("SELECT DISTINCT store FROM copies WHERE organization = ? AND state = "
                       "'condemned' AND backup IN (SELECT id FROM backups WHERE organization = ? "
                       "AND \"database\" = ?)",
                       {order.organization, order.organization, order.database}));
    for (const auto& row : rows) {
        const auto store = sql::text_of(row.at(0));
        const bool planned = std::any_of(round.destinations.begin(), round.destinations.end(),
                                         [&](const auto& one) { return one.store == store; });
        if (!planned) round.destinations.push_back({store, {}});
    }
    return round;
}

}  // namespace

Result<Outcome> prune_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto round, office.catalog.read([&](catalog::Session& session) {
        return read_round(session, order);
    }));
    DS_TRY(const auto zone, policy::Zone::find(round.zone));
    DS_TRY(auto held, drop_due_replacements(office, order, run));
    for (const auto& destination : round.destinations) {
        DS_TRY(auto holding, office.catalog.read([&](catalog::Session& session) {
            return read_holding(session, order.organization, order.database, destination);
        }));
        const auto name = holding.store.name;
        DS_TRY(const auto why, Pruning(office, run, std::move(holding)).execute(zone));
        if (!why.empty()) held.push_back(name + ": " + why);
    }
    Outcome outcome;
    if (held.empty()) return outcome;
    outcome.state = model::RunState::partly;
    outcome.error = "pruning holds itself: " + join(held, "; ");
    return outcome;
}

}  // namespace ds::jobs
