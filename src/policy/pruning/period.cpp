#include "policy/pruning/period.hpp"

#include <fmt/format.h>

namespace ds::policy {
namespace {

namespace chrono = std::chrono;

std::string week_name(chrono::local_days day) {
    // A week belongs to the year that its Thursday lies in.
    const auto monday = day - (chrono::weekday{day} - chrono::Monday);
    const auto thursday = monday + chrono::days{3};
    const auto year = chrono::year_month_day{thursday}.year();
    const auto new_year = chrono::local_days{year / chrono::January / 1};
    return fmt::format("{:04}-W{:02}", static_cast<int>(year),
                       (thursday - new_year).count() / 7 + 1);
}

}  // namespace

std::string period_name(Period period, WallTime when) {
    const auto day = chrono::floor<chrono::days>(when);
    const chrono::year_month_day date{day};
    const auto year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month());
    switch (period) {
        case Period::day:
            return fmt::format("{:04}-{:02}-{:02}", year, month, static_cast<unsigned>(date.day()));
        case Period::week: return week_name(day);
        case Period::month: return fmt::format("{:04}-{:02}", year, month);
        case Period::year: return fmt::format("{:04}", year);
    }
    return {};
}

}  // namespace ds::policy
