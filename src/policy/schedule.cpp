#include "policy/schedule.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "policy/cron/next_run.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
namespace chrono = std::chrono;

/// The last moment whose nanoseconds a TimePoint can count is in April of the year after.
constexpr Instant end_of_time{chrono::sys_days{chrono::year{2262} / 1 / 1}};
constexpr chrono::seconds every_min = 1min;
constexpr chrono::seconds every_max = chrono::days{366};

struct Descriptor {
    std::string_view word;
    std::string_view cron;
};
constexpr std::array descriptors{
    Descriptor{"@hourly", "0 * * * *"},   Descriptor{"@daily", "0 0 * * *"},
    Descriptor{"@midnight", "0 0 * * *"}, Descriptor{"@weekly", "0 0 * * 0"},
    Descriptor{"@monthly", "0 0 1 * *"},  Descriptor{"@yearly", "0 0 1 1 *"},
    Descriptor{"@annually", "0 0 1 1 *"},
};

Error wrong_every(std::string_view text) {
    return fail(Code::invalid,
                fmt::format("'{}' is not a distance of 1m to 366d", printable(text, 40)),
                "Write it as in @every 6h, @every 90m, @every 1d12h; units are m, h, d and w.");
}

chrono::seconds unit_of(char letter) {
    switch (letter) {
        case 'm': return 1min;
        case 'h': return 1h;
        case 'd': return chrono::days{1};
        case 'w': return chrono::weeks{1};
        default: return {};
    }
}

/// "6h", "1d12h".
Result<chrono::seconds> parse_every(std::string_view text) {
    chrono::seconds sum{};
    for (auto rest = text; !rest.empty();) {
        const auto digits = rest.find_first_not_of("0123456789");
        if (digits == std::string_view::npos) return wrong_every(text);
        const auto count = parse_unsigned(rest.substr(0, digits), "the distance");
        const auto unit = unit_of(rest[digits]);
        if (!count || unit == 0s || *count > static_cast<std::uint64_t>(every_max / unit))
            return wrong_every(text);
        sum += unit * static_cast<int>(*count);
        if (sum > every_max) return wrong_every(text);
        rest.remove_prefix(digits + 1);
    }
    if (sum < every_min) return wrong_every(text);
    return sum;
}

Result<Cron> parse_descriptor(std::string_view word) {
    const auto known = std::find_if(descriptors.begin(), descriptors.end(),
                                    [&](const auto& item) { return item.word == word; });
    if (known != descriptors.end()) return Cron::parse(known->cron);
    return fail(Code::invalid, fmt::format("there is no schedule '{}'", printable(word, 40)),
                "Known are @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually and "
                "@every 6h.");
}

std::optional<Instant> next_multiple(chrono::seconds distance, Instant after) {
    const auto next = (after.time_since_epoch() / distance + 1) * distance;
    const Instant run{next};
    // Division rounds towards 1970, which is upwards before it.
    const auto before = run - distance > after ? run - distance : run;
    return before < end_of_time ? std::optional{before} : std::nullopt;
}

std::string describe_every(chrono::seconds distance) {
    const auto say = [](auto count, std::string_view unit) {
        return count == 1 ? fmt::format("every {}", unit)
                          : fmt::format("every {} {}s", count, unit);
    };
    if (distance % chrono::days{1} == 0s) return say(distance / chrono::days{1}, "day");
    return distance % 1h == 0s ? say(distance / 1h, "hour") : say(distance / 1min, "minute");
}

}  // namespace

Result<Schedule> Schedule::parse(std::string_view text) {
    const auto line = trimmed(text);
    if (line.size() > text_bytes_max)
        return fail(Code::invalid,
                    fmt::format("a schedule has at most {} letters", text_bytes_max));
    const auto word = lower(line);
    if (word.starts_with("@every")) {
        DS_TRY(const auto distance, parse_every(trimmed(std::string_view{word}.substr(6))));
        return Schedule{std::string{line}, distance};
    }
    DS_TRY(const auto cron, word.starts_with('@') ? parse_descriptor(word) : Cron::parse(word));
    return Schedule{std::string{line}, cron};
}

std::optional<TimePoint> Schedule::next(TimePoint after, const Zone& zone) const {
    const auto second = chrono::floor<chrono::seconds>(after);
    const auto* distance = std::get_if<chrono::seconds>(&rhythm_);
    const auto run = distance != nullptr
                         ? next_multiple(*distance, second)
                         : next_run(std::get<Cron>(rhythm_), zone, second + 1s, end_of_time);
    return run ? std::optional<TimePoint>{*run} : std::nullopt;
}

std::vector<TimePoint> Schedule::upcoming(TimePoint after, const Zone& zone,
                                          std::size_t count) const {
    std::vector<TimePoint> runs;
    while (runs.size() < std::min(count, upcoming_max)) {
        const auto run = next(after, zone);
        if (!run) break;
        runs.push_back(*run);
        after = *run;
    }
    return runs;
}

std::string Schedule::describe() const {
    if (const auto* distance = std::get_if<chrono::seconds>(&rhythm_))
        return describe_every(*distance);
    const auto english = std::get<Cron>(rhythm_).describe();
    return english.empty() ? text_ : english;
}

}  // namespace ds::policy
