#pragma once

#include "jobs/service/office.hpp"
#include "model/settings.hpp"

namespace ds::jobs {

/// What the organization chose; what the server was started with, as version 0, before it did.
Result<model::Settings> settings_of(catalog::Session& session, const Office& office,
                                    const std::string& organization);

/// How long what is condemned can be taken back.
Result<std::chrono::seconds> prune_grace_of(catalog::Session& session, const Office& office,
                                            const std::string& organization);

}  // namespace ds::jobs
