#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/rows.hpp"
#include "model/summary.hpp"

// Servers and stores as the server knows them.
namespace ds::cli {
namespace {

struct ServerRow {
    std::string id, name, url;
    std::uint64_t runs_max = 0;
    std::map<std::string, std::string> labels;
};
BOOST_DESCRIBE_STRUCT(ServerRow, (), (id, name, url, runs_max, labels))

struct StoreRow {
    std::string id, name, url;
    std::uint64_t bytes_max = 0;
    bool paused = false;
    std::map<std::string, std::string> labels;
};
BOOST_DESCRIBE_STRUCT(StoreRow, (), (id, name, url, bytes_max, paused, labels))

struct ProbeAnswer {
    std::vector<model::Check> checks;
    std::string role_sql;  // of servers
};
BOOST_DESCRIBE_STRUCT(ProbeAnswer, (), (checks, role_sql))

std::string labels_text(const std::map<std::string, std::string>& labels) {
    std::vector<std::string> words;
    for (const auto& [name, value] : labels) words.push_back(name + ":" + value);
    return printable(join(words, " "), 100);
}

net::Fields filter_of(const RowsOptions& options) {
    net::Fields query{{"sort", "name"}};
    for (const auto& label : options.labels) query.emplace_back("label", label);
    if (!options.search.empty()) query.emplace_back("q", options.search);
    return query;
}

Status list_servers(const RowsOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto rows, remote->list("servers", filter_of(options), options.rows_max));
    DS_TRY(const auto servers, rows_as<ServerRow>(rows.items));
    Table table{{{"NAME", "URL", "RUNS", "LABELS"}}, {false, false, true, false}};
    for (const auto& one : servers)
        table.rows.push_back({printable(one.name, 60), printable(one.url, 100),
                              std::to_string(one.runs_max), labels_text(one.labels)});
    tell_rows(session.console, options.format, "servers", rows, table);
    return {};
}

Status list_stores(const RowsOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto rows, remote->list("stores", filter_of(options), options.rows_max));
    DS_TRY(const auto stores, rows_as<StoreRow>(rows.items));
    Table table{{{"NAME", "URL", "CAP", "STATE", "LABELS"}}, {false, false, true, false, false}};
    for (const auto& one : stores)
        table.rows.push_back({printable(one.name, 60), printable(one.url, 100),
                              one.bytes_max == 0 ? "none" : human_bytes(one.bytes_max),
                              one.paused ? "paused" : "in use", labels_text(one.labels)});
    tell_rows(session.console, options.format, "stores", rows, table);
    return {};
}

/// Asks the server to try it, and tells each check; false when one is not good.
Result<bool> test_one(std::string_view list, const NamedOptions& options, const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto row, remote->find(std::string{list}, options.name));
    const auto path = fmt::format("{}/{}/test", list, text_in(row, "id"));
    DS_TRY(auto answer, remote->post(path));
    auto& object = answer.as_object();
    if (!object.contains("role_sql")) object["role_sql"] = "";
    DS_TRY(const auto probe, row_as<ProbeAnswer>(answer));
    bool all = true;
    for (const auto& check : probe.checks) {
        all = all && check.ok;
        console.line(fmt::format("{} {}{}", console.tick(check.ok), printable(check.name, 100),
                                 check.detail.empty() ? "" : ": " + printable(check.detail, 1000)));
    }
    console.result(json::bj::object{{"ok", all}, {"checks", object.at("checks")}});
    return all;
}

ExitStatus tested(std::string_view list, const NamedOptions& options, const Session& session) {
    const auto good = test_one(list, options, session);
    if (!good) return session.console.error(good.error());
    return *good ? ExitStatus::done : ExitStatus::failed;
}

Status tell_role_sql(const NamedOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto row, remote->find("servers", options.name));
    json::bj::object question;
    if (!options.database.empty()) question["database"] = options.database;
    DS_TRY(const auto answer,
           remote->post("servers/" + text_in(row, "id") + "/role-sql", question));
    // Statements have lines of their own; everything else is made safe line by line.
    const auto* object = answer.if_object();
    const auto* sql = object == nullptr ? nullptr : object->if_contains("sql");
    if (sql == nullptr || !sql->is_string()) return fail(Code::failed, "the server gives no SQL");
    session.console.result(json::bj::object{{"sql", *sql}});
    for (const auto& line : split(std::string_view{sql->get_string()}, '\n'))
        session.console.line(printable(line, 1000));
    return {};
}

}  // namespace

ExitStatus server_list(const RowsOptions& options, const Session& session) {
    return session.end_with(list_servers(options, session));
}

ExitStatus server_test(const NamedOptions& options, const Session& session) {
    return tested("servers", options, session);
}

ExitStatus server_role_sql(const NamedOptions& options, const Session& session) {
    return session.end_with(tell_role_sql(options, session));
}

ExitStatus store_list(const RowsOptions& options, const Session& session) {
    return session.end_with(list_stores(options, session));
}

ExitStatus store_test(const NamedOptions& options, const Session& session) {
    return tested("stores", options, session);
}

}  // namespace ds::cli
