#include "api/adding.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/user_sessions.hpp"

// Where I am signed in, staying so, and ending it.
namespace ds::api {

struct RefreshQuestion {
    std::string refresh;  // the console leaves it out: it is in its cookie
};
BOOST_DESCRIBE_STRUCT(RefreshQuestion, (), (refresh))

struct SessionInfo {
    std::string id;
    std::string created;
    std::string used;
    std::string expires;
    std::string address;
    std::string agent;
    bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionInfo, (), (id, created, used, expires, address, agent, current))

struct Ended {
    std::uint64_t ended = 0;  // sessions
};
BOOST_DESCRIBE_STRUCT(Ended, (), (ended))

namespace {

constexpr const char* secure_cookie = "__Host-dumpstation";
constexpr const char* plain_cookie = "dumpstation";

/// A browser keeps no secure cookie of a page that came over plain HTTP from another machine.
/// Whether ours did, it says itself: we may stand behind a proxy that ends TLS.
bool came_over_plain_http(const http::Request& request) {
    const auto* origin = request.headers.find("Origin");
    return origin != nullptr && origin->starts_with("http://");
}

std::string cookie_line(const http::Request& request, std::string_view value,
                        std::chrono::seconds life) {
    const bool plain = came_over_plain_http(request);
    return fmt::format("{}={}; Path=/; Max-Age={};{} HttpOnly; SameSite=Strict",
                       plain ? plain_cookie : secure_cookie, value, life.count(),
                       plain ? "" : " Secure;");
}

Result<Reply> refresh(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<RefreshQuestion>(call));
    const auto token = question.refresh.empty() ? refresh_cookie(call.request) : question.refresh;
    DS_TRY(auto signed_in, refresh_session(services, token, call.request));
    return welcome(std::move(signed_in), call.request, 200);
}

Result<Reply> list_sessions(const Services& services, const Call& call) {
    DS_TRY(const auto rows, services.read([&](catalog::Session& session) {
        return catalog::sessions.select(
            session,
            "WHERE organization = ? AND \"user\" = ? AND expires > ? AND pending = 0 ORDER BY used "
            "DESC, id DESC",
            {call.caller.organization, call.caller.user, rfc3339(services.now())});
    }));
    json::bj::array items;
    for (const auto& row : rows) {
        items.push_back(
            json::to_value(SessionInfo{row.id, row.created, row.used, row.expires, row.address,
                                       row.agent, row.id == call.caller.token}));
    }
    return Reply{200, json::bj::object{{"items", std::move(items)}}, {}, {}};
}

/// One's own; another's is as if it were not there.
Result<Reply> end_session(const Services& services, const Call& call) {
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        const auto& caller = call.caller;
        DS_TRY(const auto row, catalog::sessions.get(session, caller.organization, call.id()));
        if (row.user != caller.user)
            return fail(Code::not_found, "there is no session " + printable(call.id(), 80));
        return catalog::sessions.remove(session, row.organization, row.id);
    }));
    return Reply{204, {}, {}, {}};
}

Result<Reply> end_other_sessions(const Services& services, const Call& call) {
    DS_TRY(const auto ended, services.write([&](catalog::Session& session) {
        return end_sessions(session, call.caller.organization, call.caller.user, call.caller.token);
    }));
    return Reply{200, json::to_value(Ended{ended}), {}, {}};
}

}  // namespace

bool is_console(const http::Request& request) {
    return request.headers.find(console_header) != nullptr;
}

std::string refresh_cookie(const http::Request& request) {
    const auto* line = request.headers.find("Cookie");
    if (line == nullptr || !is_console(request)) return {};
    const std::string_view name = came_over_plain_http(request) ? plain_cookie : secure_cookie;
    for (const auto& cookie : split(*line, ';')) {
        const auto text = trimmed(cookie);
        const auto end = text.find('=');
        if (text.substr(0, end) == name && end != text.npos)
            return std::string{text.substr(end + 1)};
    }
    return {};
}

Reply welcome(SignedIn signed_in, const http::Request& request, int status) {
    Reply reply{status, {}, {}, {}};
    reply.headers.add("Cache-Control", "no-store");
    if (is_console(request) && !signed_in.second_factor_needed) {
        reply.headers.add("Set-Cookie", cookie_line(request, signed_in.refresh, session_idle));
        signed_in.refresh.clear();
    }
    reply.body = json::to_value(signed_in);
    return reply;
}

void forget_cookie(Reply& reply, const http::Request& request) {
    if (is_console(request)) reply.headers.add("Set-Cookie", cookie_line(request, "", {}));
}

void add_sessions(Router& router, const Services& services) {
    Adding sessions{router, services, "sessions"};
    sessions("POST", "session/refresh", Scope::nobody, "Stay signed in: new tokens for old",
             shape<RefreshQuestion>(), shape<SignedIn>(), 200, refresh);
    sessions("GET", "sessions", Scope::signed_in, "Where I am signed in", {},
             list_of(shape<SessionInfo>()), 200, list_sessions)
        .person = true;
    sessions("DELETE", "sessions/{id}", Scope::signed_in, "End one of my sessions, at once", {}, {},
             204, end_session)
        .person = true;
    sessions("POST", "sessions/end-others", Scope::signed_in, "End all my sessions but this one",
             {}, shape<Ended>(), 200, end_other_sessions)
        .person = true;
}

}  // namespace ds::api
