#include "jobs/rescue/rescue.hpp"

#include <algorithm>

#include "archive/signer.hpp"
#include "catalog/portable/exporter.hpp"
#include "catalog/portable/importer.hpp"
#include "jobs/rescue/catalogs.hpp"
#include "jobs/rescue/found_backups.hpp"
#include "jobs/rescue/staging.hpp"
#include "jobs/service/catalog_keeper.hpp"

namespace ds::jobs {
namespace {

/// This copy is no good, but another one may be.
bool is_no_good(const Error& error) {
    switch (error.code()) {
        case Code::corrupt:
        case Code::unauthenticated:
        case Code::unsupported:
        case Code::not_found:
        case Code::invalid: return true;
        default: return false;
    }
}

class Rescue {
public:
    Rescue(const RescueOrder& order, const sys::Run& run, Staging staging, catalog::Vault vault,
           std::unique_ptr<catalog::Catalog> catalog)
        : order_{order},
          run_{run},
          staging_{std::move(staging)},
          vault_{std::move(vault)},
          catalog_{std::move(catalog)},
          office_{*catalog_, vault_, run.clock, staging_.path(), {}, {}, "rescue"} {}

    Result<RescueReport> conduct() {
        if (!order_.manifests_only) DS_DO(take_catalogs());
        for (const auto& store : order_.stores) {
            run_.progress.step("read " + store.store->traits().location);
            DS_DO(enter_found_backups(office_, store, run_, report_));
        }
        DS_DO(catalog_->write([&](catalog::Session& session) { return settle(session); }));
        if (report_.organizations.empty()) return nothing_there();
        DS_DO(trust_signers());
        catalog_.reset();
        DS_DO(staging_.finish());
        return std::move(report_);
    }

private:
    const RescueOrder& order_;
    const sys::Run& run_;
    Staging staging_;
    const catalog::Vault vault_;
    std::unique_ptr<catalog::Catalog> catalog_;
    const Office office_;
    RescueReport report_;
    std::map<std::string, RescuedOrganization> taken_;  // by id: where its catalog came from

    Status take_catalogs() {
        run_.progress.step("find catalogs");
        DS_TRY(const auto found, find_catalogs(order_, run_, report_.damages));
        std::optional<Error> last;
        for (const auto& [source, copies] : found) {
            auto status = take_newest_good(source, copies);
            if (!status && !is_no_good(status.error())) return status;
            if (!status) last = std::move(status.error());
        }
        if (last && taken_.empty()) {
            return fail(last->code(), last->message(),
                        "Give the right key with --identity; or say --manifests-only to rebuild "
                        "what the backups themselves say: databases, backups and copies.");
        }
        return {};
    }

    Status take_newest_good(const std::string& source, const std::vector<CatalogCopy>& copies) {
        std::optional<Error> last;
        for (const auto& copy : copies) {
            run_.progress.step("take catalog " + copy.stored.manifest.name);
            auto status = take(copy);
            if (status) return {};
            if (!is_no_good(status.error())) return status;
            report_.damages.push_back(
                fmt::format("catalog {} of {} in {}: {}", copy.stored.manifest.name,
                            copy.stored.manifest.started, copy.store->traits().location,
                            printable(status.error().message())));
            last = std::move(status.error());
        }
        return std::move(*last).while_doing("none of the catalogs in " + printable(source, 100) +
                                            " can be used");
    }

    /// Into a catalog of its own first, so that nothing of a bad one stays; then into ours.
    Status take(const CatalogCopy& copy) {
        const auto scratch = staging_.path() / "scratch";
        std::error_code ignored;
        sys::fs::remove_all(scratch, ignored);
        DS_DO(sys::make_directories(scratch, 0700));
        auto header = take_catalog(copy, order_, vault_, scratch, run_);
        auto status = header ? merge(scratch, *header) : Status{header.error()};
        sys::fs::remove_all(scratch, ignored);
        DS_DO(status);
        RescuedOrganization rescued;
        rescued.catalog = header->exported;
        rescued.signer = copy.stored.manifest.signer;
        rescued.store = copy.store->traits().location;
        taken_[header->organization] = std::move(rescued);
        return {};
    }

