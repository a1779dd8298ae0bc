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

/// "team" is every label of that name.
bool label_matches(const std::string& wanted, const std::string& label) {
    return label == wanted || label.starts_with(wanted + ":");
}

bool has_label(const std::vector<std::string>& wanted, const std::string& label) {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const std::string& one) { return label_matches(one, label); });
}

}  // namespace

bool wants(const Subscription& subscription, const model::Event& event) {
    const auto& [channel, kinds, severity_min, subjects, labels] = subscription;
    const bool kind =
        kinds.empty() || std::any_of(kinds.begin(), kinds.end(), [&](const std::string& pattern) {
            return kind_matches(pattern, event.kind);
        });
    const bool subject = subjects.empty() || has(subjects, event.subject);
    const bool label = labels.empty() ||
                       std::any_of(event.labels.begin(), event.labels.end(),
                                   [&](const std::string& own) { return has_label(labels, own); });
    return kind && subject && label && event.severity >= severity_min;
}

}  // namespace ds::notify
