#include "cli/cli.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "cli/host_commands.hpp"
#include "cli/manual.hpp"
#include "cli/people_commands.hpp"
#include "cli/server_commands.hpp"

namespace ds::cli {
namespace {

/// Everything the user may type, and what to do then. CLI11 fills the options through pointers, so
/// this lives as long as the parse.
class CommandLine {
public:
    CommandLine() {
        app_.require_subcommand(1);
        app_.set_help_all_flag("--help-all", "Show the help of every command");
        app_.footer(
            "Examples:\n"
            "  dumpstation key new --out key.txt\n"
            "  dumpstation backup postgres://me@db.example.com/shop --to file:///srv/backups "
            "--recipient age1…\n"
            "  dumpstation verify file:///srv/backups latest --level 4 --identity key.txt\n"
            "  dumpstation restore file:///srv/backups latest --into "
            "postgres://me@db.example.com/shop_copy "
            "--identity key.txt\n"
            "  dumpstation login https://backup.example.com:8422\n"
            "\nExit status: 0 done, 1 failed, 2 usage, 3 not found, 4 key or password wrong, 5 "
            "refused, 6 conflict,\n"
            "7 damage found, 8 partly done, 9 unreachable, 10 waited long enough, 130 "
            "interrupted.");
        add_key();
        add_backup();
        add_list_and_show();
        add_verify();
        add_restore();
        add_rescue();
        add_cat();
        add_store();
        add_small();
        const auto add = [this](CLI::App& parent, const std::string& name, const std::string& help,
                                const std::string& example, Action action) {
            return command(parent, name, help, example, std::move(action));
        };
        host_commands_.emplace(app_, common_, add);
        server_commands_.emplace(app_, common_, add);
        people_commands_.emplace(app_, common_, add);
    }

    int run(int argc, char** argv, std::stop_token stop) {
        if (argc > 1 && std::string_view{argv[1]} == "__complete")
            return complete({argv + 2, argv + argc});
        if (argc == 2 && std::string_view{argv[1]} == "__manual") {
            fmt::print("{}", manual_page(app_));
            return 0;
        }
        try {
            app_.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return usage(error, argc, argv);
        }
        hide_secrets(argc, argv);
        const Console console{common_.json, !common_.no_colour};
        const Session session{common_, console, std::move(stop)};
        return static_cast<int>(action_(session));
    }

private:
    using Action = ServerCommands::Action;

    CLI::App* command(CLI::App& parent, const std::string& name, const std::string& help,
                      const std::string& example, Action action) {
        auto* sub = parent.add_subcommand(name, help);
        sub->add_flag("--json", common_.json, "Print one final JSON object instead of text");
        sub->add_flag("--no-color", common_.no_colour,
                      "Plain text on terminals too (also: NO_COLOR)");
        sub->add_option("--state", common_.state,
                        "Directory for keys and memory (DUMPSTATION_STATE)");
        if (!example.empty()) sub->footer("Example:\n  " + example);
        sub->callback([this, action = std::move(action)] { action_ = action; });
        return sub;
    }

    void add_progress(CLI::App* sub) {
        sub->add_option("--progress", common_.progress,
                        "auto, plain, json (events on stderr) or none")
            ->check(CLI::IsMember({"auto", "plain", "json", "none"}));
    }
    void add_tools(CLI::App* sub) {
        sub->add_option("--pg-bin", common_.tool_dirs,
                        "Directory with PostgreSQL's programs (DUMPSTATION_PG_DIRS)");
    }
    static void add_choice(CLI::App* sub, BackupChoice& choice) {
        sub->add_option("STORE_URL", choice.store, "file:///dir or s3://bucket/prefix?endpoint=…")
            ->required();
        sub->add_option("NAME", choice.name, "The backup's name or id, its beginning, or latest")
            ->required();
    }
    static void add_keys(CLI::App* sub, KeyChoice& keys) {
        sub->add_option("--identity,-i", keys.identity_files,
                        "File with the key (DUMPSTATION_IDENTITY_FILE)");
        sub->add_flag("--passphrase", keys.passphrase,
                      "Open with DUMPSTATION_PASSPHRASE or DUMPSTATION_PASSPHRASE_FILE");
    }

    void add_key() {
        auto* key = app_.add_subcommand("key", "Make keys");
        key->require_subcommand(1);
        auto* sub = command(*key, "new", "Make a key: prints the recipient to encrypt to",
                            "dumpstation key new --out key.txt",
                            [this](const Session& s) { return key_new(key_new_, s); });
        sub->add_option("--out,-o", key_new_.out,
                        "Write the identity there, mode 0600; otherwise it is printed");
    }

