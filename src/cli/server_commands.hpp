#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"

namespace ds::cli {

/// The commands that ask a server, and what is typed after them. CLI11 fills the options through
/// pointers, so this lives as long as the parse.
class ServerCommands {
public:
    using Action = std::function<ExitStatus(const Session&)>;
    /// Adds a command with what all commands have.
    using Add =
        std::function<CLI::App*(CLI::App& parent, const std::string& name, const std::string& help,
                                const std::string& example, Action action)>;

    ServerCommands(CLI::App& app, Common& common, Add add);

private:
    /// A command with --server.
    CLI::App* command(CLI::App& parent, const std::string& name, const std::string& help,
                      const std::string& example, Action action);
    CLI::App* on_named(CLI::App& parent, const std::string& name, const std::string& help,
                       const std::string& example, Action action);
    CLI::App* on_backup(CLI::App& backups, const std::string& name, const std::string& help,
                        const std::string& example, Action action);
    void may_wait(CLI::App* sub);
    void may_take_time(CLI::App* sub);
    /// --output and --limit.
    void lists_rows(CLI::App* sub);
    /// --label and --search, too.
    void finds_rows(CLI::App* sub);

    void add_sign_in(CLI::App& app);
    void add_plan(CLI::App& app);
    void add_run(CLI::App& app);
    void add_backups(CLI::App& app);
    void add_estate(CLI::App& app);
    void add_restore(CLI::App& backups);
    void add_channel(CLI::App& app);
    void add_audit(CLI::App& app);
    void add_api(CLI::App& app);
    static CLI::App* group(CLI::App& app, const std::string& name, const std::string& help);
    void add_key(CLI::App& app);

    Common& common_;
    Add add_;
    LoginOptions login_;
    TokenOptions token_;
    ApiOptions api_;
    NamedOptions named_;
    RowsOptions rows_;
    AuditOptions audit_;
    SettingOptions setting_;
    StatisticsOptions statistics_;
    unsigned level_ = 4;
    RemoteRestoreOptions restore_;
    std::string confirm_;
};

}  // namespace ds::cli
