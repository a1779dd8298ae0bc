#include "engines/postgres/facts/globals.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/tools/tool_error.hpp"
#include "sys/process.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t globals_bytes_max = 64 * MiB;

// The settings whose stored value is a list of quoted names: PostgreSQL
// src/bin/pg_dump/dumputils.c, variable_is_guc_list_quote().
constexpr std::array list_settings{"local_preload_libraries",   "search_path",
                                   "session_preload_libraries", "shared_preload_libraries",
                                   "temp_tablespaces",          "unix_socket_directories"};

bool is_list(const std::string& name) {
    const auto wanted = lower(name);
    return std::any_of(list_settings.begin(), list_settings.end(),
                       [&](const char* item) { return wanted == item; });
}

// `"$user", public` → '$user', 'public'.
std::string list_values(std::string_view stored) {
    std::vector<std::string> values;
    std::string item;
    bool quoted = false, any = false;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const char c = stored[i];
        if (c == '"' && quoted && i + 1 < stored.size() && stored[i + 1] == '"') {
            item += stored[++i];
        } else if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == ',' && !quoted) {
            values.push_back(quoted_text(item));
            item.clear();
            any = false;
        } else if (c != ' ' || quoted) {
            item += c;
        }
    }
    if (any || !item.empty() || values.empty()) values.push_back(quoted_text(item));
    return join(values, ", ");
}

}  // namespace

std::string settings_sql(const std::string& database, const std::vector<SettingFacts>& settings) {
    std::string sql;
    for (const auto& setting : settings) {
        const auto in = "DATABASE " + quoted_name(database);
        const auto whom =
            setting.role ? fmt::format("ROLE {} IN {}", quoted_name(*setting.role), in) : in;
        // A dotted name is two identifiers.
        std::vector<std::string> name;
        for (const auto& part : split(setting.name, '.')) name.push_back(quoted_name(part));
        sql += fmt::format(
            "ALTER {} SET {} TO {};\n", whom, join(name, "."),
            is_list(setting.name) ? list_values(setting.value) : quoted_text(setting.value));
    }
    return sql;
}

Result<Globals> read_globals(Connection& connection, const Tool& pg_dumpall, const Facts& facts,
                             const std::stop_token& stop) {
    Globals globals;
    DS_TRY(const auto access, connection.client_access());
    sys::Command command;
    command.arguments = {pg_dumpall.path.string(), "--globals-only", "--no-password",
                         "--database=dbname=" + quoted_conninfo(connection.database())};
    DS_TRY(const auto passwords,
           connection.value("SELECT has_table_privilege('pg_authid', 'SELECT')"));
    if (passwords != "t") {
        command.arguments.emplace_back("--no-role-passwords");
        globals.notes.push_back(fmt::format(
            "globals are without role passwords: only a superuser may read them, and '{}' is none",
            printable(connection.user())));
    }
    command.environment = sys::clean_environment();
    for (const auto& [name, value] : access.environment) command.environment[name] = value;
    command.keep_open = access.keep_open();
    DS_TRY(auto done, sys::run_command(command, globals_bytes_max, stop));
    if (!done.exit.ok()) return tool_error("pg_dumpall", done.exit, done.errors);
    if (done.output.find("PostgreSQL database cluster dump complete") == std::string::npos) {
        return fail(Code::corrupt, "pg_dumpall said that it succeeded, but its output has no end");
    }
    globals.sql = std::move(done.output);
    if (const auto settings = settings_sql(facts.database, facts.settings); !settings.empty()) {
        globals.sql += "\n--\n-- Settings of the database\n--\n\n" + settings;
    }
    return globals;
}

}  // namespace ds::engines::postgres
