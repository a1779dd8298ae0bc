#include "policy/zone.hpp"

#include <exception>

#include <date/tz.h>
#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::policy {
namespace {

constexpr std::size_t name_bytes_max = 64;
constexpr auto example = "Write a name like Europe/Berlin, America/New_York or UTC.";

Result<const date::time_zone*> look_up(std::string_view name) {
    try {
        (void)date::get_tzdb();
    } catch (const std::exception& error) {
        return fail(Code::unavailable,
                    fmt::format("cannot read the time zone database: {}", printable(error.what())),
                    "Install the package tzdata, or use UTC.");
    }
    try {
        const auto* zone = date::locate_zone(name);
        // A zone is read when it is first asked; a damaged one throws here and never later.
        (void)zone->get_info(Instant{});
        return zone;
    } catch (const std::exception&) {
        return fail(Code::invalid, fmt::format("there is no time zone '{}'", printable(name, 70)),
                    example);
    }
}

}  // namespace

struct Zone::Entry {
    std::string name;
    const date::time_zone* rules = nullptr;  // null for UTC; otherwise lives as long as the process
};

Result<Zone> Zone::find(std::string_view iana_name) {
    if (iana_name == "UTC") return Zone{std::make_shared<const Entry>(Entry{"UTC", nullptr})};
    if (iana_name.empty() || iana_name.size() > name_bytes_max)
        return fail(Code::invalid,
                    fmt::format("a time zone has a name of 1 to {} letters", name_bytes_max),
                    example);
    DS_TRY(const auto* rules, look_up(iana_name));
    return Zone{std::make_shared<const Entry>(Entry{std::string{iana_name}, rules})};
}

const std::string& Zone::name() const { return entry_->name; }

Stretch Zone::stretch_at(Instant when) const {
    if (entry_->rules == nullptr)
        return {Instant{std::chrono::sys_days{std::chrono::year::min() / 1 / 1}},
                Instant{std::chrono::sys_days{std::chrono::year::max() / 1 / 1}},
                {}};
    const auto info = entry_->rules->get_info(when);
    return {info.begin, info.end, info.offset};
}

WallTime Zone::wall(TimePoint when) const {
    const auto second = std::chrono::floor<std::chrono::seconds>(when);
    return stretch_at(second).wall(second);
}

Showing Zone::showing(WallTime wall) const {
    const Instant as_utc{wall.time_since_epoch()};
    if (entry_->rules == nullptr) return {Showing::Kind::once, as_utc, as_utc};
    const auto info = entry_->rules->get_info(date::local_seconds{wall.time_since_epoch()});
    const auto first = as_utc - info.first.offset;
    switch (info.result) {
        case date::local_info::nonexistent:
            return {Showing::Kind::never, info.second.begin, info.second.begin};
        case date::local_info::ambiguous:
            return {Showing::Kind::twice, first, as_utc - info.second.offset};
        default: return {Showing::Kind::once, first, first};
    }
}

}  // namespace ds::policy
