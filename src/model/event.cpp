#include "model/event.hpp"

#include <algorithm>

namespace ds::model {

const EventKind* find_event_kind(std::string_view name) {
    const auto* const found =
        std::find_if(event_kinds.begin(), event_kinds.end(),
                     [&](const EventKind& kind) { return kind.name == name; });
    return found == event_kinds.end() ? nullptr : found;
}

Event event_of(std::string_view kind, std::string organization, std::string subject,
               std::string title) {
    Event event;
    event.kind = kind;
    if (const auto* known = find_event_kind(kind)) event.severity = known->severity;
    event.organization = std::move(organization);
    event.subject = std::move(subject);
    event.title = std::move(title);
    return event;
}

}  // namespace ds::model
