#include "cli/server_commands.hpp"

namespace ds::cli {
ServerCommands::ServerCommands(CLI::App& app, Common& common, Add add)
    : common_{common}, add_{std::move(add)} {
    add_sign_in(app);
    add_plan(app);
    add_run(app);
    add_backups(app);
    add_estate(app);
    add_channel(app);
    add_audit(app);
    add_api(app);
    add_key(app);
}

CLI::App* ServerCommands::group(CLI::App& app, const std::string& name, const std::string& help) {
    auto* sub = app.add_subcommand(name, help);
    sub->require_subcommand(1);
    return sub;
}

CLI::App* ServerCommands::command(CLI::App& parent, const std::string& name,
                                  const std::string& help, const std::string& example,
                                  Action action) {
    auto* sub = add_(parent, name, help, example, std::move(action));
    sub->add_option("--server", common_.server,
                    "URL of the server; without it that of the last login (DUMPSTATION_SERVER)");
    return sub;
}

CLI::App* ServerCommands::on_named(CLI::App& parent, const std::string& name,
                                   const std::string& help, const std::string& example,
                                   Action action) {
    auto* sub = command(parent, name, help, example, std::move(action));
    sub->add_option(parent.get_name() == "run" ? "ID" : "NAME", named_.name,
                    parent.get_name() == "run" ? "The run's id" : "Its name or its id")
        ->required();
    return sub;
}

CLI::App* ServerCommands::on_backup(CLI::App& backups, const std::string& name,
                                    const std::string& help, const std::string& example,
                                    Action action) {
    auto* sub = command(backups, name, help, example, std::move(action));
    sub->add_option("NAME", named_.name, "Its name or id, the beginning of one, or latest")
        ->required();
    sub->add_option("--database", named_.database, "Of this database: name or id");
    return sub;
}

void ServerCommands::may_take_time(CLI::App* sub) {
    sub->add_option("--wait-max", named_.wait.seconds_max,
                    "Seconds to wait; the run goes on after them, and the status is 10");
    sub->add_option("--progress", common_.progress, "auto, plain, json (events on stderr) or none")
        ->check(CLI::IsMember({"auto", "plain", "json", "none"}));
}

void ServerCommands::may_wait(CLI::App* sub) {
    sub->add_flag("--wait,-w", named_.wait.wait,
                  "Show how far it is, and end as it ends: 1 failed, 8 partly, 130 cancelled");
    may_take_time(sub);
}

void ServerCommands::add_sign_in(CLI::App& app) {
    auto* sub = add_(app, "login", "Sign in to a server",
                     "dumpstation login https://backup.example.com:8422 --name admin\n"
                     "\nThe password is typed, or is in DUMPSTATION_PASSWORD or "
                     "DUMPSTATION_PASSWORD_FILE, or is the first\nline of standard input.",
                     [this](const Session& s) { return login(login_, s); });
    sub->add_option("URL", login_.url, "https://host[:port]; `dumpstation serve` prints it")
        ->required();
    sub->add_option("--name", login_.name, "The user's name")->capture_default_str();
    sub->add_option(
        "--setup", login_.setup,
        "The secret of a server without users, or @FILE: makes its first administrator");
    command(app, "logout", "Sign out", "dumpstation logout", logout);
    command(app, "whoami", "Tell who you are to the server, and what you may do",
            "dumpstation whoami", whoami);

    auto* token = group(app, "token", "Make tokens for programs");
    sub = command(*token, "new", "Make a token; it is printed this once",
                  "dumpstation token new ci --scope operate --expires 2027-01-31T00:00:00Z",
                  [this](const Session& s) { return token_new(token_, s); });
    sub->add_option("NAME", token_.name, "What it is for")->required();
    sub->add_option("--scope", token_.scope, "read, operate or administer")
        ->required()
        ->check(CLI::IsMember({"read", "operate", "administer"}));
    sub->add_option("--expires", token_.expires, "2027-01-31T00:00:00Z; without it, never");
    sub->add_option("--from", token_.addresses,
                    "203.0.113.0/24: good from there alone; may be given several times");
}

void ServerCommands::add_plan(CLI::App& app) {
    auto* plan = group(app, "plan", "See, run and pause the server's plans");
    command(*plan, "list", "List the plans", "dumpstation plan list", plan_list);
    on_named(*plan, "show", "Show a plan", "dumpstation plan show nightly",
             [this](const Session& s) { return plan_show(named_, s); });
    may_wait(on_named(*plan, "run", "Back up now what a plan names",
                      "dumpstation plan run nightly --wait",
                      [this](const Session& s) { return plan_run(named_, s); }));
    on_named(*plan, "preview", "Tell what retention would remove now, and why",
             "dumpstation plan preview nightly",
             [this](const Session& s) { return plan_preview(named_, s); });
    on_named(*plan, "pause", "Start nothing of a plan by itself", "dumpstation plan pause nightly",
             [this](const Session& s) { return plan_pause(named_, true, s); });
    on_named(*plan, "resume", "Let a plan go on", "dumpstation plan resume nightly",
             [this](const Session& s) { return plan_pause(named_, false, s); });
}

void ServerCommands::add_key(CLI::App& app) {
    command(*app.get_subcommand("key"), "rotate-master",
            "Give the server a new key for the secrets in its catalog; nothing stops meanwhile",
            "dumpstation key rotate-master", key_rotate_master);
}

void ServerCommands::add_run(CLI::App& app) {
    auto* run = group(app, "run", "See and steer the server's runs");
    auto* sub = command(*run, "list", "List the runs, the newest first",
                        "dumpstation run list --only failed",
                        [this](const Session& s) { return run_list(rows_, s); });
    sub->add_option("--only", rows_.state, "Only runs in this state")
        ->check(CLI::IsMember(
            {"queued", "running", "succeeded", "partly", "failed", "cancelled", "interrupted"}));
    sub->add_option("--database", rows_.database, "Only of this database: name or id");
    lists_rows(sub);
    on_named(*run, "show", "Show a run", "dumpstation run show 01M83Q7HQK0C0FN74JZEQTN08V",
             [this](const Session& s) { return run_show(named_, s); });
    on_named(*run, "log", "Show the log of a run", "dumpstation run log 01M83Q7HQK0C0FN74JZEQTN08V",
             [this](const Session& s) { return run_log(named_, s); });
    on_named(*run, "cancel", "Stop a run; nothing half done is left",
             "dumpstation run cancel 01M83Q7HQK0C0FN74JZEQTN08V",
             [this](const Session& s) { return run_cancel(named_, s); });
    may_wait(on_named(*run, "retry", "Do again what a run was to do",
                      "dumpstation run retry 01M83Q7HQK0C0FN74JZEQTN08V --wait",
                      [this](const Session& s) { return run_retry(named_, s); }));
    sub = on_named(*run, "undo", "Give the database that a restore replaced its place again",
                   "dumpstation run undo 01M83Q7HQK0C0FN74JZEQTN08V --confirm shop --wait",
                   [this](const Session& s) { return run_undo({named_, confirm_}, s); });
    sub->add_option("--confirm", confirm_, "The name of the database, typed")->required();
    may_wait(sub);
    may_take_time(on_named(*run, "watch", "Show how far a run is, and end as it ends",
                           "dumpstation run watch 01M83Q7HQK0C0FN74JZEQTN08V",
                           [this](const Session& s) { return run_watch(named_, s); }));
}

void ServerCommands::add_backups(CLI::App& app) {
    auto* backups = group(app, "backups", "See, prove and keep the server's backups");
    auto* sub = command(*backups, "list", "List the backups, the newest first",
                        "dumpstation backups list --database shop",
                        [this](const Session& s) { return backups_list(rows_, s); });
    sub->add_option("--database", rows_.database, "Only of this database: name or id");
    sub->add_option("--plan", rows_.plan, "Only of this plan: name or id");
    sub->add_option("--since", rows_.since,
                    "Only taken from then on: 2026-11-01, or with T08:00:00Z");
    sub->add_option("--until", rows_.until, "Only taken before then");
    sub->add_flag("--pinned", rows_.pinned, "Only pinned ones");
    finds_rows(sub);
    on_backup(*backups, "show", "Show a backup and its copies",
              "dumpstation backups show loyal-cedar-20261123-0809",
              [this](const Session& s) { return backups_show(named_, s); });
    sub = on_backup(*backups, "verify", "Prove a backup, up to a real restore",
                    "dumpstation backups verify loyal-cedar-20261123-0809 --level 4 --wait",
                    [this](const Session& s) { return backups_verify({named_, level_}, s); });
    sub->add_option("--level,-l", level_,
                    "1 stored intact, 2 structurally valid, 3 restores, 4 equal to the source")
        ->check(CLI::Range(1, 4))
        ->capture_default_str();
    may_wait(sub);
    add_restore(*backups);
    on_backup(*backups, "pin", "Let no rule remove a backup",
              "dumpstation backups pin loyal-cedar-20261123-0809",
              [this](const Session& s) { return backups_pin(named_, true, s); });
    on_backup(*backups, "unpin", "Leave a backup to the rules again",
              "dumpstation backups unpin loyal-cedar-20261123-0809",
              [this](const Session& s) { return backups_pin(named_, false, s); });
    on_backup(*backups, "remove", "Let a backup go after the server's grace time",
              "dumpstation backups remove loyal-cedar-20261123-0809",
              [this](const Session& s) { return backups_remove(named_, s); });
    on_backup(*backups, "keep", "Keep a backup that was to go, and pin it",
              "dumpstation backups keep loyal-cedar-20261123-0809",
              [this](const Session& s) { return backups_keep(named_, s); });

    auto* database = group(app, "database", "See the server's databases");
    command(*database, "list", "List the databases: how well each is protected, and why",
            "dumpstation database list", database_list);
}

void ServerCommands::add_restore(CLI::App& backups) {
    auto* sub = on_backup(backups, "restore", "Let the server restore a backup",
                          "dumpstation backups restore latest --database shop --into db/shop_copy "
                          "--wait",
                          [this](const Session& s) {
                              restore_.backup = named_;
                              restore_.confirm = confirm_;
                              return backups_restore(restore_, s);
                          });
    sub->add_option("--into", restore_.into, "SERVER/DATABASE: the server by name or id")
        ->required();
    sub->add_option("--table,-t", restore_.tables,
                    "Only this table: schema.table; may be given several times");
    sub->add_option("--from", restore_.store, "Out of this store: name or id");
    sub->add_flag("--replace", restore_.replace,
                  "Replace what is there, once the restore beside it succeeded");
    sub->add_option("--confirm", confirm_, "With --replace: the name of the database, typed");
    sub->add_flag("--no-safety-backup", restore_.no_safety_backup,
                  "With --replace: do not back up first what is there");
    sub->add_option("--keep-old-hours", restore_.keep_old_hours,
                    "With --replace: so long `run undo` can swap the old one back; 0 drops it")
        ->capture_default_str();
    sub->add_flag("--even-if-damaged", restore_.even_if_damaged,
                  "Also what failed its proof and is in quarantine");
    sub->add_flag("--check", restore_.check,
                  "Only tell what would happen and what is in the way (then the status is 5)");
    may_wait(sub);
}

void ServerCommands::add_channel(CLI::App& app) {
    auto* channel = group(app, "channel", "See and test where the server's news go");
    command(*channel, "list", "List the channels: what each is told, and whether it works",
            "dumpstation channel list", channel_list);
    on_named(*channel, "test", "Send a test message, and tell what the other side says",
             "dumpstation channel test ops",
             [this](const Session& s) { return channel_test(named_, s); });
    auto* sub = command(*channel, "deliveries", "List the messages, the newest first",
                        "dumpstation channel deliveries --channel ops --only 'given up'",
                        [this](const Session& s) { return channel_deliveries(rows_, s); });
    sub->add_option("--channel", rows_.channel, "Only to this channel: name or id");
    sub->add_option("--only", rows_.state, "Only deliveries in this state")
        ->check(CLI::IsMember({"waiting", "delivered", "given up"}));
    sub->add_option("--limit", rows_.rows_max, "So many at most")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    sub = command(*channel, "replay", "Send a message once more",
                  "dumpstation channel replay 01M83Q7HQK0C0FN74JZEQTN08V",
                  [this](const Session& s) { return channel_replay(named_, s); });
    sub->add_option("ID", named_.name, "The delivery's id")->required();
}

void ServerCommands::add_api(CLI::App& app) {
    auto* sub = command(app, "api", "Ask the server's API anything",
                        "dumpstation api POST stores --data "
                        "'{\"name\":\"disk\",\"url\":\"file:///srv/backups\"}'",
                        [this](const Session& s) { return api(api_, s); });
    sub->add_option("METHOD", api_.method, "GET, POST, PATCH or DELETE")
        ->required()
        ->transform(CLI::IsMember({"GET", "POST", "PATCH", "DELETE"}, CLI::ignore_case));
    sub->add_option("PATH", api_.path, "Below /api/v1: 'plans', 'runs?state=failed&sort=-id'")
        ->required();
    sub->add_option("--data,-d", api_.data, "JSON to send; @FILE reads a file, - standard input");
}

}  // namespace ds::cli
