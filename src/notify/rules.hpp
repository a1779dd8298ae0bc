#pragma once

#include <string>
#include <vector>

#include "model/event.hpp"

namespace ds::notify {

/// Which events a channel wants. An empty list is no restriction. Whether a "recovered" is news,
/// because a failure went before, is for who makes the event to know.
struct Subscription {
    std::string channel;             // its id
    std::vector<std::string> kinds;  // "backup.failed", or "backup.*" for all of them
    model::Severity severity_min = model::Severity::info;
    std::vector<std::string> subjects;  // one of these names
    std::vector<std::string> labels;    // at least one of these labels: "team" or "team:shop"
};
BOOST_DESCRIBE_STRUCT(Subscription, (), (channel, kinds, severity_min, subjects, labels))

bool wants(const Subscription& subscription, const model::Event& event);

}  // namespace ds::notify
