#include <array>
#include <bit>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "policy/cron/cron.hpp"

namespace ds::policy {
namespace {

constexpr std::uint64_t all_hours = (1ULL << 24) - 1;
constexpr std::uint64_t all_minutes = (1ULL << 60) - 1;
constexpr std::uint64_t all_days = (1ULL << 32) - 2;
constexpr std::uint64_t all_months = (1ULL << 13) - 2;
constexpr std::uint64_t all_weekdays = (1ULL << 7) - 1;
constexpr std::uint64_t monday_to_friday = 0b0111110;
constexpr std::uint64_t saturday_and_sunday = 0b1000001;
/// More items than this are harder to read than the cron text.
constexpr std::size_t items_max = 4;

std::vector<unsigned> values_of(std::uint64_t set) {
    std::vector<unsigned> values;
    for (; set != 0; set &= set - 1) values.push_back(static_cast<unsigned>(std::countr_zero(set)));
    return values;
}

/// The distance of values that come at equal distances through the whole of [0, size), or 0.
unsigned even_step(std::uint64_t set, unsigned size) {
    const auto count = static_cast<unsigned>(std::popcount(set));
    if (count < 2 || size % count != 0) return 0;
    const auto step = size / count;
    std::uint64_t even = 0;
    for (unsigned value = 0; value < size; value += step) even |= std::uint64_t{1} << value;
    return even == set ? step : 0;
}

/// "a", "a and b", "a, b and c".
std::string listed(std::vector<std::string> items) {
    if (items.size() < 2) return join(items, "");
    const auto last = items.back();
    items.pop_back();
    return join(items, ", ") + " and " + last;
}

std::string ordinal(unsigned day) {
    const bool teen = day >= 11 && day <= 13;
    const auto* ending = teen || day % 10 > 3 || day % 10 == 0 ? "th"
                         : day % 10 == 1                       ? "st"
                         : day % 10 == 2                       ? "nd"
                                                               : "rd";
    return fmt::format("{}{}", day, ending);
}

std::string count_of(unsigned count, std::string_view unit) {
    return count == 1 ? fmt::format("every {}", unit) : fmt::format("every {} {}s", count, unit);
}

/// "every 15 minutes", "every 6 hours", "every hour at minute 20", or empty.
std::string distance(const Cron& cron) {
    if (!cron.every_hour) return {};
    const auto minutes = values_of(cron.minutes);
    if (cron.hours == all_hours && cron.minutes == all_minutes) return "every minute";
    if (cron.hours == all_hours && minutes.size() > 1) {
        const auto step = even_step(cron.minutes, 60);
        return step == 0 ? "" : count_of(step, "minute");
    }
    const auto step = even_step(cron.hours, 24);
    if (step == 0 || minutes.size() != 1) return {};
    const auto hours = count_of(step, "hour");
    return minutes[0] == 0 ? hours : fmt::format("{} at minute {}", hours, minutes[0]);
}

/// "02:30 and 14:30", or empty.
std::string times(const Cron& cron) {
    std::vector<std::string> items;
    for (const auto hour : values_of(cron.hours)) {
        for (const auto minute : values_of(cron.minutes)) {
            if (items.size() == items_max) return {};
            items.push_back(fmt::format("{:02}:{:02}", hour, minute));
        }
    }
    return listed(std::move(items));
}

std::string weekday_text(std::uint64_t weekdays) {
    constexpr std::array names{"Sundays",   "Mondays", "Tuesdays", "Wednesdays",
                               "Thursdays", "Fridays", "Saturdays"};
    if (weekdays == monday_to_friday) return "Monday to Friday";
    if (weekdays == saturday_and_sunday) return "Saturdays and Sundays";
    std::vector<std::string> items;
    for (const auto day : values_of(weekdays)) items.emplace_back(names[day]);
    return items.size() > items_max ? "" : listed(std::move(items));
}

std::string date_text(const Cron& cron) {
    constexpr std::array names{"January",   "February", "March",    "April",
                               "May",       "June",     "July",     "August",
                               "September", "October",  "November", "December"};
    const auto days = values_of(cron.days);
    std::vector<std::string> items;
    for (const auto day : days) items.push_back("the " + ordinal(day));
    if (cron.last_day) items.emplace_back("the last day");
    if (items.size() > items_max) return {};
    if (cron.months == all_months) return fmt::format("on {} of every month", listed(items));
    const auto months = values_of(cron.months);
    if (months.size() != 1 || items.size() != 1) return {};
    return fmt::format("every year on {} of {}", items[0], names[months[0] - 1]);
}

/// "every day", "Mondays and Thursdays", "on the 1st of every month", or empty.
std::string day_text(const Cron& cron) {
    if (cron.days_limited && cron.weekdays_limited) return {};
    const bool any_date = cron.days == all_days, any_weekday = cron.weekdays == all_weekdays;
    if (any_date && any_weekday && cron.months == all_months) return "every day";
    if (any_date && cron.months == all_months) return weekday_text(cron.weekdays);
    return any_weekday && !any_date ? date_text(cron) : std::string{};
}

}  // namespace

std::string Cron::describe() const {
    const auto on_days = day_text(*this);
    if (on_days.empty()) return {};
    const auto often = distance(*this);
    if (!often.empty()) return on_days == "every day" ? often : often + ", " + on_days;
    const auto at = times(*this);
    return at.empty() ? "" : on_days + " at " + at;
}

}  // namespace ds::policy
