#include "cli/remote_backups.hpp"

#include <fmt/format.h>

namespace ds::cli {
namespace {

constexpr std::size_t prefix_bytes_min = 3;
constexpr const char* behind_all_names = "~";

Result<json::Value> find_latest(Remote& remote, net::Fields query) {
    query.insert(query.end(),
                 {{"quarantined", "false"}, {"trigger.not", "safety"}, {"sort", "-taken"}});
    DS_TRY(auto rows, remote.list("backups", query, 1));
    if (!rows.items.empty()) return std::move(rows.items[0]);
    return fail(Code::not_found, "there is no good backup of this database",
                "`dumpstation backups list` shows what there is.");
}

/// Nothing when none begins like that.
Result<std::optional<json::Value>> find_beginning(Remote& remote, net::Fields query,
                                                  const std::string& field,
                                                  const std::string& beginning) {
    using Found = std::optional<json::Value>;
    query.emplace_back(field + ".gte", beginning);
    query.emplace_back(field + ".lt", beginning + behind_all_names);
    DS_TRY(auto rows, remote.list("backups", query, 2));
    if (rows.items.empty()) return Found{};
    if (rows.items.size() == 1) return Found{std::move(rows.items[0])};
    return fail(Code::conflict,
                fmt::format("several backups begin with {}: {} and {}", printable(beginning, 100),
                            text_in(rows.items[0], "name"), text_in(rows.items[1], "name")),
                "Type more of its name.");
}

}  // namespace

Result<json::Value> find_backup(Remote& remote, const NamedOptions& options) {
    net::Fields query;
    if (!options.database.empty()) {
        DS_TRY(const auto database, remote.find("databases", options.database));
        query.emplace_back("database", text_in(database, "id"));
    }
    if (options.name == "latest") {
        if (query.empty())
            return fail(Code::invalid, "the latest backup of which database?",
                        "Name it with --database.");
        return find_latest(remote, query);
    }
    auto exact = remote.find("backups", options.name);
    if (exact || exact.error().code() != Code::not_found || options.name.size() < prefix_bytes_min)
        return exact;
    for (const auto* field : {"name", "id"}) {
        DS_TRY(auto found, find_beginning(remote, query, field, options.name));
        if (found) return std::move(*found);
    }
    return exact;
}

}  // namespace ds::cli
