#pragma once

#include "jobs/service/events.hpp"
#include "notify/dispatch.hpp"

/// A channel is down when nothing reached it several times in a row, or a message for it was given
/// up. Other channels hear of that once, and again when it works.
namespace ds::jobs {

/// Something reached the channel: what waits for it goes now.
Status note_reached(catalog::Session& session, Events& events, const model::Channel& channel,
                    catalog::Time now);

/// A delivery failed: what else waits for the channel waits as well, and what waited too long goes
/// with it. `outcome` is `again` or `give_up`.
Status note_failed(catalog::Session& session, Events& events, model::Channel channel,
                   const model::Delivery& delivery, const notify::DeliveryOutcome& outcome,
                   catalog::Time now);

}  // namespace ds::jobs
