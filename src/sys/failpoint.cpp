#include "sys/failpoint.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>

namespace ds::sys {
namespace {

struct Armed {
    std::string name;
    std::string action;
    long nth = 1;
};

// name[@nth]:action
Armed read_environment() {
    const char* text = std::getenv("DUMPSTATION_FAILPOINT");
    if (text == nullptr) return {};
    std::string_view rest{text};
    Armed armed;
    const auto colon = rest.rfind(':');
    if (colon == std::string_view::npos) return {};
    armed.action = rest.substr(colon + 1);
    rest = rest.substr(0, colon);
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
        armed.nth = std::strtol(std::string{rest.substr(at + 1)}.c_str(), nullptr, 10);
        rest = rest.substr(0, at);
    }
    armed.name = rest;
    return armed;
}

}  // namespace

Status fail_point(std::string_view name) {
    const auto armed = read_environment();
    static std::atomic<long> passed = 0;
    if (armed.name.empty() || armed.name != name) return {};
    if (++passed != armed.nth) return {};
    if (armed.action == "kill") std::raise(SIGKILL);
    if (armed.action == "sleep") std::this_thread::sleep_for(std::chrono::minutes{10});
    if (armed.action == "error") return fail(Code::unavailable, "fail point " + std::string{name});
    return {};
}

}  // namespace ds::sys
