#include "notify/rules.hpp"

#include <algorithm>
#include <string_view>

namespace ds::notify {
namespace {

bool kind_matches(std::string_view pattern, std::string_view kind) {
    if (!pattern.ends_with(".*")) return pattern == kind;
    return kind.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool has(const std::vector<std::string>& list, const std::string& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

bool wants(const Subscription& subscription, const model::Event& event) {
    const auto& [channel, kinds, severity_min, subjects, labels] = subscription;
    const bool kind =
        kinds.empty() || std::any_of(kinds.begin(), kinds.end(), [&](const std::string& pattern) {
            return kind_matches(pattern, event.kind);
        });
    const bool subject = subjects.empty() || has(subjects, event.subject);
    const bool label =
        labels.empty() || std::any_of(event.labels.begin(), event.labels.end(),
                                      [&](const std::string& own) { return has(labels, own); });
    return kind && subject && label && event.severity >= severity_min;
}

}  // namespace ds::notify
