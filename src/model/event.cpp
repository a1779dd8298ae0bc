#include "model/event.hpp"

#include <algorithm>

namespace ds::model {

const EventKind* find_event_kind(std::string_view name) {
    const auto* const found =
        std::find_if(event_kinds.begin(), event_kinds.end(),
                     [&](const EventKind& kind) { return kind.name == name; });
    return found == event_kinds.end() ? nullptr : found;
}

}  // namespace ds::model
