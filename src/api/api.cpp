#include "api/api.hpp"

#include <algorithm>

#include "api/administering.hpp"
#include "api/audit.hpp"
#include "api/caller.hpp"
#include "api/openapi.hpp"
#include "api/problem.hpp"
#include "api/rate_limiter.hpp"
#include "api/repeats.hpp"
#include "api/routes.hpp"

namespace ds::api {
namespace {

http::Response not_found(const http::Request& request) {
    return problem(fail(Code::not_found, "there is nothing at " + printable(request.path, 200),
                        "/api/v1/openapi.json lists everything there is."));
}

http::Response wrong_method(const http::Request& request, const std::vector<std::string>& allowed) {
    auto response =
        request.method == "OPTIONS"
            ? http::Response{204, {}, {}, {}, {}}
            : problem(405, fail(Code::invalid, fmt::format("{} is not for this address",
                                                           printable(request.method, 20))));
    response.headers.add("Allow", join(allowed, ", ") + ", OPTIONS");
    return response;
}

Status check_allowed(const Route& route, const Caller& caller) {
    if (caller.scope >= route.scope && (caller.person || !route.person)) return {};
    if (caller.scope == Scope::nobody)
        return fail(Code::unauthenticated, "this needs a token",
                    "Send it as Authorization: Bearer TOKEN.");
    if (route.person && !caller.person)
        return fail(Code::denied,
                    "this is for people who signed in, not for programs with a token");
    if (caller.scope == Scope::signed_in)
        return fail(Code::denied, "this organization asks its members for a second factor",
                    "Set one up first: POST /api/v1/second-factor.");
    return fail(Code::denied, fmt::format("this needs the right to {}", name_of(route.scope)));
}

Status check_form(const http::Request& request) {
    if (request.body.empty()) return {};
    const auto* type = request.headers.find("Content-Type");
    if (type != nullptr && lower(*type).starts_with("application/json")) return {};
    return fail(Code::unsupported, "the body is not announced as JSON",
                "Send Content-Type: application/json.");
}

http::Response written(const http::Request& request, Reply reply) {
    if (reply.raw) return std::move(*reply.raw);
    http::Response response;
    response.status = reply.status;
    response.headers = std::move(reply.headers);
    const auto* etag = response.headers.find("ETag");
    const auto* known = request.headers.find("If-None-Match");
    if (request.method == "GET" && etag != nullptr && known != nullptr && *known == *etag) {
        response.status = 304;
        return response;
    }
    if (reply.body.is_null()) return response;
    response.headers.add("Content-Type", "application/json");
    response.body = json::to_text(reply.body);
    return response;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto bytes = utf8_sequence_bytes(text);
        if (bytes == 0) return false;
        text.remove_prefix(bytes);
    }
    return true;
}

/// Answers are JSON and catalogs keep texts: what is none gets no further than here.
Status check_address(const http::Request& request) {
    const bool right = std::ranges::all_of(request.segments, is_utf8) &&
                       std::ranges::all_of(request.query, [](const http::Field& option) {
                           return is_utf8(option.first) && is_utf8(option.second);
                       });
    if (right) return {};
    return fail(Code::invalid, "the address is not UTF-8");
}

/// A list reads its own options.
Status check_options(const Route& route, const http::Request& request) {
    if (route.is_list) return {};
    for (const auto& [name, _] : request.query) {
        const bool known = std::any_of(route.options.begin(), route.options.end(),
                                       [&](const auto& option) { return option.name == name; });
        if (known) continue;
        std::vector<std::string> names;
        for (const auto& option : route.options) names.push_back(option.name);
        return fail(Code::invalid,
                    fmt::format("{}: there is no such option here", printable(name, 60)),
                    names.empty() ? "This address takes none." : "Options: " + join(names, ", "));
    }
    return {};
}

void harden(http::Response& response) {
    if (response.headers.find("Cache-Control") == nullptr)
        response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Content-Type-Options", "nosniff");
}

}  // namespace

