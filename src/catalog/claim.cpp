#include "catalog/claim.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace ds::catalog {

// Runs of one organization on one database server and the same stores wait in one lane: whether
// one of them may start is the same question for all, so a claim looks at the head of each lane
// and not at each run. One step through the index a lane.
// Written as in the index runs_queue, or it is not used.
#define DS_LANE_OF(run) \
    "(" run ".organization || ' ' || " run ".server || ' ' || " run ".\"stores\")"

const std::string_view lanes_query =
    "WITH RECURSIVE heads(id) AS (SELECT (SELECT n.id FROM runs n WHERE n.state = 'queued' "
    "ORDER BY " DS_LANE_OF("n") ", n.not_before, n.id LIMIT 1) UNION ALL "
    "SELECT (SELECT n.id FROM runs n WHERE n.state = 'queued' AND "
    DS_LANE_OF("n") " > " DS_LANE_OF("r")
    " ORDER BY " DS_LANE_OF("n") ", n.not_before, n.id LIMIT 1) "
    "FROM heads h JOIN runs r ON r.id = h.id) "
    "SELECT r.organization, r.server, r.\"stores\", r.not_before, r.id FROM heads h "
    "JOIN runs r ON r.id = h.id WHERE r.not_before <= ? LIMIT 10000";

// A database with a running backup or restore takes no second one.
const std::string_view first_of_lane =
    "WHERE state = 'queued' AND " DS_LANE_OF("runs") " = ? AND "
    "not_before <= ? AND (\"database\" = '' OR kind = 'verify' OR NOT EXISTS (SELECT 1 FROM runs "
    "other WHERE other.state = 'running' AND other.\"database\" = runs.\"database\" AND "
    "other.kind IN ('backup', 'restore', 'undo'))) ORDER BY not_before, id LIMIT 1";

#undef DS_LANE_OF

namespace {

// One claim at a time over all servers: claims are rare and short, and limits that span rows are
// only right when nobody else counts at the same moment.
Status one_claim_at_a_time(Session& session) {
    if (session.dialect() == sql::Dialect::sqlite) return {};  // BEGIN IMMEDIATE does the same
    return session.script("SELECT pg_advisory_xact_lock(7235012)");
}

struct Lane {
    std::string organization, server, stores, not_before, head;
    std::string name() const { return organization + ' ' + server + ' ' + stores; }
};

/// What runs now, and by whom it is limited.
class Load {
public:
    static Result<Load> read(Session& session, const std::string& owner) {
        Load load;
        DS_TRY(const auto rows,
               session.run("SELECT organization, server, \"stores\", memory_bytes, lease_owner "
                           "FROM runs WHERE state = 'running'"));
        for (const auto& row : rows) {
            ++load.total_;
            ++load.organizations_[sql::text_of(row.at(0))];
            DS_DO(load.add(session, servers, row.at(0), sql::text_of(row.at(1))));
            DS_TRY(const auto used, json::read<std::vector<std::string>>(sql::text_of(row.at(2))));
            for (const auto& store : used) DS_DO(load.add(session, stores, row.at(0), store));
            if (sql::text_of(row.at(4)) != owner) continue;
            load.idle_ = false;
            load.memory_ += static_cast<std::uint64_t>(sql::number_of(row.at(3)));
        }
        return load;
    }

    std::uint64_t total() const { return total_; }
    std::uint64_t of(const std::string& organization) const {
        const auto found = organizations_.find(organization);
        return found == organizations_.end() ? 0 : found->second;
    }
    bool has_room(std::uint64_t memory, std::uint64_t memory_max) const {
        return memory_max == 0 || idle_ || memory_ + memory <= memory_max;
    }
    Result<bool> admits(const Lane& lane) const {
        DS_TRY(const auto used, json::read<std::vector<std::string>>(lane.stores));
        return !is_full(lane.server) &&
               std::none_of(used.begin(), used.end(), [&](const auto& id) { return is_full(id); });
    }

private:
    struct Use {
        std::uint64_t runs = 0, runs_max = 1;
    };
    std::uint64_t total_ = 0, memory_ = 0;
    bool idle_ = true;  // the owner has no run
    std::map<std::string, std::uint64_t> organizations_;
    std::map<std::string, Use> used_;  // servers and stores, by id

    bool is_full(const std::string& id) const {
        const auto found = used_.find(id);
        return found != used_.end() && found->second.runs >= found->second.runs_max;
    }

    template <class T>
    Status add(Session& session, const Table<T>& table, const Value& organization,
               const std::string& id) {
        if (id.empty()) return {};
        auto& use = used_[id];
        if (use.runs++ > 0) return {};
        DS_TRY(const auto found, table.find(session, sql::text_of(organization), id));
        if (found) use.runs_max = found->runs_max;
        return {};
    }
};

/// Lanes that may start a run now; whose organization runs least first, then who waits longest.
Result<std::vector<Lane>> open_lanes(Session& session, const Load& load, const std::string& now) {
    DS_TRY(const auto rows, session.run(lanes_query, {now}));
    std::vector<Lane> open;
    for (const auto& row : rows) {
        Lane lane{sql::text_of(row.at(0)), sql::text_of(row.at(1)), sql::text_of(row.at(2)),
                  sql::text_of(row.at(3)), sql::text_of(row.at(4))};
        DS_TRY(const bool admitted, load.admits(lane));
        if (admitted) open.push_back(std::move(lane));
    }
    std::sort(open.begin(), open.end(), [&](const Lane& a, const Lane& b) {
        return std::tuple{load.of(a.organization), a.not_before, a.head} <
               std::tuple{load.of(b.organization), b.not_before, b.head};
    });
    return open;
}

/// Whose turn it is.
Result<std::optional<model::Run>> next_run(Session& session, const Load& load,
                                           const std::string& now) {
    DS_TRY(const auto lanes, open_lanes(session, load, now));
    for (const auto& lane : lanes) {
        DS_TRY(auto found, runs.select(session, first_of_lane, {lane.name(), now}));
        if (!found.empty()) return std::optional{std::move(found.front())};
    }
    return std::optional<model::Run>{};
}

}  // namespace

Result<std::optional<model::Run>> claim_run(Catalog& catalog, const std::string& owner, Time now,
                                            const QueueLimits& limits) {
    using Claimed = std::optional<model::Run>;
    return catalog.write([&](Session& session) -> Result<Claimed> {
        DS_DO(one_claim_at_a_time(session));
        DS_TRY(const auto load, Load::read(session, owner));
        if (load.total() >= limits.runs_max) return Claimed{};
        DS_TRY(auto run, next_run(session, load, rfc3339(now)));
        if (!run) return Claimed{};
        if (limits.memory_of) {
            DS_TRY(run->memory_bytes, limits.memory_of(session, *run));
        }
        if (!load.has_room(run->memory_bytes, limits.memory_max)) return Claimed{};
        run->state = model::RunState::running;
        run->started = run->changed = rfc3339(now);
        run->lease_owner = owner;
        run->lease_until = rfc3339(now + limits.lease);
        DS_DO(runs.update(session, *run));
        return run;
    });
}

}  // namespace ds::catalog
