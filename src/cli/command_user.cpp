#include <fmt/format.h>

#include "api/caller.hpp"
#include "api/people_rules.hpp"
#include "api/sign_in_limits.hpp"
#include "api/user_sessions.hpp"
#include "cli/credentials.hpp"
#include "cli/people_commands.hpp"
#include "crypto/password.hpp"
#include "server/settings/gather.hpp"

// Users of the server on this machine, in its catalog; the server may be at work meanwhile.
namespace ds::cli {
namespace {

using catalog::Catalog;

Result<std::unique_ptr<Catalog>> open_catalog(const UserOptions& options, const Session& session) {
    server::Flags flags;
    if (!session.common.state.empty()) flags["state"] = {session.common.state};
    DS_TRY(const auto gathered, server::gather(options.config, flags));
    const auto& server = gathered.config.server;
    if (!sys::fs::exists(server.state / "master.key"))
        return fail(Code::not_found, "there is no server's state in " + server.state.string(),
                    "Name it with --state, or its configuration with --config.");
    return Catalog::open({server.state, server.catalog_url});
}

Result<model::User> user_named(catalog::Session& session, const std::string& name) {
    DS_TRY(auto found, catalog::users.select(session, "WHERE name = ?", {name}));
    if (!found.empty()) return std::move(found.front());
    return fail(Code::not_found, "there is no user " + printable(name, 100),
                "`dumpstation user list` shows them.");
}

Status list_users(const UserOptions& options, const Session& session) {
    DS_TRY(const auto book, open_catalog(options, session));
    std::vector<std::vector<std::string>> table{{"NAME", "ROLE", "ORGANIZATION", "SINCE"}};
    json::bj::array users;
    DS_DO(book->read([&](catalog::Session& s) -> Status {
        DS_TRY(const auto rows, s.run("SELECT u.name, u.role, o.name, u.created FROM users u JOIN "
                                      "organizations o ON o.id = u.organization ORDER BY u.name"));
        for (const auto& row : rows) {
            std::vector<std::string> cells;
            for (const auto& cell : row) cells.push_back(catalog::sql::text_of(cell));
            users.push_back(json::bj::object{{"name", cells[0]},
                                             {"role", cells[1]},
                                             {"organization", cells[2]},
                                             {"created", cells[3]}});
            for (auto& cell : cells) cell = printable(cell, 60);
            table.push_back(std::move(cells));
        }
        return {};
    }));
    session.console.result(json::bj::object{{"users", users}});
    session.console.table(table, std::vector<bool>(table.front().size()));
    return {};
}

Status tell(const model::User& user, std::string_view what, const Session& session) {
    session.console.result(json::bj::object{
        {"user", user.id}, {"name", user.name}, {"role", json::to_value(user.role)}});
    session.console.line(fmt::format("{} {}", printable(user.name, 100), what));
    return {};
}

Status create(const UserOptions& options, const Session& session) {
    DS_DO(api::check_user_name(options.name));
    DS_TRY(const auto book, open_catalog(options, session));
    DS_TRY(const auto password, read_password(true, session));
    DS_DO(api::check_new_password(password.reveal(), options.name));
    const auto now = sys::system_clock().now();
    model::User user;
    user.name = options.name;
    user.role = options.role;
    DS_TRY(user.password_hash, crypto::hash_password(password.reveal()));
    DS_DO(book->write([&](catalog::Session& s) -> Status {
        DS_TRY(const auto organization, api::organization_named(s, options.organization, now));
        catalog::begin_record(user, organization.id, now);
        return api::insert_user(s, user);
    }));
    return tell(user, "was made", session);
}

Status grant(const UserOptions& options, const Session& session) {
    DS_TRY(const auto book, open_catalog(options, session));
    model::User user;
    DS_DO(book->write([&](catalog::Session& s) -> Status {
        DS_TRY(user, user_named(s, options.name));
        if (options.role != model::Role::owner) DS_DO(api::check_not_last_owner(s, user));
        user.role = options.role;
        user.changed = rfc3339(sys::system_clock().now());
        return catalog::users.update(s, user);
    }));
    return tell(user, "has the role now", session);
}

Status reset_password(const UserOptions& options, const Session& session) {
    DS_TRY(const auto book, open_catalog(options, session));
    DS_TRY(auto user, book->read([&](catalog::Session& s) { return user_named(s, options.name); }));
    DS_TRY(const auto password, read_password(true, session));
    DS_DO(api::check_new_password(password.reveal(), user.name));
    DS_TRY(user.password_hash, crypto::hash_password(password.reveal()));
    user.changed = rfc3339(sys::system_clock().now());
    DS_DO(book->write([&](catalog::Session& s) -> Status {
        DS_DO(catalog::users.update(s, user));
        DS_DO(api::forgive(s, api::account_key(user)));
        DS_TRY([[maybe_unused]] const auto ended, api::end_sessions(s, user.organization, user.id));
        if (options.keep_second_factor) return {};
        DS_TRY([[maybe_unused]] const auto gone,
               s.run("DELETE FROM second_factors WHERE organization = ? AND id = ?",
                     {user.organization, user.id}));
        return {};
    }));
    return tell(user, "has a new password, and is signed out everywhere", session);
}

}  // namespace

ExitStatus user_list(const UserOptions& options, const Session& session) {
    return session.end_with(list_users(options, session));
}
ExitStatus user_create(const UserOptions& options, const Session& session) {
    return session.end_with(create(options, session));
}
ExitStatus user_grant(const UserOptions& options, const Session& session) {
    return session.end_with(grant(options, session));
}
ExitStatus user_reset_password(const UserOptions& options, const Session& session) {
    return session.end_with(reset_password(options, session));
}

}  // namespace ds::cli
