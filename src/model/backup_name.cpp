#include "model/backup_name.hpp"

#include <array>
#include <string_view>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::model {
namespace {

constexpr std::array<std::string_view, 64> adjectives{
    "amber",  "ample",  "apt",    "awake",  "bold",   "brave",   "bright", "brisk",
    "calm",   "candid", "clear",  "clever", "cosy",   "crisp",   "deft",   "eager",
    "early",  "easy",   "exact",  "fair",   "fine",   "firm",    "fleet",  "fond",
    "frank",  "fresh",  "gentle", "glad",   "golden", "grand",   "handy",  "hardy",
    "honest", "humble", "jolly",  "keen",   "kind",   "lively",  "loyal",  "lucid",
    "mellow", "merry",  "mild",   "neat",   "noble",  "patient", "plain",  "prompt",
    "proud",  "quick",  "quiet",  "ready",  "robust", "safe",    "serene", "sharp",
    "silver", "smooth", "solid",  "steady", "sunny",  "swift",   "true",   "warm"};

constexpr std::array<std::string_view, 64> nouns{
    "acorn",  "alder",  "anchor",  "aspen",   "badger",  "beacon",  "beaver", "birch",
    "bison",  "brook",  "cedar",   "cliff",   "clover",  "comet",   "condor", "coral",
    "crane",  "delta",  "dolphin", "eagle",   "elm",     "falcon",  "fern",   "finch",
    "fjord",  "fox",    "garnet",  "glacier", "grove",   "harbor",  "hawk",   "hazel",
    "heron",  "island", "ivy",     "jasper",  "juniper", "kestrel", "lagoon", "lark",
    "linden", "lynx",   "maple",   "marten",  "meadow",  "opal",    "orca",   "osprey",
    "otter",  "owl",    "panda",   "pebble",  "pine",    "plover",  "quartz", "raven",
    "reef",   "river",  "robin",   "seal",    "sparrow", "spruce",  "tern",   "willow"};

}  // namespace

std::string make_backup_name(std::chrono::system_clock::time_point when) {
    const auto stamp = rfc3339(when);  // 2026-11-23T05:17:00Z
    const auto day = stamp.substr(0, 4) + stamp.substr(5, 2) + stamp.substr(8, 2);
    const auto minute = stamp.substr(11, 2) + stamp.substr(14, 2);
    std::string name{adjectives[sys::random_below(adjectives.size())]};
    name += "-" + std::string{nouns[sys::random_below(nouns.size())]};
    return name + "-" + day + "-" + minute;
}

}  // namespace ds::model
