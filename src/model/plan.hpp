#pragma once

#include "model/estate.hpp"

namespace ds::model {

/// How long backups stay in one store. A rule of 0 is off; with all rules off everything is kept. A
/// backup stays if any rule names it. `daily` to `yearly` keep the newest good backup of as many
/// periods *that have one*, so that a pause does not use them up.
struct Retention {
    std::uint32_t keep_last = 0;  // good backups
    std::uint32_t keep_days = 0;  // of 24 hours, counted back from now
    std::uint32_t daily = 0;
    std::uint32_t weekly = 0;  // ISO weeks, from Monday
    std::uint32_t monthly = 0;
    std::uint32_t yearly = 0;
    std::uint64_t bytes_max = 0;  // of what the rules would keep; the oldest go first
};
BOOST_DESCRIBE_STRUCT(Retention, (),
                      (keep_last, keep_days, daily, weekly, monthly, yearly, bytes_max))

struct Destination {
    std::string store;
    Retention retention;
};
BOOST_DESCRIBE_STRUCT(Destination, (), (store, retention))

enum class Overlap { queue, skip };
BOOST_DESCRIBE_ENUM(Overlap, queue, skip)

/// When, how, how long and where.
struct Plan : Record {
    std::string name;
    std::vector<std::string> databases;
    std::vector<Destination> destinations;
    std::string schedule;              // five cron fields or a descriptor; "" = by hand only
    std::string zone = "UTC";          // IANA name
    std::uint64_t jitter_seconds = 0;  // starts are spread over so long
    std::string compression = "zstd:3";
    std::vector<std::string> keys;  // whom to seal to
    bool encrypted = true;
    std::string verify_schedule;  // "" = by hand only
    std::uint64_t verify_level = 4;
    std::uint64_t attempts_max = 3;
    std::uint64_t stall_seconds = 300;
    Overlap overlap = Overlap::queue;
    bool paused = false;
    Labels labels;
    std::string notes;
    // Kept by the scheduler: the moment of the schedule that was served last, and when the next
    // one is to start ("" = none).
    std::string last_scheduled, next_run;
    std::string last_verify, next_verify;
    std::string watched_since;  // from when on the watchdog expects what the plan promises
};
BOOST_DESCRIBE_STRUCT(Plan, (Record),
                      (name, databases, destinations, schedule, zone, jitter_seconds, compression,
                       keys, encrypted, verify_schedule, verify_level, attempts_max, stall_seconds,
                       overlap, paused, labels, notes, last_scheduled, next_run, last_verify,
                       next_verify, watched_since))

}  // namespace ds::model
