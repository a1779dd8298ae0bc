#include "jobs/service/digest.hpp"

#include <fmt/format.h>

#include "jobs/service/overview.hpp"
#include "policy/schedule.hpp"

namespace ds::jobs {
namespace {

constexpr std::chrono::hours week{7 * 24};
constexpr std::size_t named_max = 10;
constexpr std::uint64_t nearly_full_percent = 90;

std::string day_of(catalog::Time when) { return rfc3339(when).substr(0, 10); }

bool wants_attention(const ProtectedDatabase& one) {
    return one.protection != "protected" && one.protection != "paused";
}

/// What happened in the week before `now`, in the rows of one organization.
class Week {
public:
    Week(catalog::Session& session, const std::string& organization, catalog::Time now)
        : session_{session}, organization_{organization}, since_{rfc3339(now - week)} {}

    /// "84 made, 2 failed"; retries count once, by how they ended.
    Result<std::string> runs(const char* kind, std::string_view done) {
        DS_TRY(const auto good,
               count("runs", " AND kind = ? AND state IN ('succeeded', 'partly')", {kind}));
        DS_TRY(
            const auto bad,
            count("runs",
                  " AND kind = ? AND state = 'failed' AND NOT EXISTS (SELECT 1 FROM runs later "
                  "WHERE later.organization = runs.organization AND later.\"database\" = "
                  "runs.\"database\" AND later.kind = runs.kind AND later.trigger = 'retry' AND "
                  "later.scheduled_for = runs.scheduled_for AND later.attempt = runs.attempt + 1 "
                  "AND later.id > runs.id)",
                  {kind}));
        return fmt::format("{} {}, {} failed", good, done, bad);
    }

    /// "1.2 TB; 34 GB came, 20 GB went"
    Result<std::string> stored(std::uint64_t now) {
        DS_TRY(const auto came, bytes("created", "('complete', 'condemned', 'removed')"));
        DS_TRY(const auto went, bytes("changed", "('removed')"));
        return fmt::format("{}; {} came, {} went", human_bytes(now), human_bytes(came),
                           human_bytes(went));
    }

    Result<std::int64_t> messages_given_up() {
        return count("deliveries", " AND state = 'given up'", {});
    }

private:
    catalog::Session& session_;
    const std::string& organization_;
    const std::string since_;

    Result<std::int64_t> count(std::string_view table, std::string_view which,
                               const sql::Values& more) {
        sql::Values parameters{organization_, since_};
        parameters.insert(parameters.end(), more.begin(), more.end());
        DS_TRY(const auto rows,
               session_.run(fmt::format("SELECT count(*) FROM {} WHERE organization = ? AND "
                                        "created > ?{}",
                                        table, which),
                            parameters));
        return sql::number_of(rows.at(0).at(0));
    }

    Result<std::uint64_t> bytes(std::string_view when, std::string_view states) {
        DS_TRY(const auto rows,
               session_.run(fmt::format("SELECT coalesce(sum(stored_bytes), 0) FROM copies WHERE "
                                        "organization = ? AND {} > ? AND state IN {}",
                                        when, states),
                            {organization_, since_}));
        return static_cast<std::uint64_t>(sql::number_of(rows.at(0).at(0)));
    }
};

std::string headline(const Statistics& statistics, std::size_t unwell) {
    if (statistics.databases == 0) return "no databases yet";
    if (unwell > 0)
        return fmt::format("{} of {} databases want attention", unwell, statistics.databases);
    return statistics.databases == 1
               ? "your database is protected"
               : fmt::format("all {} databases are well", statistics.databases);
}

std::string list_of_unwell(const std::vector<ProtectedDatabase>& all) {
    std::string text;
    std::size_t named = 0;
    for (const auto& one : all) {
        if (!wants_attention(one)) continue;
        if (++named <= named_max)
            text +=
                fmt::format("{}: {} – {}\n", one.name,
                            one.protection == "at_risk" ? "at risk" : one.protection, one.reason);
    }
    if (named > named_max) text += fmt::format("and {} more\n", named - named_max);
    return text;
}

std::string protection_in_numbers(const Statistics& statistics) {
    auto text =
        fmt::format("{} of {}", statistics.protection.at("protected"), statistics.databases);
    const auto paused = statistics.protection.at("paused");
    if (paused > 0) text += fmt::format(", {} paused", paused);
    return text;
}

std::string full_stores(const Statistics& statistics) {
    std::vector<std::string> full;
    for (const auto& store : statistics.stores) {
        if (store.bytes_max == 0) continue;
        const auto percent = store.stored_bytes / std::max<std::uint64_t>(store.bytes_max / 100, 1);
        if (percent >= nearly_full_percent && full.size() < named_max)
            full.push_back(fmt::format("{} ({} %)", store.name, percent));
    }
    return join(full, ", ");
}

/// The oldest recovery point among those that are well is what one can count on.
std::string oldest_recovery_point(const std::vector<ProtectedDatabase>& all) {
    std::string oldest;
    for (const auto& one : all) {
        if (one.protection == "protected" && (oldest.empty() || one.last_good < oldest))
            oldest = one.last_good;
    }
    return oldest;
}

Status insert_missing(const Office& office) {
    return office.catalog.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto rows,
               session.run("SELECT id FROM organizations WHERE id NOT IN (SELECT organization FROM "
                           "digests) LIMIT 1000"));
        for (const auto& row : rows) {
            DS_TRY(const auto digest, digest_of(session, sql::text_of(row.at(0)), office.now()));
            DS_DO(catalog::digests.insert(session, digest));
        }
        return {};
    });
}

