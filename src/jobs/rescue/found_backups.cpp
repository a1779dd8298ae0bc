#include "jobs/rescue/found_backups.hpp"

#include <algorithm>
#include <set>

#include "archive/shelf.hpp"
#include "catalog/backup_names.hpp"
#include "jobs/rescue/store_url.hpp"
#include "jobs/service/backup_row.hpp"
#include "jobs/service/opened.hpp"

namespace ds::jobs {
namespace {

constexpr std::size_t name_bytes_max = 128;
constexpr std::size_t recipients_max = 64;
// Sums over all rows stay whole numbers, whatever manifests claim.
constexpr std::uint64_t sum_max = 1ULL << 60;
constexpr auto origin = "rescue";

/// The row that an organization has for the store that is read.
struct Tenant {
    std::string organization;
    std::string store;
};

class FoundBackups {
public:
    FoundBackups(const Office& office, const RescueStore& store, catalog::Session& session,
                 const archive::Shelf& shelf, RescueReport& report)
        : office_{office},
          store_{store},
          session_{session},
          shelf_{shelf},
          report_{report},
          row_bytes_max_{sum_max / std::max<std::size_t>(shelf.backups.size(), 1)} {}

    Status enter(const sys::Run& run) {
        DS_DO(find_tenants(run));
        if (tenants_.empty() && shelf_.backups.empty()) return {};
        if (tenants_.empty()) DS_DO(add_store());
        for (const auto& stored : shelf_.backups) {
            DS_DO(run.check());
            DS_DO(enter_backup(stored));
        }
        for (const auto& tenant : tenants_) DS_DO(mark_missing(tenant));
        return {};
    }

private:
    const Office& office_;
    const RescueStore& store_;
    catalog::Session& session_;
    const archive::Shelf& shelf_;
    RescueReport& report_;
    const std::uint64_t row_bytes_max_;
    std::vector<Tenant> tenants_;

    template <class T>
    T begun(const std::string& organization) const {
        T row;
        catalog::begin_record(row, organization, office_.now());
        return row;
    }

    Result<std::vector<sql::Row>> ask(std::string_view question, const sql::Values& parameters) {
        return session_.run(question, parameters);
    }

    /// Which rows mean this store: those that open at the same place.
    Status find_tenants(const sys::Run& run) {
        const auto here = store_.store->traits().location;
        DS_TRY(const auto rows, catalog::stores.select(session_, "ORDER BY id"));
        for (const auto& row : rows) {
            const auto opened = open_store(office_, row, run);
            const bool same = opened && (*opened)->traits().location == here;
            if (same && !known(row.organization)) tenants_.push_back({row.organization, row.id});
        }
        return {};
    }

    bool known(const std::string& organization) const {
        return std::any_of(tenants_.begin(), tenants_.end(),
                           [&](const auto& tenant) { return tenant.organization == organization; });
    }

    Status add_store() {
        DS_TRY(const auto organization, first_organization());
        DS_TRY(const auto url, without_secrets(store_.url));
        auto row = begun<model::Store>(organization);
        row.name = "rescued " + row.id;
        row.url = url.plain;
        if (!url.secrets.empty())
            row.sealed = office_.vault.seal(Secret{json::write(url.secrets)}, "stores/" + row.id);
        row.notes = "Found by rescue; no catalog named it.";
        DS_DO(catalog::stores.insert(session_, row));
        tenants_.push_back({organization, row.id});
        report_.notes.push_back(fmt::format(
            "{} is in no catalog and became the store '{}'. Credentials that came from the "
            "environment are not in it.",
            store_.store->traits().location, row.name));
        return {};
    }

    /// The first that there is; without any, one with the name that a new server gives.
    Result<std::string> first_organization() {
        DS_TRY(const auto all, catalog::organizations.select(session_, "ORDER BY id LIMIT 1"));
        if (!all.empty()) return all.front().id;
        model::Organization fresh;
        catalog::begin_record(fresh, {}, office_.now());
        fresh.organization = fresh.id;
        fresh.name = "default";
        DS_DO(catalog::organizations.insert(session_, fresh));
        return fresh.id;
    }

    Status enter_backup(const archive::Stored& stored) {
        for (const auto& tenant : tenants_) {
            DS_TRY(const auto row,
                   catalog::backups.find(session_, tenant.organization, stored.place.id));
            if (!row) continue;
            if (row->manifest_sha256 == stored.manifest_sha256) return enter_copy(tenant, *row);
            report_.damages.push_back(fmt::format("{}: is not the backup {} that the catalog knows",
                                                  stored.place.prefix(),
                                                  printable(row->name, name_bytes_max)));
            return {};
        }
        return add_backup(stored);
    }