Api::Api(const Services& services) : services_{services} {
    add_sign_in(router_, services);
    add_sessions(router_, services);
    add_second_factor(router_, services);
    add_members(router_, services);
    add_invitations(router_, services);
    add_profile(router_, services);
    add_pictures(router_, services);
    add_tokens(router_, services);
    add_resources(router_, services);
    add_plan_actions(router_, services);
    add_backup_actions(router_, services);
    add_restore_actions(router_, services);
    add_run_actions(router_, services);
    add_connection_tests(router_, services);
    add_notifications(router_, services);
    add_overview(router_, services);
    add_settings(router_, services);
    add_history(router_, services);
    add_bulk(router_);
    add_live(router_, services);
    add_key_pairs(router_, services);
    add_master_key(router_, services);
    add_watching(router_, services);
    add_downloads(router_, services);
    add_administration(router_, services);
    add_database_acts(router_, services);
    add_audit(router_, services);
    add_description();
    router_.wrap([&services](const Route& route) { return with_audit(services, route); });
}

void Api::add_description() {
    const auto serve = [this](std::string_view path, std::string_view summary, Handle handle) {
        router_.add({"GET",
                     std::string{path},
                     Scope::nobody,
                     "description",
                     std::string{summary},
                     {},
                     {},
                     200,
                     false,
                     std::move(handle)});
    };
    const auto text = [](std::string type, std::string body) {
        http::Response response;
        response.headers.add("Content-Type", std::move(type));
        response.headers.add("Content-Security-Policy",
                             "default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
                             "'self'; frame-ancestors 'none'; base-uri 'none'");
        response.body = std::move(body);
        return Reply{200, {}, {}, std::move(response)};
    };
    serve("/api/v1/openapi.json", "This description", [this, text](const Call&) -> Result<Reply> {
        return text("application/json", openapi_);
    });
    serve("/api/docs", "This description, to read", [text](const Call&) -> Result<Reply> {
        return text("text/html; charset=utf-8", std::string{documentation_page()});
    });
    serve("/api/docs.js", "What shows it", [text](const Call&) -> Result<Reply> {
        return text("text/javascript; charset=utf-8", std::string{documentation_script()});
    });
    serve("/api/docs.css", "How it looks", [text](const Call&) -> Result<Reply> {
        return text("text/css; charset=utf-8", std::string{documentation_style()});
    });
    openapi_ = json::to_text(openapi_document(router_.routes()));
}

http::Response Api::answer(const http::Request& request, const std::stop_token& stop) const {
    if (auto readable = check_address(request); !readable) return problem(readable.error());
    const auto match = router_.match(request);
    if (match.route == nullptr && match.allowed.empty()) return not_found(request);
    if (match.route == nullptr) return wrong_method(request, match.allowed);
    const auto attempt = [&]() -> Result<Reply> {
        DS_DO(check_strangers(*match.route, request));
        // Whoever signs in anew may still send a token whose time is over.
        const bool for_all = match.route->scope == Scope::nobody;
        DS_TRY(const auto caller,
               for_all ? Result<Caller>{Caller{}} : caller_of(services_, request));
        if (services_.limiter != nullptr) DS_DO(services_.limiter->take_caller(caller));
        DS_DO(check_allowed(*match.route, caller));
        DS_DO(check_form(request));
        DS_DO(check_options(*match.route, request));
        return perform(*match.route, Call{request, match.path, caller, stop});
    };
    auto reply = attempt();
    auto response = reply ? written(request, std::move(*reply)) : problem(reply.error());
    if (!reply && response.status >= 500) {
        // The pattern, not the path: that is whatever somebody sent.
        services_.office.log.error("api.error", reply.error().message(),
                                   {{"method", match.route->method},
                                    {"route", match.route->pattern},
                                    {"status", response.status},
                                    {"code", name_of(reply.error().code())}});
    }
    harden(response);
    return response;
}

/// What is asked to know who somebody is costs us the most, and is what is guessed at.
Status Api::check_strangers(const Route& route, const http::Request& request) const {
    if (services_.limiter == nullptr || route.scope != Scope::nobody || route.method == "GET")
        return {};
    return services_.limiter->take_sign_in(request.peer);
}

Result<Reply> Api::perform(const Route& route, const Call& call) const {
    const auto* key = call.request.headers.find("Idempotency-Key");
    // Without a caller there is nobody whose repetition it could be.
    if (key == nullptr || route.method != "POST" || call.caller.scope == Scope::nobody)
        return route.handle(call);
    return answer_once(services_, route, call, *key);
}

}  // namespace ds::api
