#pragma once

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
};

/// What every command is handed.
struct Session {
    const Common& common;
    const Console& console;
    std::stop_token stop;

    sys::fs::path state() const;
    ProgressStyle progress_style() const;
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
    std::string listen = "127.0.0.1:8422";
    std::string catalog;  // empty: DUMPSTATION_CATALOG, else SQLite in the state directory
    std::string certificate;
    std::string key;
    unsigned slots = 2;
    unsigned grace_seconds = 20;
};

ExitStatus key_new(const KeyNewOptions& options, const Session& session);
ExitStatus backup(const BackupOptions& options, const Session& session);
ExitStatus list(const ListOptions& options, const Session& session);
ExitStatus show(const BackupChoice& choice, const Session& session);
ExitStatus verify(const VerifyOptions& options, const Session& session);
ExitStatus restore(const RestoreOptions& options, const Session& session);
ExitStatus cat(const CatOptions& options, const Session& session);
ExitStatus store_check(const std::string& url, const Session& session);
ExitStatus doctor(const Session& session);
ExitStatus demo(const DemoOptions& options, const Session& session);
ExitStatus serve(const ServeOptions& options, const Session& session);
ExitStatus version(const Session& session);

}  // namespace ds::cli
