#include "jobs/service/catalog_backup.hpp"

#include "archive/remover.hpp"
#include "archive/shelf.hpp"
#include "archive/signer.hpp"
#include "catalog/portable/exporter.hpp"
#include "jobs/run_lock.hpp"
#include "jobs/service/opened.hpp"
#include "model/backup_name.hpp"
#include "policy/retention.hpp"
#include "sys/random.hpp"

namespace ds::jobs {
namespace {

constexpr int keys_max = 64;  // what a manifest names at most
const policy::Rules kept_catalogs{.keep_last = 10, .daily = 14};

/// The export as bytes to be read.
class ExportSource final : public stream::Source {
public:
    explicit ExportSource(catalog::portable::Exporter& exporter) : exporter_{exporter} {}

    Result<std::size_t> read(Room room) override {
        if (at_ == lines_.size()) {
            DS_TRY(lines_, exporter_.next());
            at_ = 0;
        }
        const auto bytes = std::min(room.size(), lines_.size() - at_);
        const auto piece = view_of(lines_).subspan(at_, bytes);
        std::copy(piece.begin(), piece.end(), room.begin());
        at_ += bytes;
        return bytes;
    }

private:
    catalog::portable::Exporter& exporter_;
    std::string lines_;
    std::size_t at_ = 0;
};

struct CatalogGround {
    model::Organization organization;
    std::vector<model::Store> stores;
    std::vector<model::Key> keys;
};

Result<CatalogGround> read_ground(catalog::Session& session, const std::string& organization) {
    CatalogGround ground;
    DS_TRY(ground.organization, catalog::organizations.get(session, organization, organization));
    DS_TRY(ground.stores,
           catalog::stores.select(session, "WHERE organization = ? AND paused = 0 ORDER BY id",
                                  {organization}));
    DS_TRY(ground.keys,
           catalog::keys.select(
               session, fmt::format("WHERE organization = ? ORDER BY id DESC LIMIT {}", keys_max),
               {organization}));
    if (ground.stores.empty())
        return fail(Code::not_found, "there is no store to back the catalog up to");
    if (ground.keys.empty()) {
        return fail(Code::invalid, "there is no key to seal the catalog to",
                    "Add a key (`dumpstation key new`): the catalog holds passwords, and is never "
                    "stored in the clear.");
    }
    return ground;
}

class CatalogBackingUp {
public:
    CatalogBackingUp(const Office& office, CatalogGround ground, const sys::Run& run)
        : office_{office}, ground_{std::move(ground)}, run_{run} {}

    Result<CatalogBackup> conduct() {
        const auto began = office_.now();
        const archive::Place place{archive::catalog_source(ground_.organization.id),
                                   sys::make_ulid(began)};
        if (!archive::is_plain_name(place.source))
            return fail(Code::internal, "an organization has an impossible id");
        DS_DO(open_stores());
        DS_TRY(const auto key, archive::own_signing_key(office_.state));
        auto manifest = begin_manifest(place, began);
        DS_DO(look_into_stores(place, manifest));
        ++manifest.sequence;
        DS_TRY(const auto lock, RunLock::take(office_.state, place, locations()));
        DS_TRY(const auto recipe, recipe_of());
        archive::Writer writer{stores_, place, recipe, run_};
        DS_DO(store_rows(writer, manifest));
        manifest.finished = rfc3339(office_.now());
        DS_TRY(report_.manifest, writer.seal(std::move(manifest), steps(), key));
        for (auto& copy : writer.copies()) report_.copies.push_back(std::move(copy));
        prune(place.source);
        return std::move(report_);
    }

private:
    const Office& office_;
    const CatalogGround ground_;
    const sys::Run& run_;
    std::vector<std::unique_ptr<stores::Store>> opened_;
    std::vector<stores::Store*> stores_;
    CatalogBackup report_;

    /// A store that does not open is a copy that failed; the others go on.
    Status open_stores() {
        for (const auto& row : ground_.stores) {
            auto store = open_store(office_, row, run_);
            if (!store) {
                report_.copies.push_back({row.name, store.error()});
                continue;
            }
            stores_.push_back(store->get());
            opened_.push_back(std::move(*store));
        }
        if (stores_.empty()) return Error{*report_.copies.at(0).error};
        return {};
    }

