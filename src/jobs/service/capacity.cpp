#include "jobs/service/capacity.hpp"

#include <fmt/format.h>

namespace ds::jobs {
namespace {

constexpr int told_percent = 90;
constexpr int over_percent = 85;

/// A store with a cap, and what lies in it.
struct Use {
    std::string organization, id, name;
    std::uint64_t bytes_max = 0;
    std::uint64_t stored_bytes = 0;
    bool told = false;

    double percent() const {
        return 100.0 * static_cast<double>(stored_bytes) / static_cast<double>(bytes_max);
    }
};

Result<std::vector<Use>> read_uses(catalog::Session& session) {
    DS_TRY(const auto rows,
           session.run("SELECT s.organization, s.id, s.name, s.bytes_max, s.nearly_full, (SELECT "
                       "coalesce(sum(c.stored_bytes), 0) FROM copies c WHERE c.organization = "
                       "s.organization AND c.store = s.id AND c.state IN ('complete', "
                       "'condemned')) FROM stores s WHERE s.bytes_max > 0 AND s.paused = 0"));
    std::vector<Use> uses;
    for (const auto& row : rows) {
        uses.push_back({sql::text_of(row.at(0)), sql::text_of(row.at(1)), sql::text_of(row.at(2)),
                        static_cast<std::uint64_t>(sql::number_of(row.at(3))),
                        static_cast<std::uint64_t>(sql::number_of(row.at(5))),
                        sql::number_of(row.at(4)) != 0});
    }
    return uses;
}

/// True for whoever was first. Beside the version that people's changes are held against.
Result<bool> turn(catalog::Session& session, const Use& use, bool told) {
    DS_TRY([[maybe_unused]] const auto turned,
           session.run("UPDATE stores SET nearly_full = ? WHERE organization = ? AND id = ? AND "
                       "nearly_full = ?",
                       {std::int64_t{told}, use.organization, use.id, std::int64_t{!told}}));
    return session.changed() == 1;
}

model::Event event_of(const Use& use) {
    auto event = model::event_of("store.nearly_full", use.organization, use.name,
                                 fmt::format("Store {} is nearly full", use.name));
    event.text = fmt::format("{} of {} are used ({:.0f} %).", human_bytes(use.stored_bytes),
                             human_bytes(use.bytes_max), use.percent());
    event.fields = {{"store", use.name},
                    {"used", human_bytes(use.stored_bytes)},
                    {"cap", human_bytes(use.bytes_max)},
                    {"what to do", "Raise bytes_max, or let retention keep less."}};
    return event;
}

}  // namespace

Result<std::size_t> watch_capacity(const Office& office, Events& events) {
    DS_TRY(const auto uses, office.catalog.read(read_uses));
    std::size_t told = 0;
    for (const auto& use : uses) {
        const bool full = use.percent() >= told_percent;
        const bool changes = full ? !use.told : use.told && use.percent() < over_percent;
        if (!changes) continue;
        DS_DO(office.catalog.write([&](catalog::Session& session) -> Status {
            DS_TRY(const bool first, turn(session, use, full));
            if (!first || !full) return {};
            ++told;
            return events.raise(session, event_of(use));
        }));
    }
    return told;
}

}  // namespace ds::jobs