    Status merge(const sys::fs::path& scratch, const catalog::portable::Header& header) {
        DS_TRY(const auto from, catalog::Catalog::open({scratch, {}}));
        DS_TRY(const auto exported, from_rfc3339(header.exported));
        return from->read([&](catalog::Session& source) {
            catalog::portable::Exporter exporter{source, vault_, header.organization, exported};
            return catalog_->write(
                [&](catalog::Session& session) { return copy_rows(exporter, session); });
        });
    }

    Status copy_rows(catalog::portable::Exporter& exporter, catalog::Session& session) const {
        DS_TRY(const auto first, exporter.next());
        DS_TRY(auto header, catalog::portable::read_header(trimmed(first)));
        catalog::portable::Importer importer{std::move(header), vault_};
        for (;;) {
            DS_DO(run_.check());
            DS_TRY(const auto lines, exporter.next());
            if (lines.empty()) return importer.finish();
            for (const auto& line : split(trimmed(lines), '\n'))
                DS_DO(importer.take(session, line));
        }
    }

    /// The old server may still live: nothing here starts by itself.
    Status settle(catalog::Session& session) {
        DS_TRY(const auto tenants, catalog::organizations.select(session, "ORDER BY id"));
        for (const auto& tenant : tenants) {
            DS_DO(mark_rescued(session, tenant.id));
            DS_DO(describe(session, tenant));
        }
        const auto now = rfc3339(run_.clock.now());
        DS_TRY([[maybe_unused]] const auto plans,
               session.run("UPDATE plans SET paused = 1, next_run = '', next_verify = '', changed "
                           "= ?, version = version + 1",
                           {now}));
        DS_TRY([[maybe_unused]] const auto runs,
               session.run("UPDATE runs SET state = 'interrupted', finished = ?, lease_owner = '', "
                           "lease_until = '', error = 'its server was lost, and rescued' WHERE "
                           "state IN ('queued', 'running')",
                           {now}));
        return {};
    }

    Status describe(catalog::Session& session, const model::Organization& tenant) {
        auto rescued = taken_[tenant.id];
        rescued.id = tenant.id;
        rescued.name = tenant.name;
        const auto count = [&](std::string_view table) -> Result<std::uint64_t> {
            DS_TRY(const auto rows,
                   session.run(fmt::format("SELECT count(*) FROM {} WHERE organization = ?", table),
                               {tenant.id}));
            return static_cast<std::uint64_t>(sql::number_of(rows.at(0).at(0)));
        };
        DS_TRY(rescued.users, count("users"));
        DS_TRY(rescued.servers, count("servers"));
        DS_TRY(rescued.databases, count("databases"));
        DS_TRY(rescued.stores, count("stores"));
        DS_TRY(rescued.backups, count("backups"));
        DS_TRY(rescued.runs, count("runs"));
        DS_TRY(const auto plans,
               catalog::plans.select(session, "WHERE organization = ? ORDER BY name", {tenant.id}));
        for (const auto& plan : plans) rescued.plans.push_back({plan.name, plan.paused});
        report_.organizations.push_back(std::move(rescued));
        return {};
    }

    Error nothing_there() const {
        return fail(Code::not_found,
                    "there is no backup of ours in " + order_.stores.at(0).store->traits().location,
                    "Check the URL, above all its prefix; `dumpstation list` shows what is there.");
    }

    /// What the old server signed is believed by the new one.
    Status trust_signers() const {
        auto signers = order_.signers;
        for (const auto& [_, rescued] : taken_) {
            if (std::find(signers.begin(), signers.end(), rescued.signer) == signers.end() &&
                !rescued.signer.empty())
                signers.push_back(rescued.signer);
        }
        if (signers.empty()) return {};
        const auto text = "# of the server that this one was rescued from\n" + join(signers, "\n");
        return sys::write_file(staging_.path() / "trusted-signers", view_of(text + "\n"), 0600);
    }
};

}  // namespace

Result<RescueReport> rescue(const RescueOrder& order, const sys::Run& run) {
    DS_TRY(auto staging, Staging::open(order.into));
    DS_TRY(auto vault, catalog::Vault::open(staging.path() / "master.key"));
    DS_TRY(auto catalog, catalog::Catalog::open({staging.path(), {}}));
    return Rescue{order, run, std::move(staging), std::move(vault), std::move(catalog)}.conduct();
}

}  // namespace ds::jobs