    void add_backup() {
        auto* sub = command(app_, "backup", "Back up a database to one or more stores",
                            "dumpstation backup postgres://me@db/shop --to file:///srv/backups "
                            "--to s3://bucket/shop --recipient age1…",
                            [this](const Session& s) { return backup(backup_, s); });
        sub->add_option(
               "PG_URL", backup_.url,
               "postgres://user@host:port/database; the password better in PGPASSWORD or ~/.pgpass")
            ->required();
        sub->add_option("--to", backup_.to,
                        "Store; may be given several times: one read, many copies")
            ->required();
        sub->add_option("--recipient,-r", backup_.recipients,
                        "age1… to encrypt to; may be given several times");
        sub->add_flag("--passphrase", backup_.passphrase,
                      "Encrypt with DUMPSTATION_PASSPHRASE or DUMPSTATION_PASSPHRASE_FILE");
        sub->add_flag("--no-encryption", backup_.no_encryption,
                      "Store the parts readable for everybody");
        sub->add_option("--compression", backup_.compression,
                        "zstd[:1-19], gzip[:1-3], lz4[:1-12] or none")
            ->capture_default_str();
        sub->add_flag(
            "--physical", backup_.physical,
            "The whole cluster, its files and the log they need, instead of one database");
        sub->add_option("--lock-wait", backup_.lock_wait_seconds, "Seconds to wait for table locks")
            ->capture_default_str();
        add_tools(sub);
        add_progress(sub);
    }

    void add_list_and_show() {
        auto* listing = command(app_, "list", "List the backups in a store",
                                "dumpstation list file:///srv/backups",
                                [this](const Session& s) { return list(list_, s); });
        listing
            ->add_option("STORE_URL", list_.store, "file:///dir or s3://bucket/prefix?endpoint=…")
            ->required();
        auto* one =
            command(app_, "show", "Show one backup", "dumpstation show file:///srv/backups latest",
                    [this](const Session& s) { return show(show_, s); });
        add_choice(one, show_);
    }

    void add_verify() {
        auto* sub =
            command(app_, "verify",
                    "Verify a backup, up to a real restore that is compared with the source",
                    "dumpstation verify file:///srv/backups latest --level 4 --identity key.txt",
                    [this](const Session& s) { return verify(verify_, s); });
        add_choice(sub, verify_.backup);
        sub->add_option("--level,-l", verify_.level,
                        "1 stored intact, 2 structurally valid, 3 restores, 4 equal to the source")
            ->check(CLI::Range(1, 4))
            ->capture_default_str();
        sub->add_option("--signer", verify_.signers, "Also believe this signing key: ds-sign1:…");
        add_keys(sub, verify_.keys);
        add_tools(sub);
        add_progress(sub);
    }

    void add_restore() {
        auto* sub = command(app_, "restore", "Restore a backup into a new database",
                            "dumpstation restore file:///srv/backups latest --into "
                            "postgres://me@db/shop_copy --identity key.txt",
                            [this](const Session& s) { return restore(restore_, s); });
        add_choice(sub, restore_.backup);
        auto* into =
            sub->add_option("--into", restore_.into,
                            "postgres://…/database; created unless it exists and is empty");
        auto* into_dir = sub->add_option("--into-dir", restore_.into_dir,
                                         "Of a physical backup: a data directory, empty or not "
                                         "there yet, that a server starts on");
        into->excludes(into_dir);
        sub->add_option("--tablespace-map", restore_.tablespace_map,
                        "OLD=NEW: put the tablespace that was at OLD into NEW")
            ->needs(into_dir);
        sub->add_option("--table,-t", restore_.tables,
                        "Only this table: schema.table; may be given several times");
        sub->add_flag("--replace", restore_.replace,
                      "Replace what is there, once the restore beside it succeeded");
        sub->add_option("--jobs,-j", restore_.jobs, "Connections that load at once")
            ->check(CLI::Range(1, 64))
            ->capture_default_str();
        sub->add_option("--map-role", restore_.role_map,
                        "OLD=NEW: give OLD's objects and rights to NEW");
        add_keys(sub, restore_.keys);
        add_tools(sub);
        add_progress(sub);
    }

    void add_rescue() {
        auto* sub = command(app_, "rescue", "Rebuild a whole server from its stores and a key",
                            "dumpstation rescue s3://bucket/prefix --identity key.txt --into "
                            "/var/lib/dumpstation",
                            [this](const Session& s) { return rescue(rescue_, s); });
        sub->add_option("STORE_URL", rescue_.stores,
                        "A store of the lost server; several where organizations have their own")
            ->required();
        sub->add_option("--into", rescue_.into, "The new state directory: empty, or not there yet")
            ->required();
        sub->add_option("--signer", rescue_.signers,
                        "Believe only catalogs that this key signed: ds-sign1:…");
        sub->add_flag("--manifests-only", rescue_.manifests_only,
                      "Leave the stored catalogs alone: rebuild what the backups themselves say");
        add_keys(sub, rescue_.keys);
        add_progress(sub);
    }

