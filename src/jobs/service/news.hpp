#pragma once

#include "jobs/service/office.hpp"

/// What people are told: a notification for the bell, and a delivery for each channel that wants
/// it, entered inside the transaction of what happened.
namespace ds::jobs {

/// Fills in what an event says of the database that it is about.
void about(model::Event& event, const model::Database& database);

/// Which channels an event goes to.
struct Hearers {
    std::string except;     // not this channel, and none that is down
    bool somebody = false;  // when no channel wants it, one that works hears of it all the same
};

/// Completes `event` and enters it. Returns the id of its notification; "" for what is not told
/// unless somebody chose it.
Result<std::string> enter_news(catalog::Session& session, model::Event& event, catalog::Time now,
                               const Hearers& hearers = {});

/// Whether the bell was told the same, by kind and title, not longer ago than `quiet`.
Result<bool> was_told(catalog::Session& session, const model::Event& event, catalog::Time now,
                      std::chrono::seconds quiet);

/// Sends again what a delivery was to say, as a delivery of its own. Code::not_found,
/// Code::conflict when its channel is gone.
Result<model::Delivery> replay(catalog::Session& session, const std::string& organization,
                               const std::string& delivery, catalog::Time now);

/// Removes news that are old, or more than an organization keeps. Returns how many rows went.
Result<std::size_t> forget_old_news(const Office& office);

}  // namespace ds::jobs