Status send(catalog::Session& session, Events& events, model::Digest digest, catalog::Time now) {
    DS_TRY(auto event, write_digest(session, digest.organization, now));
    digest.last = digest.changed = rfc3339(now);
    DS_DO(plan_digest(digest, now));
    // Of two servers one finds the other's version here, and takes back what it told.
    DS_DO(catalog::digests.update(session, digest));
    return events.raise(session, std::move(event));
}

}  // namespace

Result<model::Digest> digest_of(catalog::Session& session, const std::string& organization,
                                catalog::Time now) {
    DS_TRY(auto found, catalog::digests.select(session, "WHERE organization = ?", {organization}));
    if (!found.empty()) return std::move(found.front());
    model::Digest digest;
    catalog::begin_record(digest, organization, now);
    DS_DO(plan_digest(digest, now));
    return digest;
}

Status plan_digest(model::Digest& digest, catalog::Time now) {
    const auto schedule = policy::Schedule::parse(digest.schedule);
    if (!schedule) return fail(Code::invalid, "schedule: " + schedule.error().message());
    const auto zone = policy::Zone::find(digest.zone);
    if (!zone) return fail(Code::invalid, "zone: " + zone.error().message());
    const auto next = schedule->next(now, *zone);
    digest.next = next && !digest.paused ? rfc3339(*next) : "";
    return {};
}

Result<model::Event> write_digest(catalog::Session& session, const std::string& organization,
                                  catalog::Time now) {
    DS_TRY(const auto all, protection_of(session, organization, now));
    DS_TRY(const auto statistics, statistics_of(session, organization, now));
    Week happened{session, organization, now};
    DS_TRY(const auto backups, happened.runs("backup", "made"));
    DS_TRY(const auto proofs, happened.runs("verify", "passed"));
    DS_TRY(const auto stored, happened.stored(statistics.stored_bytes));
    DS_TRY(const auto given_up, happened.messages_given_up());
    const auto unwell =
        static_cast<std::size_t>(std::count_if(all.begin(), all.end(), wants_attention));

    auto event =
        model::event_of("digest.weekly", organization, {},
                        fmt::format("Week to {}: {}", day_of(now), headline(statistics, unwell)));
    event.text = list_of_unwell(all);
    event.fields = {{"Protected", protection_in_numbers(statistics)},
                    {"Backups", backups},
                    {"Proofs", proofs},
                    {"Stored", stored}};
    if (const auto oldest = oldest_recovery_point(all); !oldest.empty())
        event.fields.push_back({"Oldest recovery point", oldest});
    const auto full = full_stores(statistics);
    if (!full.empty()) event.fields.push_back({"Nearly full", full});
    if (given_up > 0) event.fields.push_back({"Messages given up", std::to_string(given_up)});
    if (unwell > 0 || !full.empty() || given_up > 0) event.severity = model::Severity::warning;
    return event;
}

Result<std::size_t> send_due_digests(const Office& office, Events& events) {
    DS_DO(insert_missing(office));
    const auto now = office.now();
    DS_TRY(const auto due, office.catalog.read([&](catalog::Session& session) {
        return catalog::digests.select(session, "WHERE next <> '' AND next <= ? LIMIT 1000",
                                       {rfc3339(now)});
    }));
    std::size_t sent = 0;
    for (const auto& digest : due) {
        const auto told = office.catalog.write(
            [&](catalog::Session& session) { return send(session, events, digest, now); });
        if (told) ++sent;
        if (!told && told.error().code() != Code::conflict) return Error{told.error()};
    }
    return sent;
}

}  // namespace ds::jobs
