#include "jobs/service/audit_keeping.hpp"

#include "catalog/audit_chain.hpp"

namespace ds::jobs {
namespace {

constexpr int steps_max = 50;  // of one organization in a round

}  // namespace

Result<std::uint64_t> trim_audits(const Office& office) {
    DS_TRY(const auto bounded, office.catalog.read([](catalog::Session& session) {
        return catalog::settings.select(session, "WHERE audit_keep_days > 0");
    }));
    std::uint64_t gone = 0;
    for (const auto& settings : bounded) {
        const auto before =
            office.now() - std::chrono::days{static_cast<int>(settings.audit_keep_days)};
        for (int step = 0; step < steps_max; ++step) {
            DS_TRY(const auto now_gone, office.catalog.write([&](catalog::Session& session) {
                return catalog::trim_audit(session, office.vault, settings.organization, before,
                                           office.now());
            }));
            gone += now_gone;
            if (now_gone == 0) break;
        }
    }
    return gone;
}

}  // namespace ds::jobs
