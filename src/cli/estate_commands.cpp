#include "cli/server_commands.hpp"

// Commands about what a server keeps: servers, stores, databases, settings, statistics.
namespace ds::cli {

void ServerCommands::lists_rows(CLI::App* sub) {
    sub->add_option_function<std::string>(
           "--output,-o",
           [this](const std::string& word) {
               common_.json = common_.json || word == "json";
               if (word == "csv") rows_.format = RowsFormat::csv;
               if (word == "jsonl") rows_.format = RowsFormat::jsonl;
               if (word == "id") rows_.format = RowsFormat::id;
           },
           "table, json (one object), jsonl (a line for each), csv or id")
        ->check(CLI::IsMember({"table", "json", "jsonl", "csv", "id"}));
    sub->add_option("--limit", rows_.rows_max, "So many at most")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
}

void ServerCommands::finds_rows(CLI::App* sub) {
    sub->add_option("--label", rows_.labels, "Only with this label: env:prod, or env");
    sub->add_option("--search", rows_.search, "Only with this word in name, notes or labels");
    lists_rows(sub);
}

void ServerCommands::add_estate(CLI::App& app) {
    auto* server = group(app, "server", "See and try the database servers");
    finds_rows(command(*server, "list", "List the database servers", "dumpstation server list",
                       [this](const Session& s) { return server_list(rows_, s); }));
    on_named(*server, "test", "Try whether a server can be backed up", "dumpstation server test db",
             [this](const Session& s) { return server_test(named_, s); });
    auto* sub = on_named(*server, "role-sql", "Print SQL for a role that may only read",
                         "dumpstation server role-sql db --database shop | psql -d shop",
                         [this](const Session& s) { return server_role_sql(named_, s); });
    sub->add_option("--database", named_.database, "The database that the role is to read");

    auto* store = app.get_subcommand("store");
    finds_rows(command(*store, "list", "List the server's stores", "dumpstation store list",
                       [this](const Session& s) { return store_list(rows_, s); }));
    on_named(*store, "test", "Let the server try one of its stores", "dumpstation store test disk",
             [this](const Session& s) { return store_test(named_, s); });

    auto* settings = group(app, "settings", "See and change what the organization has chosen");
    command(*settings, "show", "Show the settings", "dumpstation settings show", settings_show);
    sub = command(*settings, "set", "Change one of them",
                  "dumpstation settings set plan.retention.daily 7",
                  [this](const Session& s) { return settings_set(setting_, s); });
    sub->add_option("NAME", setting_.name, "As `settings show` prints it")->required();
    sub->add_option("VALUE", setting_.value, "A text, a number, true or false")->required();

    sub = command(app, "stats", "What happened, day by day", "dumpstation stats --from 2026-11-01",
                  [this](const Session& s) { return stats(statistics_, s); });
    sub->add_option("--from", statistics_.from, "The first day; 30 days unless given");
    sub->add_option("--to", statistics_.to, "The last day; today unless given");
    sub->add_option("--zone", statistics_.zone, "Whose days: Europe/Berlin");
}

}  // namespace ds::cli
