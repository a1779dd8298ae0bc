#include "jobs/service/catalog_keeper.hpp"

#include "catalog/rotation.hpp"

namespace ds::jobs {
namespace {

constexpr std::chrono::seconds look_every{60};
constexpr std::chrono::hours told_again{24};
constexpr std::chrono::seconds lease_term{1800};
// A catalog that is large is written less often, so that its backups never take more than this.
constexpr std::uint64_t bytes_per_second_max = 64 * KiB;

std::string keeping_name(const std::string& organization) {
    return "catalog-backup/" + organization;
}
std::string rescued_name(const std::string& organization) { return "rescued/" + organization; }

Result<std::string> setting(catalog::Session& session, const std::string& name) {
    DS_TRY(const auto rows, session.run("SELECT value FROM settings WHERE name = ?", {name}));
    return rows.empty() ? std::string{} : sql::text_of(rows.at(0).at(0));
}

Status set(catalog::Session& session, const std::string& name, const std::string& value) {
    const auto done = session.run(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
        "SET value = excluded.value",
        {name, value});
    if (!done) return Error{done.error()};
    return {};
}

Result<std::int64_t> count(catalog::Session& session, std::string_view question,
                           const std::string& organization) {
    DS_TRY(const auto rows, session.run(question, {organization}));
    return sql::number_of(rows.at(0).at(0));
}

/// Changes with every row that people enter, change or remove; a plan's with each of its runs too.
Result<std::string> fingerprint(catalog::Session& session, const std::string& organization) {
    std::string text;
    for (const auto* table : {"organizations", "users", "tokens", "servers", "databases", "stores",
                              "keys", "plans", "channels"}) {
        DS_TRY(const auto rows,
               session.run(fmt::format("SELECT count(*), coalesce(max(changed), '') FROM {} WHERE "
                                       "organization = ?",
                                       table),
                           {organization}));
        text +=
            fmt::format("{} {} ", sql::number_of(rows.at(0).at(0)), sql::text_of(rows.at(0).at(1)));
    }
    return text;
}

/// Whether a rescued server still sleeps; the first plan that is resumed wakes it for good.
Result<bool> sleeps(catalog::Session& session, const std::string& organization) {
    DS_TRY(const auto rescued, setting(session, rescued_name(organization)));
    if (rescued.empty()) return false;
    DS_TRY(const auto awake,
           count(session, "SELECT count(*) FROM plans WHERE organization = ? AND paused = 0",
                 organization));
    return awake == 0;
}

/// What is known of an organization when its turn comes.
struct Turn {
    model::Organization organization;
    CatalogKeeping keeping;
    std::string fingerprint;
    bool due = false;
};

bool is_due(const Turn& turn, const CatalogRhythm& rhythm, catalog::Time now) {
    const auto& tried = turn.keeping.tried.empty() ? turn.organization.created : turn.keeping.tried;
    const auto since = from_rfc3339(tried);
    if (!since) return true;
    const std::chrono::seconds pause{turn.keeping.bytes / bytes_per_second_max};
    const auto changed = turn.fingerprint != turn.keeping.fingerprint;
    return now - *since >=
           (changed ? std::max(std::min(rhythm.after_change, rhythm.every), pause) : rhythm.every);
}

Result<Turn> look_at(catalog::Session& session, const model::Organization& organization,
                     const CatalogRhythm& rhythm, catalog::Time now) {
    Turn turn{organization, {}, {}, false};
    DS_TRY(const auto stores,
           count(session, "SELECT count(*) FROM stores WHERE organization = ? AND paused = 0",
                 organization.id));
    DS_TRY(const bool asleep, sleeps(session, organization.id));
    if (stores == 0 || asleep) return turn;
    DS_TRY(turn.keeping, read_catalog_keeping(session, organization.id));
    DS_TRY(turn.fingerprint, fingerprint(session, organization.id));
    turn.due = is_due(turn, rhythm, now);
    return turn;
}

std::string what_is_wrong(const CatalogBackup& backup) {
    std::string text;
    for (const auto& copy : backup.copies) {
        if (copy.error) text += fmt::format("{}: {}. ", copy.location, copy.error->message());
    }
    if (backup.secrets_lost > 0) {
        text += fmt::format("{} secrets cannot be opened with master.key and were left out. ",
                            backup.secrets_lost);
    }
    return std::string{trimmed(text)};
}

model::Event event_of(const Turn& turn) {
    model::Event event;
    event.kind = "catalog.unsaved";
    event.severity = model::Severity::error;
    event.organization = turn.organization.id;
    event.subject = turn.organization.name;
    event.title = "The catalog could not be backed up";
    event.text = turn.keeping.error + (turn.keeping.saved.empty()
                                           ? " It was never backed up before."
                                           : " The last one is of " + turn.keeping.saved + ".");
    return event;
}

Status take_turn(const Office& office, Events& events, Turn turn, const sys::Run& run) {
    auto& keeping = turn.keeping;
    keeping.tried = rfc3339(office.now());
    keeping.fingerprint = turn.fingerprint;
    const auto backup = back_up_catalog(office, turn.organization.id, run);
    DS_DO(run.check());
    if (backup) {
        keeping.saved = backup->manifest.started;
        keeping.bytes = backup->manifest.stored_bytes();
    }
    keeping.error =
        backup ? what_is_wrong(*backup) : backup.error().message() + ". " + backup.error().hint();
    DS_DO(office.catalog.write([&](catalog::Session& session) -> Status {
        const auto woken = session.run("DELETE FROM settings WHERE name = ?",
                                       {rescued_name(turn.organization.id)});
        if (!woken) return Error{woken.error()};
        return set(session, keeping_name(turn.organization.id), json::write(keeping));
    }));
    if (keeping.error.empty()) return {};
    return office.catalog.write([&](catalog::Session& session) {
        return events.raise_once(session, event_of(turn), told_again);
    });
}

}  // namespace

Result<CatalogKeeping> read_catalog_keeping(catalog::Session& session,
                                            const std::string& organization) {
    DS_TRY(const auto text, setting(session, keeping_name(organization)));
    if (text.empty()) return CatalogKeeping{};
    return json::read<CatalogKeeping>(text);
}

Status mark_rescued(catalog::Session& session, const std::string& organization) {
    return set(session, rescued_name(organization), "yes");
}

Result<std::size_t> keep_catalogs(const Office& office, Events& events, const CatalogRhythm& rhythm,
                                  const sys::Run& run) {
    DS_TRY(const auto all, office.catalog.read([&](catalog::Session& session) {
        return catalog::organizations.select(session, "ORDER BY id");
    }));
    std::size_t kept = 0;
    for (const auto& organization : all) {
        DS_DO(run.check());
        DS_TRY(auto turn, office.catalog.read([&](catalog::Session& session) {
            return look_at(session, organization, rhythm, office.now());
        }));
        if (!turn.due) continue;
        DS_DO(take_turn(office, events, std::move(turn), run));
        ++kept;
    }
    return kept;
}

CatalogKeeper::CatalogKeeper(const Office& office, Events& events, CatalogRhythm rhythm)
    : duty_{office,
            {"catalogs", std::min({look_every, rhythm.every, rhythm.after_change}), lease_term,
             false},
            [&office, &events, rhythm](bool leads, const sys::Run& run) -> Status {
                DS_DO(catalog::follow_rotations(office.catalog, office.vault, office.now()));
                if (!leads) return {};
                DS_TRY([[maybe_unused]] const auto kept,
                       keep_catalogs(office, events, rhythm, run));
                return {};
            }} {}

}  // namespace ds::jobs
