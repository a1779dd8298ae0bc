#include "api/days.hpp"

#include "policy/zone.hpp"

namespace ds::api {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr days usual{29};  // before the last one

Result<local_days> read_day(const std::string& text, std::string_view field) {
    const auto at = from_rfc3339(text + "T00:00:00Z");
    if (!at)
        return fail(Code::invalid, fmt::format("{}: not a day", field),
                    "A day is written like 2026-11-23.");
    return local_days{std::chrono::floor<days>(*at).time_since_epoch()};
}

std::string text_of(local_days day) {
    return rfc3339(std::chrono::sys_days{day.time_since_epoch()}).substr(0, 10);
}

}  // namespace

Result<std::vector<Day>> read_days(const Call& call, const std::string& zone, catalog::Time now) {
    const auto named = call.option("zone");
    const auto found = policy::Zone::find(named.empty() ? zone : named);
    if (!found)
        return fail(Code::invalid, "zone: " + found.error().message(), found.error().hint());
    auto last = std::chrono::floor<days>(found->wall(now));
    if (const auto to = call.option("to"); !to.empty()) {
        DS_TRY(last, read_day(to, "to"));
    }
    auto first = last - usual;
    if (const auto from = call.option("from"); !from.empty()) {
        DS_TRY(first, read_day(from, "from"));
    }
    if (first > last) return fail(Code::invalid, "from: is after `to`");
    if (last - first >= days{days_max})
        return fail(Code::invalid, fmt::format("from: more than {} days", days_max));
    const auto begins = [&](local_days day) { return rfc3339(found->showing(day).first); };
    std::vector<Day> all;
    for (auto day = first; day <= last; day += days{1})
        all.push_back({text_of(day), begins(day), begins(day + days{1})});
    return all;
}

std::vector<Option> day_options() {
    return {{"from", "The first day, 2026-11-01; 30 days unless given"},
            {"to", "The last day; today unless given"},
            {"zone", "Whose days these are: Europe/Berlin; that of the settings unless given"}};
}

std::string with_days(const std::vector<Day>& days) {
    std::vector<std::string> rows;
    for (std::size_t at = 0; at < days.size(); ++at)
        rows.push_back(fmt::format("({}, '{}', '{}')", at, days[at].begins, days[at].ends));
    return "WITH days(at, begins, ends) AS (VALUES " + join(rows, ", ") + ") ";
}

}  // namespace ds::api
