#pragma once

#include <CLI/CLI.hpp>

#include "cli/server_commands.hpp"
#include "model/people.hpp"

namespace ds::cli {

struct UserOptions {
    std::string name;
    model::Role role = model::Role::viewer;
    std::string organization = "default";
    std::string config;
    bool keep_second_factor = false;
};
struct MemberOptions {
    std::string name;
    std::string role;
    unsigned days = 7;
};

/// The commands about people: `user` works in the state directory of a server, for whoever has the
/// machine; the rest asks a server.
class PeopleCommands {
public:
    using Action = ServerCommands::Action;
    using Add = ServerCommands::Add;

    PeopleCommands(CLI::App& app, Common& common, Add add);

private:
    Common& common_;
    Add add_;
    UserOptions user_;
    std::string user_role_ = "viewer";
    MemberOptions member_;
    std::string session_id_;

    void add_user(CLI::App& app);
    void add_member(CLI::App& app);
    void add_session(CLI::App& app);
    CLI::App* here(CLI::App& parent, const std::string& name, const std::string& help,
                   const std::string& example, Action action);
    CLI::App* remote(CLI::App& parent, const std::string& name, const std::string& help,
                     const std::string& example, Action action);
    UserOptions user() const;
};

ExitStatus user_list(const UserOptions& options, const Session& session);
ExitStatus user_create(const UserOptions& options, const Session& session);
ExitStatus user_grant(const UserOptions& options, const Session& session);
ExitStatus user_reset_password(const UserOptions& options, const Session& session);

ExitStatus member_list(const Session& session);
ExitStatus member_role(const MemberOptions& options, const Session& session);
ExitStatus member_remove(const MemberOptions& options, const Session& session);
ExitStatus member_invite(const MemberOptions& options, const Session& session);
ExitStatus session_list(const Session& session);
ExitStatus session_end(const std::string& id, const Session& session);

}  // namespace ds::cli
