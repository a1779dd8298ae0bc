#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "jobs/service/office.hpp"

namespace ds::jobs {

/// Something changed that open windows want to know of.
struct Change {
    std::uint64_t sequence = 0;
    std::string organization;
    std::string topic;  // "run", "backup", "plan", "notification" …
    std::string id;
    std::string state;  // of a run
};
BOOST_DESCRIBE_STRUCT(Change, (), (sequence, topic, id, state))

/// Tells of changes as they happen, and raises events for people. Thread-safe; never waits for a
/// listener: whoever is too slow hears that it must read everything again.
class Events {
public:
    explicit Events(const Office& office);

    void changed(std::string organization, std::string topic, std::string id,
                 std::string state = {});

    struct Told {
        std::vector<Change> told;  // of this organization
        std::uint64_t upto = 0;    // to ask from next time
    };
    /// Changes behind `after`, some hundred at most; waits up to `wait` when there are none.
    /// Nothing when `after` is so old that some are forgotten, or not yet reached: it is of another
    /// life of this server.
    std::optional<Told> behind(std::uint64_t after, const std::string& organization,
                               std::chrono::milliseconds wait, const std::stop_token& stop);
    std::uint64_t newest() const;

    /// Enters an event: a notification for the bell, and a delivery for each channel that wants it,
    /// inside the transaction of what happened.
    Status raise(catalog::Session& session, model::Event event);
    /// For what is found again and again: of one kind and title, once in 24 hours.
    Status raise_once_a_day(const model::Event& event);

private:
    const Office& office_;
    mutable std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::deque<Change> changes_;
    std::uint64_t newest_;
};

}  // namespace ds::jobs
