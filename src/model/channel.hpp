#pragma once

#include "model/estate.hpp"

namespace ds::model {

/// Where notifications go.
struct Channel : Record {
    std::string name;
    std::string driver;                 // "discord", "email" …
    Labels options;                     // without secrets
    std::string sealed;                 // JSON object of the secret options, sealed by the vault
    std::vector<std::string> kinds;     // of events; empty = what is usual for its driver
    std::string severity = "info";      // at least
    std::vector<std::string> subjects;  // databases by name; empty = all
    std::vector<std::string> subject_labels;  // "team" or "team:shop", one of them; empty = all
    bool paused = false;
    Labels labels;
    std::string notes;
    // Kept by the deliveries.
    std::uint64_t failures = 0;  // in a row
    std::string down_since;      // "" = it works
    std::string trouble;         // why it failed last
};
BOOST_DESCRIBE_STRUCT(Channel, (Record),
                      (name, driver, options, sealed, kinds, severity, subjects, subject_labels,
                       paused, labels, notes, failures, down_since, trouble))

struct DeliveryTry {
    std::string at;
    bool delivered = false;
    std::string answer;
};
BOOST_DESCRIBE_STRUCT(DeliveryTry, (), (at, delivered, answer))

/// One event on its way to one channel, and what came of it.
struct Delivery : Record {
    std::string channel;
    std::string event;  // the event as JSON
    std::string state;  // "waiting", "delivered", "given up"
    std::uint64_t attempts = 0;
    std::string next_attempt;
    std::string answer;              // what the other side said last
    std::vector<DeliveryTry> tries;  // the last ones
    std::string replay_of;           // the delivery that this one repeats; "" = none
};
BOOST_DESCRIBE_STRUCT(Delivery, (Record),
                      (channel, event, state, attempts, next_attempt, answer, tries, replay_of))

/// The summary of an organization's week: when it is told.
struct Digest : Record {
    std::string schedule = "0 8 * * 1";
    std::string zone = "UTC";
    bool paused = false;
    std::string next;  // "" = none
    std::string last;
};
BOOST_DESCRIBE_STRUCT(Digest, (Record), (schedule, zone, paused, next, last))

/// What people see in the console's bell.
struct Notification : Record {
    std::string kind;
    std::string severity;
    std::string title;
    std::string text;
    std::string subject;
    bool seen = false;
};
BOOST_DESCRIBE_STRUCT(Notification, (Record), (kind, severity, title, text, subject, seen))

}  // namespace ds::model
