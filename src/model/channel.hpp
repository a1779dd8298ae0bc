#pragma once

#include "model/estate.hpp"

namespace ds::model {

/// Where notifications go.
struct Channel : Record {
    std::string name;
    std::string driver;              // "discord", "email" …
    Labels options;                  // without secrets
    std::string sealed;              // JSON object of the secret options, sealed by the vault
    std::vector<std::string> kinds;  // of events; empty = all
    std::string severity = "info";   // at least
    bool paused = false;
};
BOOST_DESCRIBE_STRUCT(Channel, (Record), (name, driver, options, sealed, kinds, severity, paused))

/// One event on its way to one channel, and what came of it.
struct Delivery : Record {
    std::string channel;
    std::string event;  // the event as JSON
    std::string state;  // "waiting", "delivered", "given up"
    std::uint64_t attempts = 0;
    std::string next_attempt;
    std::string answer;  // what the other side said last
};
BOOST_DESCRIBE_STRUCT(Delivery, (Record), (channel, event, state, attempts, next_attempt, answer))

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
