#pragma once

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "notify/all.hpp"

namespace ds::notify::testing {

inline model::Event some_event() {
    model::Event event;
    event.id = "01JD0000000000000000000000";
    event.kind = "backup.failed";
    event.severity = model::Severity::error;
    event.title = "Backup of shop failed";
    event.text = "pg_dump: error: connection to server failed";
    event.fields = {{"Database", "shop"}, {"Size", "1.3 GB"}};
    event.organization = "Acme";
    event.subject = "shop";
    event.url = "https://ds.example/runs/1";
    event.at = "2026-11-23T09:00:00Z";
    return event;
}

/// A channel that must open.
inline std::unique_ptr<Notifier> opened(std::string_view driver, const Settings& settings,
                                        const Outside& outside = plain_outside()) {
    auto channel = open_channel(driver, settings, outside);
    if (!channel) ADD_FAILURE() << channel.error().message();
    return channel ? std::move(*channel) : nullptr;
}

inline std::string first_complaint(std::string_view driver, const Settings& settings) {
    const auto complaints = check_settings(*find_driver(driver), settings);
    if (complaints.empty()) return {};
    return complaints.front().option + ": " + complaints.front().message;
}

}  // namespace ds::notify::testing
