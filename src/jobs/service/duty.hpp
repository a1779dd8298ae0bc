#pragma once

#include <functional>
#include <thread>

#include "jobs/service/office.hpp"

namespace ds::jobs {

/// Work that goes round on a thread of its own, and that one of the servers on a catalog leads at a
/// time. Ends, and hands the lead to the next server, when it is destroyed.
class Duty {
public:
    struct Terms {
        std::string name;  // of its lease, and in the log
        std::chrono::milliseconds every{};
        std::chrono::seconds lease{};  // how long a server that fell silent keeps the lead
        bool begins_at_once = true;    // or after the first pause
    };
    /// Called on every server; `leads` says whether it is the one to do what only one may do. A
    /// round that fails is made again after the pause; the log tells of the first in a row.
    using Round = std::function<Status(bool leads, const sys::Run& run)>;

    Duty(const Office& office, Terms terms, Round round);

private:
    const Office& office_;
    const Terms terms_;
    const Round round_;
    bool leads_ = false;    // of the thread alone
    bool failing_ = false;  // of the thread alone
    std::jthread thread_;

    void serve(const std::stop_token& stop);
    Status go_round(const sys::Run& run);
    Status learn_who_leads();
};

}  // namespace ds::jobs
