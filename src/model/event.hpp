#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace ds::model {

enum class Severity { info, warning, error };
BOOST_DESCRIBE_ENUM(Severity, info, warning, error)

struct EventField {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(EventField, (), (name, value))

/// Something that people may want to be told. Texts are plain, of any length and any content: who
/// passes them on makes them fit. Never holds a secret.
struct Event {
    std::string id;    // the same for every channel and every attempt
    std::string kind;  // a name of `event_kinds`
    Severity severity = Severity::info;
    std::string title;  // one line that stands alone: "Backup of shop failed"
    std::string text;
    std::vector<EventField> fields;
    std::string organization;
    std::string subject;              // the database or plan that it is about, by name
    std::vector<std::string> labels;  // of the subject
    std::optional<std::string> url;   // where the console shows it
    std::string at;                   // RFC 3339
};
BOOST_DESCRIBE_STRUCT(Event, (),
                      (id, kind, severity, title, text, fields, organization, subject, labels, url,
                       at))

struct EventKind {
    std::string_view name;
    Severity severity;       // unless the event says otherwise
    std::string_view title;  // for the form where people choose
    bool usual = true;       // told to who chose nothing
};

/// Every kind of event there is, in the order a form shows them.
inline constexpr std::array<EventKind, 18> event_kinds{{
    {"backup.failed", Severity::error, "A backup failed"},
    {"backup.recovered", Severity::info, "A backup works again after failures"},
    {"backup.partly", Severity::warning, "A backup reached only some of its stores"},
    {"backup.succeeded", Severity::info, "A backup was made", false},
    {"backup.started", Severity::info, "A backup began", false},
    {"backup.overdue", Severity::error, "A backup is overdue"},
    {"run.stalled", Severity::warning, "A run moves no data"},
    {"proof.failed", Severity::error, "A verification failed"},
    {"store.nearly_full", Severity::warning, "A store is nearly full"},
    {"catalog.unsaved", Severity::error, "The catalog could not be backed up"},
    {"sign_in.new_place", Severity::warning, "Somebody signed in from a new place"},
    {"digest.weekly", Severity::info, "The weekly summary"},
    {"watch.shrinking", Severity::warning, "Backups are shrinking"},
    {"watch.missing", Severity::error, "A backup is missing from its store"},
    {"channel.down", Severity::error, "A channel takes no messages"},
    {"channel.given_up", Severity::error, "A message was given up"},
    {"channel.recovered", Severity::info, "A channel takes messages again"},
    {"test", Severity::info, "A test message"},
}};

/// An event of this kind about that subject, as severe as the kind usually is.
Event event_of(std::string_view kind, std::string organization, std::string subject,
               std::string title);
/// Null when there is no such kind.
const EventKind* find_event_kind(std::string_view name);

}  // namespace ds::model
