#include "jobs/service/settings.hpp"

namespace ds::jobs {

Result<model::Settings> settings_of(catalog::Session& session, const Office& office,
                                    const std::string& organization) {
    DS_TRY(const auto chosen, catalog::settings.find(session, organization, organization));
    if (chosen) return *chosen;
    model::Settings settings;
    catalog::begin_record(settings, organization, office.now());
    settings.id = organization;
    settings.version = 0;
    settings.prune_grace_seconds = static_cast<std::uint64_t>(office.prune_grace.count());
    return settings;
}

Result<std::chrono::seconds> prune_grace_of(catalog::Session& session, const Office& office,
                                            const std::string& organization) {
    DS_TRY(const auto settings, settings_of(session, office, organization));
    return std::chrono::seconds{settings.prune_grace_seconds};
}

}  // namespace ds::jobs
