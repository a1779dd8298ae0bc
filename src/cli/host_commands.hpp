#pragma once

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/server_commands.hpp"

namespace ds::cli {

/// The part of the command line that is a server: `serve`, and what it is told.
class HostCommands {
public:
    using Action = ServerCommands::Action;
    using Add = ServerCommands::Add;

    HostCommands(CLI::App& app, Common& common, Add add);

private:
    Common& common_;
    Add add_;
    ServeOptions serve_;
    std::string file_;

    void add_settings(CLI::App* sub);
    /// With what every command may be told: --state is a setting as well.
    ServeOptions given() const;
};

}  // namespace ds::cli
