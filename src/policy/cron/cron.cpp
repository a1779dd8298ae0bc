#include "policy/cron/cron.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "policy/cron/field.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
namespace chrono = std::chrono;

constexpr std::array<std::string_view, 12> month_words{"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> weekday_words{"sun", "mon", "tue", "wed",
                                                        "thu", "fri", "sat"};
constexpr FieldKind minute_kind{"minute", 0, 59, {}};
constexpr FieldKind hour_kind{"hour", 0, 23, {}};
constexpr FieldKind day_kind{"day of month", 1, 31, {}, true, true};
constexpr FieldKind month_kind{"month", 1, 12, month_words};
constexpr FieldKind weekday_kind{"day of week", 0, 7, weekday_words, true};

/// 29 February on a given weekday: every 28 years, 40 where 2100 lies between.
constexpr auto search_years_max = chrono::years{41};

bool has(std::uint64_t set, unsigned value) { return (set >> value & 1) != 0; }

Error wrong_count(std::size_t count) {
    return fail(Code::invalid, fmt::format("a schedule has five fields, not {}", count),
                "Write minute, hour, day of month, month and day of week, as in '30 2 * * *'; or "
                "@hourly, @daily, @weekly, @monthly, @yearly, @every 6h. There are no seconds, and "
                "the time zone is set beside the schedule.");
}

bool has_a_date(const Cron& cron) {
    constexpr std::array days_max{31U, 29U, 31U, 30U, 31U, 30U, 31U, 31U, 30U, 31U, 30U, 31U};
    if (cron.last_day || (cron.days_limited && cron.weekdays_limited)) return true;
    for (unsigned month = 1; month <= 12; ++month) {
        const auto earliest = static_cast<unsigned>(std::countr_zero(cron.days));
        if (has(cron.months, month) && earliest <= days_max[month - 1]) return true;
    }
    return false;
}

std::optional<chrono::minutes> first_minute(const Cron& cron, chrono::minutes from) {
    const auto start = static_cast<unsigned>(from.count());
    for (auto hour = start / 60; hour < 24; ++hour) {
        if (!has(cron.hours, hour)) continue;
        const auto skip = hour == start / 60 ? start % 60 : 0;
        const auto left = cron.minutes >> skip << skip;
        if (left != 0)
            return chrono::minutes{hour * 60 + static_cast<unsigned>(std::countr_zero(left))};
    }
    return {};
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text) {
    std::istringstream words{lower(text)};
    std::vector<std::string> fields;
    for (std::string word; words >> word;) fields.push_back(word);
    if (fields.size() != 5) return wrong_count(fields.size());
    DS_TRY(const auto minute, parse_field(fields[0], minute_kind));
    DS_TRY(const auto hour, parse_field(fields[1], hour_kind));
    DS_TRY(const auto day, parse_field(fields[2], day_kind));
    DS_TRY(const auto month, parse_field(fields[3], month_kind));
    DS_TRY(const auto weekday, parse_field(fields[4], weekday_kind));
    Cron cron;
    cron.minutes = minute.values;
    cron.hours = hour.values;
    cron.days = day.values;
    cron.months = month.values;
    cron.weekdays = (weekday.values | weekday.values >> 7) & 0x7f;
    cron.last_day = day.last;
    cron.days_limited = !day.star;
    cron.weekdays_limited = !weekday.star;
    cron.every_hour = hour.star;
    if (!has_a_date(cron))
        return fail(Code::invalid,
                    fmt::format("day of month '{}' does not exist in month '{}'",
                                printable(fields[2], 40), printable(fields[3], 40)),
                    "Use L for the last day of a month.");
    return cron;
}

bool Cron::fits_day(chrono::local_days day) const {
    const chrono::year_month_day date{day};
    if (!has(months, static_cast<unsigned>(date.month()))) return false;
    const auto last = chrono::year_month_day{date.year() / date.month() / chrono::last}.day();
    const bool by_date =
        has(days, static_cast<unsigned>(date.day())) || (last_day && date.day() == last);
    const bool by_weekday = has(weekdays, chrono::weekday{day}.c_encoding());
    return days_limited && weekdays_limited ? by_date || by_weekday : by_date && by_weekday;
}

std::optional<WallTime> Cron::first_from(WallTime from) const {
    const auto start = chrono::ceil<chrono::minutes>(from);
    auto day = chrono::floor<chrono::days>(start);
    auto minute = start - day;
    const auto year_end = chrono::year_month_day{day}.year() + search_years_max;
    while (true) {
        const chrono::year_month_day date{day};
        if (date.year() > year_end) return {};
        if (!has(months, static_cast<unsigned>(date.month()))) {
            day = chrono::local_days{date.year() / date.month() / 1 + chrono::months{1}};
        } else {
            const auto found = fits_day(day) ? first_minute(*this, minute) : std::nullopt;
            if (found) return WallTime{day} + *found;
            day += chrono::days{1};
        }
        minute = 0min;
    }
}

}  // namespace ds::policy