    std::vector<std::string> locations() const {
        std::vector<std::string> all;
        for (const auto* store : stores_) all.push_back(store->traits().location);
        return all;
    }

    /// A store that is away is found out before the catalog's rows are read, so that nobody waits
    /// for it while they are.
    Status look_into_stores(const archive::Place& place, archive::Manifest& manifest) {
        std::vector<stores::Store*> answering;
        for (auto* store : stores_) {
            const auto chained = archive::chain_behind_newest(*store, place.source, manifest);
            if (!chained && chained.error().transient()) {
                report_.copies.push_back({store->traits().location, chained.error()});
                continue;
            }
            static_cast<void>(sweep(office_.state, *store));  // if not now, then the next time
            answering.push_back(store);
        }
        stores_ = std::move(answering);
        if (stores_.empty()) return Error{*report_.copies.at(0).error};
        return {};
    }

    archive::Manifest begin_manifest(const archive::Place& place, catalog::Time began) const {
        archive::Manifest manifest;
        manifest.name = model::make_backup_name(began);
        manifest.engine = "dumpstation";
        manifest.method = "catalog";
        manifest.started = rfc3339(began);
        manifest.writer = "dumpstation " DS_VERSION;
        manifest.summary.database = "catalog of " + printable(ground_.organization.name, 200);
        manifest.summary.source_id = place.source;
        manifest.summary.server_version = manifest.summary.tool_version = DS_VERSION;
        return manifest;
    }

    Result<archive::Recipe> recipe_of() const {
        archive::Recipe recipe;
        DS_TRY(recipe.recipients, recipients_of(ground_.keys));
        return recipe;
    }

    Status store_rows(archive::Writer& writer, archive::Manifest& manifest) {
        return office_.catalog.read([&](catalog::Session& session) -> Status {
            catalog::portable::Exporter exporter{session, office_.vault, ground_.organization.id,
                                                 office_.now()};
            ExportSource source{exporter};
            DS_DO(writer.add(std::string{archive::catalog_part}, source, 0));
            manifest.summary.rows = exporter.rows();
            manifest.summary.tables = catalog::portable::kept_tables().size();
            report_.secrets_lost = exporter.secrets_lost();
            return {};
        });
    }

    static std::vector<model::RestoreStep> steps() {
        return {{"Look at what it holds: a line of JSON for each row.",
                 std::string{archive::catalog_part}, "less"},
                {"Rebuild the server from this store, with any version of DumpStation from the one "
                 "that wrote it.",
                 "", "dumpstation rescue STORE_URL --identity key.txt --into STATE_DIRECTORY"}};
    }

    /// What cannot be removed now is still there the next time.
    void prune(const std::string& source) {
        for (auto* store : stores_) static_cast<void>(prune_in(*store, source));
    }

    Status prune_in(stores::Store& store, const std::string& source) {
        std::vector<policy::Candidate> candidates;
        DS_DO(store.list(
            archive::backups_prefix(source), [&](const stores::ObjectInfo& object) -> Status {
                const auto located = archive::locate(object.key);
                if (located && located->object == archive::manifest_object)
                    candidates.push_back({located->place.id, object.modified, object.bytes, true});
                return {};
            }));
        DS_TRY(const auto zone, policy::Zone::find("UTC"));
        DS_TRY(const auto decisions,
               policy::decide(kept_catalogs, candidates, office_.now(), zone));
        for (const auto& decision : decisions) {
            if (decision.keep || decision.id == report_.manifest.id) continue;
            DS_DO(archive::remove_backup(store, {source, decision.id}));
        }
        return {};
    }
};

}  // namespace

Result<CatalogBackup> back_up_catalog(const Office& office, const std::string& organization,
                                      const sys::Run& run) {
    DS_TRY(auto ground, office.catalog.read([&](catalog::Session& session) {
        return read_ground(session, organization);
    }));
    return CatalogBackingUp{office, std::move(ground), run}.conduct();
}

}  // namespace ds::jobs
