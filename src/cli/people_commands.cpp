#include "cli/people_commands.hpp"

namespace ds::cli {
namespace {

const auto is_role = CLI::IsMember({"viewer", "operator", "admin", "owner"});

CLI::App* group(CLI::App& app, const std::string& name, const std::string& help) {
    auto* sub = app.add_subcommand(name, help);
    sub->require_subcommand(1);
    return sub;
}

}  // namespace

PeopleCommands::PeopleCommands(CLI::App& app, Common& common, Add add)
    : common_{common}, add_{std::move(add)} {
    add_user(app);
    add_member(app);
    add_session(app);
}

CLI::App* PeopleCommands::here(CLI::App& parent, const std::string& name, const std::string& help,
                               const std::string& example, Action action) {
    auto* sub = add_(parent, name, help, example, std::move(action));
    sub->add_option("--config", user_.config,
                    "Configuration file of the server (DUMPSTATION_CONFIG)");
    return sub;
}

CLI::App* PeopleCommands::remote(CLI::App& parent, const std::string& name, const std::string& help,
                                 const std::string& example, Action action) {
    auto* sub = add_(parent, name, help, example, std::move(action));
    sub->add_option("--server", common_.server,
                    "URL of the server; without it that of the last login (DUMPSTATION_SERVER)");
    return sub;
}

UserOptions PeopleCommands::user() const {
    auto options = user_;
    boost::describe::enum_from_string(user_role_.c_str(), options.role);
    return options;
}

void PeopleCommands::add_user(CLI::App& app) {
    auto* users = group(app, "user", "See and help the users of the server on this machine");
    here(*users, "list", "List the users of all organizations", "dumpstation user list",
         [this](const Session& s) { return user_list(user(), s); });
    auto* sub = here(*users, "create", "Make a user; the password is asked for",
                     "dumpstation user create ann --role operator",
                     [this](const Session& s) { return user_create(user(), s); });
    sub->add_option("NAME", user_.name, "What is typed to sign in")->required();
    sub->add_option("--role", user_role_, "viewer, operator, admin or owner")
        ->check(is_role)
        ->capture_default_str();
    sub->add_option("--organization", user_.organization, "Made when there is none of this name")
        ->capture_default_str();
    sub = here(*users, "grant", "Give a user another role", "dumpstation user grant ann admin",
               [this](const Session& s) { return user_grant(user(), s); });
    sub->add_option("NAME", user_.name, "The user's name")->required();
    sub->add_option("ROLE", user_role_, "viewer, operator, admin or owner")
        ->required()
        ->check(is_role);
    sub = here(*users, "reset-password",
               "Set a new password; sessions end, the second factor and any lock are removed",
               "dumpstation user reset-password ann",
               [this](const Session& s) { return user_reset_password(user(), s); });
    sub->add_option("NAME", user_.name, "The user's name")->required();
    sub->add_flag("--keep-second-factor", user_.keep_second_factor,
                  "The authenticator is not lost, only the password");
}

void PeopleCommands::add_member(CLI::App& app) {
    auto* members = group(app, "member", "See and change who belongs to the organization");
    remote(*members, "list", "List the members", "dumpstation member list",
           [](const Session& s) { return member_list(s); });
    auto* sub =
        remote(*members, "role", "Change a member's role", "dumpstation member role ann operator",
               [this](const Session& s) { return member_role(member_, s); });
    sub->add_option("NAME", member_.name, "The member's name or id")->required();
    sub->add_option("ROLE", member_.role, "viewer, operator, admin or owner")
        ->required()
        ->check(is_role);
    sub = remote(*members, "remove", "Remove a member, with their sessions and tokens",
                 "dumpstation member remove ann",
                 [this](const Session& s) { return member_remove(member_, s); });
    sub->add_option("NAME", member_.name, "The member's name or id")->required();
    sub = remote(*members, "invite", "Make a link with which somebody becomes a member, once",
                 "dumpstation member invite ann --role operator",
                 [this](const Session& s) { return member_invite(member_, s); });
    sub->add_option("NAME", member_.name, "For whom, for people to know")->required();
    sub->add_option("--role", member_.role, "viewer (unless told), operator, admin or owner")
        ->check(is_role);
    sub->add_option("--days", member_.days, "So long it is good")
        ->check(CLI::Range(1, 30))
        ->capture_default_str();
}

void PeopleCommands::add_session(CLI::App& app) {
    auto* sessions = group(app, "session", "See and end your sessions");
    remote(*sessions, "list", "List where you are signed in", "dumpstation session list",
           [](const Session& s) { return session_list(s); });
    auto* sub = remote(*sessions, "end", "End a session of yours, at once",
                       "dumpstation session end others",
                       [this](const Session& s) { return session_end(session_id_, s); });
    sub->add_option("ID", session_id_, "The session's id, or others: all but this one")->required();
}

}  // namespace ds::cli
