#include "policy/zone.hpp"

#include <gtest/gtest.h>

#include "policy/testing/times.hpp"

namespace ds::policy {
namespace {

using namespace std::chrono_literals;
using testing::at;
using testing::zone;

WallTime wall(int year, unsigned month, unsigned day, std::chrono::seconds time) {
    return WallTime{std::chrono::local_days{std::chrono::year{year} / static_cast<int>(month) /
                                            static_cast<int>(day)}} +
           time;
}

TEST(Zone, is_found_by_its_iana_name) {
    for (const auto* name : {"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
        EXPECT_EQ(zone(name).name(), name);
}

TEST(Zone, an_unknown_name_is_refused_with_a_hint) {
    for (const std::string name :
         {"", "Europe/Berlinn", "../../etc/passwd", "/etc/passwd", "CEST+2", "europe/berlin",
          "Europe", "zone.tab", "tzdata.zi", "leapseconds"}) {
        const auto found = Zone::find(name);
        ASSERT_FALSE(found) << name;
        EXPECT_EQ(found.error().code(), Code::invalid);
        EXPECT_NE(found.error().hint().find("Europe/Berlin"), std::string::npos);
    }
    EXPECT_FALSE(Zone::find(std::string(64, 'a')));
    EXPECT_FALSE(Zone::find(std::string(65, 'a')));
}

TEST(Zone, shows_wall_time_at_any_moment) {
    EXPECT_EQ(zone("UTC").wall(at("2026-07-01T12:00Z")), wall(2026, 7, 1, 12h));
    EXPECT_EQ(zone("Europe/Berlin").wall(at("2026-07-01T12:00Z")), wall(2026, 7, 1, 14h));
    EXPECT_EQ(zone("Asia/Kolkata").wall(at("2026-07-01T12:00Z")), wall(2026, 7, 1, 17h + 30min));
}

TEST(Zone, knows_the_times_that_a_gap_skips) {
    const auto showing = zone("Europe/Berlin").showing(wall(2026, 3, 29, 2h + 30min));
    EXPECT_EQ(showing.kind, Showing::Kind::never);
    EXPECT_EQ(showing.first, at("2026-03-29T01:00Z"));
}

TEST(Zone, knows_the_times_that_come_twice) {
    const auto showing = zone("Europe/Berlin").showing(wall(2026, 10, 25, 2h + 30min));
    EXPECT_EQ(showing.kind, Showing::Kind::twice);
    EXPECT_EQ(showing.first, at("2026-10-25T00:30Z"));
    EXPECT_EQ(showing.last, at("2026-10-25T01:30Z"));
}

TEST(Zone, most_times_come_once) {
    for (const auto* name : {"UTC", "Europe/Berlin"}) {
        const auto showing = zone(name).showing(wall(2026, 3, 29, 12h));
        EXPECT_EQ(showing.kind, Showing::Kind::once);
        EXPECT_EQ(zone(name).wall(showing.first), wall(2026, 3, 29, 12h));
    }
}

TEST(Zone, its_stretches_meet) {
    const auto berlin = zone("Europe/Berlin");
    const auto winter =
        berlin.stretch_at(std::chrono::floor<std::chrono::seconds>(at("2026-11-23T00:00Z")));
    EXPECT_EQ(winter.offset, 1h);
    EXPECT_EQ(winter.begin, at("2026-10-25T01:00Z"));
    EXPECT_EQ(winter.end, at("2027-03-28T01:00Z"));
    EXPECT_EQ(berlin.stretch_at(winter.end).offset, 2h);
    EXPECT_EQ(berlin.stretch_at(winter.begin - 1s).end, winter.begin);
}

}  // namespace
}  // namespace ds::policy
