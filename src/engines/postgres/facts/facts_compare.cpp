#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/facts/facts.hpp"

namespace ds::engines::postgres {
namespace {

using model::Check;

// A check names this many differences and counts the rest.
constexpr std::size_t named_max = 20;

class Differences {
public:
    explicit Differences(std::string name) { check_.name = std::move(name); }
    void compared(std::uint64_t count = 1) { check_.compared += count; }
    void add(std::string difference) {
        if (++count_ <= named_max) named_.push_back(printable(difference));
    }
    template <class T>
    void expect(std::string_view what, const T& expected, const T& actual) {
        compared();
        if (expected != actual) add(fmt::format("{} is {} instead of {}", what, actual, expected));
    }
    Check finish() {
        check_.ok = count_ == 0;
        check_.detail = join(named_, "; ");
        if (count_ > named_max) check_.detail += fmt::format("; and {} more", count_ - named_max);
        return std::move(check_);
    }

private:
    Check check_;
    std::size_t count_ = 0;
    std::vector<std::string> named_;
};

template <class T>
std::map<std::string, const T*> by_name(const std::vector<T>& items) {
    std::map<std::string, const T*> all;
    for (const auto& item : items) all[qualified(item.schema, item.name)] = &item;
    return all;
}

bool has_dumped_rows(const TableFacts& table) { return table.kind != "materialized view"; }

Check compare_counts(const Facts& expected, const Facts& actual) {
    Differences differences{"row counts"};
    const auto there = by_name(actual.tables);
    for (const auto& table : expected.tables) {
        if (!has_dumped_rows(table)) continue;
        differences.compared();
        const auto name = qualified(table.schema, table.name);
        const auto found = there.find(name);
        if (found == there.end()) {
            differences.add(name + " is missing");
        } else if (found->second->rows != table.rows) {
            differences.add(
                fmt::format("{} has {} rows instead of {}", name, found->second->rows, table.rows));
        }
    }
    return differences.finish();
}

Check compare_contents(const Facts& expected, const Facts& actual) {
    Differences differences{"row contents"};
    const auto there = by_name(actual.tables);
    for (const auto& table : expected.tables) {
        const auto name = qualified(table.schema, table.name);
        const auto found = there.find(name);
        if (table.content.empty() || found == there.end() || found->second->content.empty())
            continue;
        differences.compared();
        if (found->second->content != table.content) differences.add(name + " has other rows");
    }
    return differences.finish();
}

// Values may have been drawn between the dump's reading and ours, so it may be ahead.
bool is_behind(const SequenceFacts& expected, const SequenceFacts& actual) {
    if (expected.cycles) return false;
    const auto forward = expected.increment > 0;
    if (actual.last_value != expected.last_value) {
        return forward == (actual.last_value < expected.last_value);
    }
    return expected.is_called && !actual.is_called;
}

Check compare_sequences(const Facts& expected, const Facts& actual) {
    Differences differences{"sequences"};
    const auto there = by_name(actual.sequences);
    for (const auto& sequence : expected.sequences) {
        differences.compared();
        const auto name = qualified(sequence.schema, sequence.name);
        const auto found = there.find(name);
        if (found == there.end()) {
            differences.add(name + " is missing");
        } else if (is_behind(sequence, *found->second)) {
            differences.add(fmt::format("{} is at {}, behind {}", name, found->second->last_value,
                                        sequence.last_value));
        }
    }
    return differences.finish();
}

Check compare_extensions(const Facts& expected, const Facts& actual) {
    Differences differences{"extensions"};
    std::set<std::string> there;
    for (const auto& extension : actual.extensions) there.insert(extension.name);
    for (const auto& extension : expected.extensions) {
        differences.compared();
        // The version is the server's: a dump does not name it.
        if (!there.contains(extension.name)) differences.add(extension.name + " is missing");
    }
    return differences.finish();
}

bool is_about_people(const ObjectMark& mark) {
    return mark.kind == "owner" || mark.kind == "grant" || mark.kind == "default privileges" ||
           mark.kind == "policy" || mark.kind == "user mapping";
}

// Both lists are sorted; objects may share kind and identity, so sets of (kind, identity, hash) are
// compared.
Check compare_objects(std::string name, const Facts& expected, const Facts& actual, bool people) {
    Differences differences{std::move(name)};
    using Key = std::pair<std::string, std::string>;
    std::map<Key, std::multiset<std::string>> there;
    for (const auto& mark : actual.objects) {
        if (is_about_people(mark) == people) there[{mark.kind, mark.identity}].insert(mark.hash);
    }
    for (const auto& mark : expected.objects) {
        if (is_about_people(mark) != people) continue;
        differences.compared();
        const auto label = mark.kind + " " + mark.identity;
        const auto found = there.find({mark.kind, mark.identity});
        if (found == there.end()) {
            differences.add(label + " is missing");
        } else if (const auto same = found->second.find(mark.hash); same == found->second.end()) {
            differences.add(label + " is defined differently");
            there.erase(found);
        } else {
            found->second.erase(same);
            if (found->second.empty()) there.erase(found);
        }
    }
    for (const auto& [key, hashes] : there)
        differences.add(key.first + " " + key.second + " was not in the backup");
    return differences.finish();
}

std::string setting_key(const SettingFacts& setting) {
    return setting.role ? fmt::format("{} for {}", setting.name, *setting.role) : setting.name;
}

Check compare_database(const Facts& expected, const Facts& actual) {
    Differences differences{"database"};
    differences.expect("encoding", expected.encoding, actual.encoding);
    differences.expect("collation", expected.collate, actual.collate);
    differences.expect("character type", expected.ctype, actual.ctype);
    differences.expect("locale provider", expected.locale_provider, actual.locale_provider);
    differences.expect("locale", expected.locale.value_or(""), actual.locale.value_or(""));
    std::map<std::string, std::string> settings;
    for (const auto& setting : actual.settings) settings[setting_key(setting)] = setting.value;
    for (const auto& setting : expected.settings) {
        differences.expect("setting " + setting_key(setting), setting.value,
                           settings[setting_key(setting)]);
    }
    return differences.finish();
}

Check compare_large_objects(const Facts& expected, const Facts& actual) {
    Differences differences{"large objects"};
    differences.expect("their number", expected.large_objects, actual.large_objects);
    differences.compared(expected.large_objects);
    return differences.finish();
}

}  // namespace

std::vector<Check> compare_facts(const Facts& expected, const Facts& actual) {
    return {compare_counts(expected, actual),
            compare_contents(expected, actual),
            compare_large_objects(expected, actual),
            compare_sequences(expected, actual),
            compare_extensions(expected, actual),
            compare_objects("schema", expected, actual, false),
            compare_objects("owners and grants", expected, actual, true),
            compare_database(expected, actual)};
}

}  // namespace ds::engines::postgres
