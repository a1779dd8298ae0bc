#include <fmt/format.h>

#include "cli/credentials.hpp"

namespace ds::cli {
namespace {

/// The rows of a list that has no pages.
json::bj::array items_of(const json::Value& answer) {
    const auto* object = answer.if_object();
    const auto* items = object == nullptr ? nullptr : object->if_contains("items");
    return items != nullptr && items->is_array() ? items->get_array() : json::bj::array{};
}

struct ProtectedRow {
    std::string name, server, protection, reason, last_good, last_proof;
    std::uint64_t backups = 0, stored_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(ProtectedRow, (),
                      (name, server, protection, reason, last_good, last_proof, backups,
                       stored_bytes))

Status list_databases(const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto answer, remote->get("protection"));
    const auto rows = items_of(answer);
    DS_TRY(const auto databases, rows_as<ProtectedRow>(rows));
    DS_TRY(const auto servers, remote->names("servers"));
    console.result(json::bj::object{{"databases", rows}});
    if (databases.empty()) {
        console.line("no databases");
        return {};
    }
    std::vector<std::vector<std::string>> table{
        {"NAME", "SERVER", "PROTECTION", "LAST GOOD", "PROVEN", "BACKUPS", "STORED", "WHY"}};
    for (const auto& one : databases) {
        const auto or_never = [](const std::string& when) { return when.empty() ? "never" : when; };
        table.push_back({printable(one.name, 60), servers.of(one.server), one.protection,
                         or_never(one.last_good), or_never(one.last_proof),
                         human_count(one.backups), human_bytes(one.stored_bytes),
                         printable(one.reason, 200)});
    }
    console.table(table, {false, false, false, false, false, true, true, false});
    return {};
}

}  // namespace

ExitStatus database_list(const Session& session) {
    return session.end_with(list_databases(session));
}

}  // namespace ds::cli
