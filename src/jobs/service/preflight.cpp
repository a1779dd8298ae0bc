#include "jobs/service/preflight.hpp"

#include <fmt/format.h>

#include "engines/all.hpp"
#include "jobs/service/safety_backup.hpp"
#include "jobs/stored_backup.hpp"

namespace ds::jobs {
namespace {

using model::FindingLevel;

class Look {
public:
    Look(const Office& office, const model::Run& order, const sys::Run& run)
        : office_{office}, run_{run}, row_{order} {}

    Result<Preflight> execute() {
        const auto looked = look_at_all();
        DS_DO(run_.check());
        if (!looked) block(looked.error());
        return std::move(ahead_);
    }

private:
    const Office& office_;
    const sys::Run& run_;
    const model::Run& row_;
    Preflight ahead_;
    std::string about_;

    void fine(std::string text) {
        ahead_.findings.push_back({about_, FindingLevel::fine, std::move(text), {}});
    }
    void block(const Error& error) {
        ahead_.findings.push_back({about_, FindingLevel::blocks, error.message(), error.hint()});
        if (!ahead_.blocked) ahead_.blocked = error;
    }

    Status look_at_all() {
        DS_DO(look_at_copy());
        DS_DO(look_at_objects());
        DS_DO(choose_target());
        DS_DO(look_at_target());
        return look_at_safety();
    }

    Status look_at_copy() {
        about_ = "backup";
        const auto& wanted = row_.order;
        const auto damaged = wanted.even_if_damaged ? Damaged::allowed : Damaged::refused;
        DS_TRY(ahead_.copy, open_copy(office_, row_, damaged, run_));
        if (!ahead_.copy.backup.quarantined) return {};
        ahead_.findings.push_back({about_, FindingLevel::warning,
                                   "it is in quarantine: " + ahead_.copy.backup.proof.detail,
                                   "What comes out may be wrong, or nothing may come out."});
        return {};
    }

    /// That each object is there and as long as it was; whether it is unchanged, a proof says.
    Status look_at_objects() {
        about_ = "copy";
        const auto& copy = ahead_.copy;
        for (const auto& part : copy.stored.manifest.parts) {
            DS_TRY(const auto there, copy.store->stat(copy.stored.place.key(part.object)));
            if (there.bytes == part.bytes) continue;
            return fail(Code::corrupt,
                        fmt::format("{} is {} bytes long instead of {}", part.object, there.bytes,
                                    part.bytes),
                        "Restore another copy or another backup.");
        }
        fine(fmt::format("{} is complete in {}", copy.backup.name, copy.row.name));
        return {};
    }

    Status choose_target() {
        about_ = "target";
        const auto& wanted = row_.order;
        DS_TRY(const auto server, office_.catalog.read([&](catalog::Session& session) {
            return catalog::servers.get(session, row_.organization, wanted.into_server);
        }));
        auto& request = ahead_.order.restore;
        DS_TRY(request.into, database_url(office_, server, wanted.into_database));
        request.tool_dirs = tool_dirs_of(office_, server);
        request.tables = wanted.tables;
        request.replace = wanted.replace;
        if (wanted.keep_old_hours > 0) {
            const auto now = office_.now();
            request.keep_old =
                engines::KeepOld{row_.id, now, now + std::chrono::hours{wanted.keep_old_hours}};
        }
        ahead_.order.identities = ahead_.copy.identities;
        return {};
    }

    Status look_at_target() {
        about_ = "key";
        const auto& copy = ahead_.copy;
        DS_TRY(auto* engine, engines::engine_by_name(copy.stored.manifest.engine));
        DS_TRY(const auto parts, StoredBackup::open(*copy.store, copy.stored, copy.identities));
        fine(copy.stored.manifest.sealed() ? "we hold a key that opens it" : "it is not encrypted");
        about_ = "target";
        DS_TRY(auto found, engine->preflight(*parts, ahead_.order.restore, run_));
        for (auto& one : found.findings) ahead_.findings.push_back(std::move(one));
        ahead_.blocked = std::move(found.blocked);
        ahead_.replaces = found.replaces;
        return {};
    }

    Status look_at_safety() {
        if (!ahead_.replaces) return {};
        about_ = "safety backup";
        if (!row_.order.safety_backup) {
            ahead_.findings.push_back({about_, FindingLevel::warning,
                                       "what is there is not backed up first", "It was declined."});
            return {};
        }
        auto possible = office_.catalog.read([&](catalog::Session& session) {
            return check_safety_backup(session, row_, ahead_.copy.backup);
        });
        if (!possible)
            return std::move(possible.error()).while_doing("backing up what would be replaced");
        fine("what is there is backed up first");
        return {};
    }
};

}  // namespace

Result<Preflight> preflight(const Office& office, const model::Run& order, const sys::Run& run) {
    return Look{office, order, run}.execute();
}

}  // namespace ds::jobs
