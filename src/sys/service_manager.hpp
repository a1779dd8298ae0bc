#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace ds::sys {

/// Whoever started us as a service and wants to know how it goes: sd_notify(3), without its
/// library. Says nothing when nobody asked.
class ServiceManager {
public:
    /// From $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID.
    ServiceManager();

    void tell_ready(std::string_view status) const;
    /// It will not kill us before `may_take` is over.
    void tell_stopping(std::chrono::seconds may_take) const;
    void tell_alive() const;
    /// How often it wants to hear that we are alive, half of what it waits; 0: not at all.
    std::chrono::milliseconds beat() const { return beat_; }

private:
    std::string socket_;  // a path, or '@' and an abstract name
    std::chrono::milliseconds beat_{0};

    void send(std::string_view state) const;
};

}  // namespace ds::sys
