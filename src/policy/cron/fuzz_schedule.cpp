#include <span>

#include "base/bytes.hpp"
#include "policy/schedule.hpp"

/// Any bytes as a schedule: read, described, and asked for its runs.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ds;
    using namespace ds::policy;
    static const auto zone = Zone::find("Europe/Berlin").value();
    const auto schedule = Schedule::parse(text_of(std::as_bytes(std::span{data, size})));
    if (!schedule) return 0;
    (void)schedule->describe();
    const TimePoint now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
    DS_CHECK(!schedule->upcoming(now, zone, 5).empty(), "what was read has a next run");
    return 0;
}