    Status add_backup(const archive::Stored& stored) {
        DS_TRY(const auto database, database_of(stored));
        auto row = backup_row(stored.manifest, database.organization, office_.now());
        row.database = database.id;
        row.trigger = origin;
        row.engine = printable(row.engine, name_bytes_max);
        row.method = printable(row.method, name_bytes_max);
        row.server_version = printable(row.server_version, name_bytes_max);
        row.tool_version = printable(row.tool_version, name_bytes_max);
        row.manifest_sha256 = stored.manifest_sha256;
        row.plain_bytes = std::min(row.plain_bytes, row_bytes_max_);
        row.stored_bytes = std::min(row.stored_bytes, row_bytes_max_);
        row.tables = std::min(row.tables, row_bytes_max_);
        row.rows = std::min(row.rows, row_bytes_max_);
        if (row.recipients.size() > recipients_max) row.recipients.resize(recipients_max);
        for (auto& recipient : row.recipients) recipient = printable(recipient, name_bytes_max);
        DS_TRY(const auto same,
               ask("SELECT count(*) FROM backups WHERE organization = ? AND name = ?",
                   {row.organization, row.name}));
        if (sql::number_of(same.at(0).at(0)) > 0) row.name = row.id;
        DS_DO(catalog::insert_backup(session_, row));
        ++report_.backups_added;
        return insert_copy(tenant_of(row.organization), row);
    }

    const Tenant& tenant_of(const std::string& organization) const {
        return *std::find_if(tenants_.begin(), tenants_.end(), [&](const auto& tenant) {
            return tenant.organization == organization;
        });
    }

    Result<model::Database> database_of(const archive::Stored& stored) {
        for (const auto& tenant : tenants_) {
            DS_TRY(auto found, catalog::databases.select(
                                   session_, "WHERE organization = ? AND source_id = ? LIMIT 1",
                                   {tenant.organization, stored.place.source}));
            if (!found.empty()) return std::move(found.front());
        }
        return add_database(stored);
    }

    /// A manifest does not say where its database lives, so a server stands in for the real one.
    Result<model::Database> add_database(const archive::Stored& stored) {
        const auto& organization = tenants_.front().organization;
        auto server = begun<model::Server>(organization);
        server.name = "server of " + stored.place.source;
        server.url = "postgres://unknown.invalid/";
        server.notes = "Found by rescue: give it its address and password.";
        DS_DO(catalog::servers.insert(session_, server));
        auto database = begun<model::Database>(organization);
        database.server = server.id;
        database.name = printable(stored.manifest.summary.database, name_bytes_max);
        if (database.name.empty()) database.name = stored.place.source;
        database.source_id = stored.place.source;
        database.archived = true;
        database.notes = "Found by rescue; no catalog named it.";
        DS_DO(catalog::databases.insert(session_, database));
        return database;
    }

    Status insert_copy(const Tenant& tenant, const model::Backup& backup) {
        auto copy = begun<model::Copy>(tenant.organization);
        copy.backup = backup.id;
        copy.store = tenant.store;
        copy.stored_bytes = std::min(backup.stored_bytes, row_bytes_max_);
        return catalog::copies.insert(session_, copy);
    }

    /// The store is the truth: what lies there whole is there, whatever a row says.
    Status enter_copy(const Tenant& tenant, const model::Backup& backup) {
        DS_TRY(auto found, catalog::copies.select(
                               session_, "WHERE organization = ? AND backup = ? AND store = ?",
                               {tenant.organization, backup.id, tenant.store}));
        if (found.empty()) {
            ++report_.copies_added;
            return insert_copy(tenant, backup);
        }
        auto& copy = found.front();
        if (copy.state == model::CopyState::complete || copy.state == model::CopyState::condemned)
            return {};
        copy.state = model::CopyState::complete;
        copy.stored_bytes = backup.stored_bytes;
        copy.error.clear();
        ++report_.copies_added;
        return catalog::copies.update(session_, copy);
    }

    Status mark_missing(const Tenant& tenant) {
        std::set<std::string_view> there;
        for (const auto& stored : shelf_.backups) there.insert(stored.place.id);
        for (const auto& one : shelf_.unreadable) there.insert(one.place.id);
        DS_TRY(auto copies, catalog::copies.select(
                                session_,
                                "WHERE organization = ? AND store = ? AND state IN ('complete', "
                                "'condemned')",
                                {tenant.organization, tenant.store}));
        for (auto& copy : copies) {
            if (there.contains(copy.backup)) continue;
            copy.state = model::CopyState::missing;
            copy.error = "rescue did not find it in the store";
            DS_DO(catalog::copies.update(session_, copy));
            ++report_.copies_missing;
        }
        return {};
    }
};

}  // namespace

Status enter_found_backups(const Office& office, const RescueStore& store, const sys::Run& run,
                           RescueReport& report) {
    DS_TRY(const auto shelf, archive::read_shelf(*store.store, "", run));
    for (const auto& one : shelf.unreadable)
        report.damages.push_back(one.place.prefix() + ": " + printable(one.why));
    return office.catalog.write([&](catalog::Session& session) {
        return FoundBackups{office, store, session, shelf, report}.enter(run);
    });
}

}  // namespace ds::jobs
