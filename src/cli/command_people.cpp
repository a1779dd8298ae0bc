#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "cli/people_commands.hpp"
#include "net/url.hpp"

// Members of the organization, and one's own sessions, asked of a server.
namespace ds::cli {
namespace {

constexpr std::size_t members_max = 10'000;

struct MemberRow {
    std::string id, name, email, role, created;
};
BOOST_DESCRIBE_STRUCT(MemberRow, (), (id, name, email, role, created))

struct SessionRow {
    std::string id, used, expires, address, agent;
    bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (id, used, expires, address, agent, current))

Status list_members(const Session& session) {
    const auto& console = session.console;
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto rows, remote->list("members", {{"sort", "name"}}, members_max));
    DS_TRY(const auto members, rows_as<MemberRow>(rows.items));
    console.result(json::bj::object{{"members", rows.items}, {"more", rows.more}});
    std::vector<std::vector<std::string>> table{{"NAME", "ROLE", "E-MAIL", "SINCE"}};
    for (const auto& one : members)
        table.push_back({printable(one.name, 60), one.role, printable(one.email, 60), one.created});
    console.table(table, std::vector<bool>(table.front().size()));
    return {};
}

Status change_role(const MemberOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto member, remote->find("members", options.name));
    DS_TRY(const auto changed,
           remote->patch("members/" + text_in(member, "id"), {{"role", options.role}}));
    session.console.result(json::bj::object{{"member", changed}});
    session.console.line(fmt::format("{} is {} now", text_in(changed, "name"), options.role));
    return {};
}

Status remove_one(const MemberOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto member, remote->find("members", options.name));
    DS_TRY([[maybe_unused]] const auto gone, remote->remove("members/" + text_in(member, "id")));
    session.console.result(json::bj::object{{"member", text_in(member, "id")}});
    session.console.line(text_in(member, "name") + " is no member any more");
    return {};
}

Status invite(const MemberOptions& options, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto made,
           remote->post("invitations", {{"name", options.name},
                                        {"role", options.role.empty() ? "viewer" : options.role},
                                        {"days", options.days}}));
    const auto link = remote->base() + text_in(made, "path");
    session.console.result(json::bj::object{{"invitation", text_in(made, "id")},
                                            {"link", link},
                                            {"expires", text_in(made, "expires")}});
    session.console.line(link);
    session.console.note("it is shown this once; whoever has it becomes a member");
    return {};
}

Status list_sessions(const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    DS_TRY(const auto answer, remote->get("sessions"));
    const auto& items = answer.at("items").as_array();
    DS_TRY(const auto rows, rows_as<SessionRow>(items));
    session.console.result(json::bj::object{{"sessions", items}});
    std::vector<std::vector<std::string>> table{{"ID", "USED", "ADDRESS", "PROGRAM", ""}};
    for (const auto& one : rows)
        table.push_back({one.id, one.used, one.address, printable(one.agent, 60),
                         one.current ? "this one" : ""});
    session.console.table(table, std::vector<bool>(table.front().size()));
    return {};
}

Status end_one(const std::string& id, const Session& session) {
    DS_TRY(const auto remote, open_remote(session));
    if (id == "others") {
        DS_TRY(const auto ended, remote->post("sessions/end-others"));
        session.console.result(ended);
        session.console.line("all other sessions are over");
        return {};
    }
    DS_TRY([[maybe_unused]] const auto gone,
           remote->remove("sessions/" + net::percent_encoded(id)));
    session.console.result(json::bj::object{{"session", id}});
    session.console.line("the session is over");
    return {};
}

}  // namespace

ExitStatus member_list(const Session& session) { return session.end_with(list_members(session)); }
ExitStatus member_role(const MemberOptions& options, const Session& session) {
    return session.end_with(change_role(options, session));
}
ExitStatus member_remove(const MemberOptions& options, const Session& session) {
    return session.end_with(remove_one(options, session));
}
ExitStatus member_invite(const MemberOptions& options, const Session& session) {
    return session.end_with(invite(options, session));
}
ExitStatus session_list(const Session& session) { return session.end_with(list_sessions(session)); }
ExitStatus session_end(const std::string& id, const Session& session) {
    return session.end_with(end_one(id, session));
}

}  // namespace ds::cli
