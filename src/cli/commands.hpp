#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "sys/files.hpp"
#include "sys/run.hpp"

/// One function per command: given what the user typed, it does the work and says what came of it.
namespace ds::cli {

/// What every command may be told.
struct Common {
    bool json = false;
    bool no_colour = false;
    std::string progress = "auto";       // auto, plain, json, none
    std::string state;                   // empty: sys::state_directory()
    std::vector<std::string> tool_dirs;  // --pg-bin
    std::string server;                  // --server: the URL of the one that is asked
};

/// What every command is handed.
struct Session {
    const Common& common;
    const Console& console;
    std::stop_token stop;

    sys::fs::path state() const;
    ProgressStyle progress_style() const;
    /// Tells the error, if there is one.
    ExitStatus end_with(const Status& status) const;
};

struct KeyNewOptions {
    std::string out;
};
struct BackupOptions {
    std::string url;
    std::vector<std::string> to;
    std::vector<std::string> recipients;
    bool passphrase = false;
    bool no_encryption = false;
    std::string compression = "zstd:3";
    std::uint64_t lock_wait_seconds = 60;
    bool physical = false;
};
struct ListOptions {
    std::string store;
};
struct BackupChoice {
    std::string store;
    std::string name = "latest";
};
struct KeyChoice {
    std::vector<std::string> identity_files;
    bool passphrase = false;
};
struct VerifyOptions {
    BackupChoice backup;
    KeyChoice keys;
    int level = 1;
    std::vector<std::string> signers;
};
struct RestoreOptions {
    BackupChoice backup;
    KeyChoice keys;
    std::string into;
    std::vector<std::string> tables;
    bool replace = false;
    unsigned jobs = 2;
    std::vector<std::string> role_map;  // old=new
    std::string into_dir;
    std::vector<std::string> tablespace_map;  // old=new
};
struct RescueOptions {
    std::vector<std::string> stores;
    KeyChoice keys;
    std::string into;
    std::vector<std::string> signers;
    bool manifests_only = false;
};
struct CatOptions {
    BackupChoice backup;
    KeyChoice keys;
    std::string part;
};
struct DemoOptions {
    std::string directory;
    unsigned megabytes = 300;
};

struct ServeOptions {
    std::string config;                                     // --config
    std::map<std::string, std::vector<std::string>> flags;  // by the setting's key
    bool demo = false;                                      // sample data to look around in
};

// What a server is asked to do.

struct LoginOptions {
    std::string url;
    std::string name = "admin";
    std::string setup;  // the secret with which the first administrator is made
};
struct TokenOptions {
    std::string name;
    std::string scope;
    std::string expires;
    std::vector<std::string> addresses;
};
struct ApiOptions {
    std::string method;
    std::string path;
    std::string data;  // JSON, @file or -
};
struct WaitChoice {
    bool wait = false;
    unsigned seconds_max = 0;  // 0: as long as it takes
};
/// A thing of the server's, by name or id.
struct NamedOptions {
    std::string name;
    std::string database = {};  // of a server, or of a backup that is named "latest"
    WaitChoice wait = {};
};
/// How a list is told; json is for all commands, and so in Common.
enum class RowsFormat { table, jsonl, csv, id };
/// Which rows of a list, and how they are told.
struct RowsOptions {
    std::string state;     // of runs, of deliveries
    std::string database;  // its name or id
    std::string plan;      // its name or id
    std::vector<std::string> labels;
    std::string search;
    std::string since, until;  // of backups: taken from then on, and before then
    bool pinned = false;       // of backups
    std::string channel;       // its name or id
    unsigned rows_max = 100;
    RowsFormat format = RowsFormat::table;
};
struct AuditOptions {
    std::string actor, action, object;
    std::string known;   // "ROW:HASH" of an earlier check
    bool here = false;   // in the catalog of this machine
    std::string config;  // of the server, for that
};
struct SettingOptions {
    std::string name;
    std::string value;
};
struct StatisticsOptions {
    std::string from, to, zone;
};
struct ProofOptions {
    NamedOptions backup;
    unsigned level = 4;
};

struct RemoteRestoreOptions {
    NamedOptions backup;
    std::string into;  // SERVER/DATABASE
    std::vector<std::string> tables;
    std::string store;
    bool replace = false;
    std::string confirm;
    bool no_safety_backup = false;
    std::uint64_t keep_old_hours = 24;
    bool even_if_damaged = false;
    bool check = false;  // only tell what would happen
};
struct UndoOptions {
    NamedOptions run;
    std::string confirm;
};

ExitStatus key_new(const KeyNewOptions& options, const Session& session);
ExitStatus backup(const BackupOptions& options, const Session& session);
ExitStatus list(const ListOptions& options, const Session& session);
ExitStatus show(const BackupChoice& choice, const Session& session);
ExitStatus verify(const VerifyOptions& options, const Session& session);
ExitStatus restore(const RestoreOptions& options, const Session& session);
ExitStatus rescue(const RescueOptions& options, const Session& session);
ExitStatus cat(const CatOptions& options, const Session& session);
ExitStatus store_check(const std::string& url, const Session& session);
ExitStatus doctor(const Session& session);
ExitStatus demo(const DemoOptions& options, const Session& session);
ExitStatus serve(const ServeOptions& options, const Session& session);
ExitStatus config_show(const ServeOptions& options, const Session& session);
ExitStatus config_check(const std::string& file, const Session& session);
ExitStatus config_example(const Session& session);
ExitStatus version(const Session& session);

ExitStatus login(const LoginOptions& options, const Session& session);
ExitStatus logout(const Session& session);
ExitStatus whoami(const Session& session);
ExitStatus token_new(const TokenOptions& options, const Session& session);
ExitStatus key_rotate_master(const Session& session);
ExitStatus api(const ApiOptions& options, const Session& session);
ExitStatus database_list(const Session& session);
ExitStatus plan_list(const Session& session);
ExitStatus plan_show(const NamedOptions& options, const Session& session);
ExitStatus plan_run(const NamedOptions& options, const Session& session);
ExitStatus plan_pause(const NamedOptions& options, bool paused, const Session& session);
ExitStatus plan_preview(const NamedOptions& options, const Session& session);
ExitStatus server_list(const RowsOptions& options, const Session& session);
ExitStatus server_test(const NamedOptions& options, const Session& session);
ExitStatus server_role_sql(const NamedOptions& options, const Session& session);
ExitStatus store_list(const RowsOptions& options, const Session& session);
ExitStatus store_test(const NamedOptions& options, const Session& session);
ExitStatus audit_list(const AuditOptions& options, const RowsOptions& shown,
                      const Session& session);
ExitStatus audit_verify(const AuditOptions& options, const Session& session);
ExitStatus settings_show(const Session& session);
ExitStatus settings_set(const SettingOptions& options, const Session& session);
ExitStatus stats(const StatisticsOptions& options, const Session& session);
ExitStatus run_list(const RowsOptions& options, const Session& session);
ExitStatus run_show(const NamedOptions& options, const Session& session);
ExitStatus run_log(const NamedOptions& options, const Session& session);
ExitStatus run_cancel(const NamedOptions& options, const Session& session);
ExitStatus run_retry(const NamedOptions& options, const Session& session);
ExitStatus run_undo(const UndoOptions& options, const Session& session);
ExitStatus run_watch(const NamedOptions& options, const Session& session);
ExitStatus channel_list(const Session& session);
ExitStatus channel_test(const NamedOptions& options, const Session& session);
ExitStatus channel_deliveries(const RowsOptions& options, const Session& session);
ExitStatus channel_replay(const NamedOptions& options, const Session& session);
ExitStatus backups_list(const RowsOptions& options, const Session& session);
ExitStatus backups_show(const NamedOptions& options, const Session& session);
ExitStatus backups_verify(const ProofOptions& options, const Session& session);
ExitStatus backups_restore(const RemoteRestoreOptions& options, const Session& session);
ExitStatus backups_pin(const NamedOptions& options, bool pinned, const Session& session);
ExitStatus backups_remove(const NamedOptions& options, const Session& session);
ExitStatus backups_keep(const NamedOptions& options, const Session& session);

}  // namespace ds::cli
