#pragma once

#include "api/route.hpp"
#include "api/services.hpp"
#include "catalog/access_tables.hpp"

/// The sessions of people. Whoever signs in gets an access token for some minutes and a refresh
/// token for the next one. Both name a row of the catalog that is looked up for every request: with
/// it a session ends, at once and on every server.
namespace ds::api {

constexpr std::chrono::minutes access_life{15};
constexpr std::chrono::hours session_idle{24 * 14};
constexpr std::chrono::hours session_life{24 * 90};
constexpr std::chrono::minutes second_step_life{5};
constexpr std::int64_t sessions_max = 50;  // of one user
/// Two windows of a browser may send the same refresh token at the same moment, and an answer may
/// be lost: for this long the same question has the same answer.
constexpr std::chrono::seconds refresh_overlap{10};

/// What a person who signed in carries.
struct SignedIn {
    std::string id;     // of the session
    std::string token;  // for the Authorization line
    std::string expires;
    std::string refresh;  // for the next one, once; "" when it is in a cookie
    std::string refresh_expires;
    /// The password was right, and `token` is for POST session/second-factor alone.
    bool second_factor_needed = false;
};
BOOST_DESCRIBE_STRUCT(SignedIn, (),
                      (id, token, expires, refresh, refresh_expires, second_factor_needed))

/// In the transaction that lets them in. Sessions beyond `sessions_max` end, those first that were
/// not used for longest.
Result<SignedIn> begin_session(const Services& services, catalog::Session& session,
                               const model::User& user, const http::Request& request);

/// The password was right, but the user has a second factor: a token that is good for nothing but
/// the second step.
Result<SignedIn> begin_second_step(const Services& services, catalog::Session& session,
                                   const model::User& user, const http::Request& request);

/// A new pair of tokens for a refresh token, which is good once, and for `refresh_overlap` after
/// that for the same next token. One that comes later has been copied: Code::unauthenticated, and
/// the session ends for whoever has the other copy.
Result<SignedIn> refresh_session(const Services& services, const std::string& refresh,
                                 const http::Request& request);

/// The rows behind an access token, also behind that of a second step.
struct Holder {
    model::UserSession session;
    model::User user;
    Scope scope = Scope::nobody;
};
Result<Holder> holder_of(const Services& services, std::string_view access_token);

/// Whose access token it is. Code::unauthenticated when it is not good (any more).
Result<Caller> caller_of_session(const Services& services, std::string_view access_token);
/// Whether the session or token of a caller is still there.
bool is_still_good(const Services& services, const Caller& caller);

/// Ends all sessions of a user but `kept`; how many they were.
Result<std::uint64_t> end_sessions(catalog::Session& session, const std::string& organization,
                                   const std::string& user, const std::string& kept = {});

/// The right that a role gives.
Scope scope_of(model::Role role);

/// The console keeps its refresh token in a cookie that scripts cannot read. It says so with this
/// header line, which no other site's page can send.
constexpr const char* console_header = "X-DumpStation-Console";
bool is_console(const http::Request& request);
/// The refresh token in the cookie, "" when there is none or the request is not the console's.
std::string refresh_cookie(const http::Request& request);
/// The answer to whoever signed in: for the console, with the refresh token in the cookie.
Reply welcome(SignedIn signed_in, const http::Request& request, int status);
/// Makes the console forget its cookie.
void forget_cookie(Reply& reply, const http::Request& request);

}  // namespace ds::api
