#pragma once

#include "jobs/service/events.hpp"

/// The summary of an organization's week: how protected it is, and what happened. Short, so that it
/// is read.
namespace ds::jobs {

/// When the organization is told; what is usual when it chose nothing.
Result<model::Digest> digest_of(catalog::Session& session, const std::string& organization,
                                catalog::Time now);
/// Sets the next time after `now`. Code::invalid names schedule or zone when one is wrong.
Status plan_digest(model::Digest& digest, catalog::Time now);

/// The summary of the seven days before `now`; a warning when something wants attention.
Result<model::Event> write_digest(catalog::Session& session, const std::string& organization,
                                  catalog::Time now);

/// Tells every organization whose time has come, once: also after a restart, and when several
/// servers ask at the same moment. Returns how many were told.
Result<std::size_t> send_due_digests(const Office& office, Events& events);

}  // namespace ds::jobs
