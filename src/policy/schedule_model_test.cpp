#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "policy/schedule.hpp"
#include "policy/testing/times.hpp"

/// Schedules against a model that looks at every minute.
namespace ds::policy {
namespace {

using namespace std::chrono_literals;
namespace chrono = std::chrono;

struct Field {
    std::string text;
    std::set<unsigned> values;
    bool star = false;
};

struct Line {
    Field minute, hour, day, month, weekday;
    std::string text() const {
        return fmt::format("{} {} {} {} {}", minute.text, hour.text, day.text, month.text,
                           weekday.text);
    }
};

std::set<unsigned> stepped(unsigned first, unsigned last, unsigned step) {
    std::set<unsigned> values;
    for (auto value = first; value <= last; value += step) values.insert(value);
    return values;
}

unsigned number(unsigned first, unsigned last) { return *rc::gen::inRange(first, last + 1); }

Field any_field(unsigned lowest, unsigned highest, unsigned star_highest) {
    const auto a = number(lowest, highest), b = number(lowest, highest), step = number(1, highest);
    const auto first = std::min(a, b), last = std::max(a, b);
    switch (number(0, 4)) {
        case 0: return {std::to_string(a), {a}};
        case 1: return {fmt::format("{},{}", a, b), {a, b}};
        case 2: return {fmt::format("{}-{}/{}", first, last, step), stepped(first, last, step)};
        case 3: return {fmt::format("*/{}", step), stepped(lowest, star_highest, step), true};
        default: return {"*", stepped(lowest, star_highest, 1), true};
    }
}

/// Days are mostly left open: a line that never runs in the days looked at shows nothing.
Line any_line() {
    const auto open = [](const Field& field) {
        return number(0, 3) == 0 ? field : Field{"*", stepped(0, 31, 1), true};
    };
    return {any_field(0, 59, 59), any_field(0, 23, 23), open(any_field(1, 28, 31)),
            open(any_field(1, 12, 12)), open(any_field(0, 6, 6))};
}

bool fits(const Line& line, WallTime wall) {
    const auto day = chrono::floor<chrono::days>(wall);
    const chrono::year_month_day date{day};
    const auto minutes = static_cast<unsigned>(chrono::floor<chrono::minutes>(wall - day).count());
    const bool by_date = line.day.values.contains(static_cast<unsigned>(date.day()));
    const bool by_weekday = line.weekday.values.contains(chrono::weekday{day}.c_encoding());
    return line.minute.values.contains(minutes % 60) && line.hour.values.contains(minutes / 60) &&
           line.month.values.contains(static_cast<unsigned>(date.month())) &&
           (line.day.star || line.weekday.star ? by_date && by_weekday : by_date || by_weekday);
}

/// What the gap that ends at `end` owes, if it does: looks at every minute that it skipped.
std::optional<Instant> owed(const Line& line, const Zone& zone, Instant end) {
    const auto first = zone.wall(end - 1min) + 1min, last = zone.wall(end);
    for (auto wall = first; wall < last; wall += 1min) {
        if (!fits(line, wall)) continue;
        if (!line.hour.star) return end;
        const auto passed = end + (wall - first);
        for (auto when = end; when <= passed; when += 1min) {
            if (fits(line, zone.wall(when))) return {};
        }
        return passed;
    }
    return {};
}

std::vector<TimePoint> model_runs(const Line& line, const Zone& zone, Instant after,
                                  Instant until) {
    std::set<TimePoint> runs;
    for (auto when = after - 25h; when <= until; when += 1min) {
        const auto wall = zone.wall(when);
        const auto showing = zone.showing(wall);
        const bool again = showing.kind == Showing::Kind::twice && when == showing.last;
        if (fits(line, wall) && (line.hour.star || !again)) runs.insert(when);
        if (wall - zone.wall(when - 1min) > 1min) {
            if (const auto run = owed(line, zone, when)) runs.insert(*run);
        }
    }
    return {runs.upper_bound(after), runs.upper_bound(until)};
}

const std::vector<std::string> zones{
    "UTC",          "Europe/Berlin", "America/New_York",  "Australia/Lord_Howe", "Asia/Kolkata",
    "Pacific/Apia", "Africa/Cairo",  "Africa/Casablanca", "America/Havana",      "Asia/Beirut"};

void compare_with_model() {
    const auto line = any_line();
    const auto zone = testing::zone(*rc::gen::elementOf(zones));
    const chrono::sys_days day{chrono::sys_days{chrono::year{2001} / 1 / 1} +
                               chrono::days{number(0, 365 * 36)}};
    // Half of the time from a little before the clocks change.
    const auto change = zone.stretch_at(day).begin;
    const auto near = number(0, 1) == 0 && change > Instant{};
    const auto after = (near ? change - 12h : Instant{day}) + chrono::minutes{number(0, 1500)};
    RC_LOG() << line.text() << " in " << zone.name() << " after " << rfc3339(after) << "\n";

    const auto schedule = Schedule::parse(line.text());
    RC_ASSERT(schedule.has_value());
    const auto until = after + 36h;
    std::vector<TimePoint> runs;
    for (auto run = schedule->next(after, zone); run && *run <= until;
         run = schedule->next(*run, zone))
        runs.push_back(*run);
    RC_ASSERT(runs == model_runs(line, zone, after, until));
}

TEST(ScheduleModel, next_agrees_with_looking_at_every_minute) {
    EXPECT_TRUE(rc::check([] {
        for (int i = 0; i < 10; ++i) compare_with_model();
    }));
}

TEST(ScheduleModel, from_any_moment_the_next_run_is_the_same_until_it_comes) {
    EXPECT_TRUE(rc::check([] {
        const auto schedule = Schedule::parse(any_line().text());
        RC_ASSERT(schedule.has_value());
        const auto zone = testing::zone(*rc::gen::elementOf(zones));
        const auto after = TimePoint{chrono::seconds{number(0, 2'000'000'000)}};
        const auto run = schedule->next(after, zone);
        RC_ASSERT(run.has_value());
        RC_ASSERT(*run > after);
        const auto between = after + (*run - after) / 1000 * number(0, 999);
        RC_ASSERT(schedule->next(between, zone) == run);
        RC_ASSERT(schedule->next(*run - 1ns, zone) == run);
    }));
}

TEST(ScheduleModel, any_text_is_read_or_refused) {
    EXPECT_TRUE(rc::check([] {
        const auto text = *rc::gen::container<std::string>(rc::gen::element(
            '0', '1', '2', '5', '9', '*', '/', '-', ',', ' ', ' ', 'L', '?', '@', 'm', '\n'));
        const auto schedule = Schedule::parse(text);
        if (schedule) RC_ASSERT(schedule->next(TimePoint{}, testing::zone("UTC")).has_value());
    }));
}

}  // namespace
}  // namespace ds::policy
