#pragma once

#include "api/services.hpp"

namespace ds::api {

/// Everything about a channel that can be wrong: its driver, each option, what it is to be told.
/// Code::invalid names the field.
Status check_channel(const Services& services, const model::Channel& channel);

/// What waits for a channel that was changed is tried at once.
Status try_again_now(catalog::Session& session, const model::Channel& channel, catalog::Time now);

}  // namespace ds::api