    void add_cat() {
        auto* sub = command(app_, "cat", "Write the plain bytes of a part to standard output",
                            "dumpstation cat file:///srv/backups latest database.dump --identity "
                            "key.txt | pg_restore --list",
                            [this](const Session& s) { return cat(cat_, s); });
        add_choice(sub, cat_.backup);
        sub->add_option("PART", cat_.part, "database.dump, globals.sql, facts.json … (see show)")
            ->required();
        add_keys(sub, cat_.keys);
    }

    void add_store() {
        auto* store = app_.add_subcommand("store", "Work with stores");
        store->require_subcommand(1);
        auto* sub = command(*store, "check", "Prove that a store keeps its promises",
                            "dumpstation store check s3://bucket/prefix",
                            [this](const Session& s) { return store_check(store_url_, s); });
        sub->add_option(
               "STORE_URL", store_url_,
               "The store; a few objects are written under a name of their own and removed")
            ->required();
    }

    void add_small() {
        add_tools(command(app_, "doctor", "Tell what this machine can back up, restore and prove",
                          "dumpstation doctor --pg-bin /opt/pgsql/17/bin",
                          [](const Session& s) { return doctor(s); }));
        auto* tour = command(app_, "demo", "See a real database backed up, restored and proven",
                             "dumpstation demo --megabytes 100",
                             [this](const Session& s) { return demo(demo_, s); });
        tour->add_option("--directory", demo_.directory, "Where the demo's store and key are kept");
        tour->add_option("--megabytes", demo_.megabytes, "Size of the sample data")
            ->check(CLI::Range(1, 100000))
            ->capture_default_str();
        add_tools(tour);
        add_progress(tour);
        command(app_, "version", "Print the version", "dumpstation version --json",
                [](const Session& s) { return version(s); });
        auto* script = command(app_, "completion", "Print the completion script of a shell",
                               "dumpstation completion bash > /etc/bash_completion.d/dumpstation",
                               [this](const Session& s) { return completion(s); });
        script->add_option("SHELL", shell_, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    }

    ExitStatus completion(const Session& session) const {
        session.console.result(json::bj::object{{"script", completion_script(shell_)}});
        if (!session.console.json()) fmt::print("{}", completion_script(shell_));
        return ExitStatus::done;
    }

    /// What may come after `words`, the last of which is being typed.
    int complete(std::vector<std::string> words) {
        const auto typed = words.empty() ? std::string{} : words.back();
        if (!words.empty()) words.pop_back();
        const auto every = [](CLI::App*) { return true; };
        CLI::App* at = &app_;
        for (const auto& word : words) {
            for (auto* sub : at->get_subcommands(every)) {
                if (sub->get_name() == word) at = sub;
            }
        }
        const auto offer = [&](const std::string& text) {
            if (text.starts_with(typed)) fmt::print("{}\n", text);
        };
        for (const auto* sub : at->get_subcommands(every)) offer(sub->get_name());
        for (const auto* option : at->get_options()) {
            for (const auto& name : option->get_lnames()) offer("--" + name);
        }
        return 0;
    }

    int usage(const CLI::ParseError& error, int argc, char** argv) {
        if (error.get_exit_code() == 0) return app_.exit(error);  // --help
        const bool json = std::any_of(
            argv, argv + argc, [](const char* word) { return std::strcmp(word, "--json") == 0; });
        const auto text = std::string{error.what()};
        const Console console{json, false};
        return static_cast<int>(console.error(fail(
            Code::invalid, text.empty() ? "wrong usage" : lower(text.substr(0, 1)) + text.substr(1),
            "`dumpstation --help` and `dumpstation COMMAND --help` show how it goes.")));
    }

    /// `ps` shows argv to everybody on the machine: URLs, setup secrets and data are wiped once
    /// they were read.
    static void hide_secrets(int argc, char** argv) {
        bool follows = false;
        for (int i = 1; i < argc; ++i) {
            const std::string_view word{argv[i]};
            const bool holds_one = word.starts_with("--setup=") || word.starts_with("--data=") ||
                                   word.find("://") != std::string_view::npos;
            const bool hide = follows || holds_one;
            follows = word == "--setup" || word == "--data" || word == "-d";
            if (hide) std::memset(argv[i], '*', std::strlen(argv[i]));
        }
    }

    CLI::App app_{"DumpStation backs up databases and proves it.", "dumpstation"};
    Common common_;
    KeyNewOptions key_new_;
    BackupOptions backup_;
    ListOptions list_;
    BackupChoice show_;
    VerifyOptions verify_;
    RestoreOptions restore_;
    RescueOptions rescue_;
    CatOptions cat_;
    DemoOptions demo_;
    std::string store_url_;
    std::string shell_;
    std::optional<HostCommands> host_commands_;
    std::optional<ServerCommands> server_commands_;
    std::optional<PeopleCommands> people_commands_;
    Action action_;
};

}  // namespace

int run(int argc, char** argv, std::stop_token stop) {
    return CommandLine{}.run(argc, argv, std::move(stop));
}

}  // namespace ds::cli
