#pragma once

#include <functional>
#include <map>

#include "api/schema.hpp"
#include "base/json.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "jobs/service/office.hpp"
#include "model/people.hpp"

namespace ds::api {

/// What a token lets its bearer do. Each includes those before. `signed_in` is no more than to
/// be known: who must set up a second factor first has no other right.
enum class Scope { nobody, signed_in, read, operate, administer };

/// Who calls.
struct Caller {
    std::string organization;
    std::string user;
    std::string token;  // its id; of a person, the session's
    Scope scope = Scope::nobody;
    bool person = false;  // signed in themselves; not a program with a token of theirs
    model::Role role = model::Role::viewer;
};

struct Call {
    const http::Request& request;
    const std::map<std::string, std::string>& path;  // {"id": "01J…"}
    const Caller& caller;
    const std::stop_token& stop;

    const std::string& id() const { return path.at("id"); }
    /// The body as a JSON object; Code::invalid otherwise.
    Result<json::bj::object> body() const;
    std::string option(std::string_view name) const;
};

/// The body as a described struct; Code::invalid names what is wrong in it. No body reads as {}.
template <class T>
Result<T> read_body(const Call& call) {
    json::bj::object body;
    if (!call.request.body.empty()) {
        DS_TRY(body, call.body());
    }
    T item;
    const auto status =
        json::read_into(item, json::Value{std::move(body)}, "", json::Written::by_person);
    if (!status) return fail(Code::invalid, status.error().message());
    return item;
}

/// What a handler answers: JSON with a status, or anything else as a whole response.
struct Reply {
    int status = 200;
    json::Value body;
    http::Headers headers;
    std::optional<http::Response> raw;
};

using Handle = std::function<Result<Reply>(const Call&)>;

/// What may stand behind the question mark of an address.
struct Option {
    std::string name;
    std::string description;
    std::vector<std::string> words = {};  // nothing else, unless empty
};

/// One route, described once: the router, the OpenAPI document and the tests read this.
struct Route {
    std::string method;
    std::string pattern;  // "/api/v1/stores/{id}"
    Scope scope = Scope::read;
    std::string tag;      // "stores"
    std::string summary;  // "Change a store"
    Shape takes;          // of the body; empty: none
    Shape gives;          // of the answer's body; empty: none
    int status = 200;     // when all goes well
    bool is_list = false;
    Handle handle;
    std::vector<Option> options = {};  // others are refused
    bool person = false;               // not for programs with a token
};

class Router {
public:
    /// The route as it was added; valid until the next one is.
    Route& add(Route route);
    /// Puts something around every handler that there is by now.
    void wrap(const std::function<Handle(const Route&)>& around);
    const std::vector<Route>& routes() const { return routes_; }
    /// The route of exactly this pattern; there must be one.
    const Route& at(std::string_view method, std::string_view pattern) const;

    struct Match {
        const Route* route = nullptr;
        std::map<std::string, std::string> path;
        std::vector<std::string> allowed;  // methods of this path, when none matched
    };
    Match match(const http::Request& request) const;

private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string>> patterns_;  // in segments, beside routes_
};

}  // namespace ds::api
