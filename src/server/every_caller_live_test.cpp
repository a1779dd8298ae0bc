#include "api/caller.hpp"
#include "server/testing/access_story.hpp"
#include "server/testing/authenticator.hpp"

// Every operation of the OpenAPI document, as everybody who must not do it. What is described is
// walked, so a new route is covered by itself.
namespace ds::server {
namespace {

using namespace testing;

struct Operation {
    std::string method, path;
    api::Scope scope = api::Scope::nobody;
    bool person = false;
    bool is_list = false;

    std::string name() const { return method + " " + path; }
    bool has_id() const { return path.find("{id}") != std::string::npos; }
};

class EveryCaller : public AccessStory {
protected:
    std::vector<Operation> operations;
    std::map<std::string, std::string> ids;  // of a row of ours, by list: "plans"

    void SetUp() override {
        AccessStory::SetUp();
        read_document();
        fill();
    }

    static api::Scope scope_of(std::string_view name) {
        for (const auto scope : {api::Scope::signed_in, api::Scope::read, api::Scope::operate,
                                 api::Scope::administer}) {
            if (api::name_of(scope) == name) return scope;
        }
        return api::Scope::nobody;
    }
    void read_document() {
        const auto document = get("/api/v1/openapi.json");
        for (const auto& [path, methods] : document.at("paths").as_object()) {
            for (const auto& [method, one] : methods.as_object()) {
                Operation operation;
                operation.path = path;
                for (const char c : method) operation.method += static_cast<char>(c - 32);
                operation.scope = scope_of(text(one, "x-scope"));
                operation.person = one.as_object().contains("x-person");
                for (const auto& option : one.at("parameters").as_array())
                    operation.is_list |= text(option, "name") == "cursor";
                operations.push_back(std::move(operation));
            }
        }
        EXPECT_GT(operations.size(), 100U);
    }

    template <class T>
    void enter(const catalog::Table<T>& table, T row) {
        const auto organization = text(get("organizations").at("items").at(0), "id");
        catalog::begin_record(row, organization, late.now());
        const auto done = server->office().catalog.write(
            [&](catalog::Session& session) { return table.insert(session, row); });
        EXPECT_TRUE(done) << done.error().message();
    }
    /// A row of ours in every list there is.
    void fill() {
        const auto at = [&](const std::string& list, const json::bj::object& body) {
            return text(post(list, body, 201), "id");
        };
        const auto db = at("servers", {{"name", "db"}, {"url", "postgres://me@127.0.0.1:1/"}});
        const auto shop = at("databases", {{"name", "shop"}, {"server", db}});
        const auto disk = at("stores", {{"name", "disk"}, {"url", "file:///nowhere"}});
        const auto key =
            at("keys", {{"name", "main"}, {"recipient", crypto::Identity::generate().recipient()}});
        at("plans", {{"name", "nightly"},
                     {"paused", true},
                     {"databases", json::bj::array{shop}},
                     {"keys", json::bj::array{key}},
                     {"destinations", json::bj::array{json::bj::object{{"store", disk}}}}});
        at("channels", {{"name", "hook"},
                        {"driver", "webhook"},
                        {"secrets", json::bj::object{{"url", "http://127.0.0.1:1/"}}}});
        at("tokens", {{"name", "ci"}, {"scopes", json::bj::array{"read"}}});
        at("invitations", {{"name", "somebody"}});
        call("PUT", "profile/picture", R"({"image": "iVBORw0KGgo="})", 204);
        model::Run run;
        run.state = model::RunState::failed;
        enter(catalog::runs, run);
        enter(catalog::backups, model::Backup{});
        enter(catalog::copies, model::Copy{});
        enter(catalog::replacements, model::Replacement{});
        enter(catalog::notifications, model::Notification{});
        model::Delivery delivery;
        delivery.state = "delivered";
        enter(catalog::deliveries, delivery);
        for (const auto& one : operations) {
            if (!one.is_list || one.has_id()) continue;
            const auto list = one.path.substr(std::string_view{"/api/v1/"}.size());
            const auto page = json::parse(ask("GET", list).body);
            if (!page) continue;  // a file, not a page
            const auto items = page->at("items").as_array();
            if (!items.empty()) ids[list] = text(items.at(0), "id");
        }
        ids["sessions"] = text(get("sessions").at("items").at(0), "id");
    }

    /// With the id of a row of ours in its place.
    std::string target_of(const Operation& one) const {
        auto path = one.path;
        if (!one.has_id()) return path;
        const auto list = path.substr(8, path.find('/', 8) - 8);
        const auto found = ids.find(list);
        path.replace(path.find("{id}"), 4, found == ids.end() ? "x" : found->second);
        return path;
    }
    Answer try_it(const Operation& one, const std::string& who) {
        const bool takes = one.method == "POST" || one.method == "PATCH" || one.method == "PUT";
        return as(who, [&] { return ask(one.method, target_of(one), takes ? "{}" : ""); });
    }
    /// Everything that we see of ours; the audit also tells that somebody looked.
    std::string all_of_ours() {
        std::string all;
        for (const auto& one : operations) {
            if (one.is_list && !one.has_id() && one.path != "/api/v1/tokens" &&
                one.path.find("/audit") == std::string::npos)
                all += ask("GET", one.path).body;
        }
        return all;
    }

    std::string made_user(const std::string& organization, const std::string& name,
                          model::Role role) {
        const auto hash = crypto::hash_password(password).value();
        const auto done = server->office().catalog.write([&](catalog::Session& session) -> Status {
            DS_TRY(const auto tenant, api::organization_named(session, organization, late.now()));
            model::User user;
            catalog::begin_record(user, tenant.id, late.now());
            user.name = name;
            user.role = role;
            user.password_hash = hash;
            return catalog::users.insert(session, user);
        });
        EXPECT_TRUE(done) << done.error().message();
        return text(signed_in(name), "token");
    }
    std::string program(const std::string& scope) {
        return text(
            post("tokens", {{"name", "p-" + scope}, {"scopes", json::bj::array{scope}}}, 201),
            "token");
    }
    void expect_all(int status, const std::string& who, const std::string& what,
                    const std::function<bool(const Operation&)>& which) {
        int asked = 0;
        for (const auto& one : operations) {
            if (one.scope == api::Scope::nobody || !which(one)) continue;
            ++asked;
            EXPECT_EQ(try_it(one, who).status, status) << one.name() << " as " << what;
        }
        EXPECT_GT(asked, 3) << what;
    }
};

const auto any = [](const Operation&) { return true; };

TEST_F(EveryCaller, S_01_only_who_is_signed_in_gets_an_answer) {
    expect_all(401, "", "nobody", any);
    const auto expired = text(signed_in(), "token");
    const auto revoked = signed_in();
    call("DELETE", "sessions/" + text(revoked, "id"), {}, 204);
    expect_all(401, text(revoked, "token"), "revoked", any);
    const auto mine = program("administer");
    const auto short_lived = text(post("tokens",
                                       {{"name", "short"},
                                        {"scopes", json::bj::array{"administer"}},
                                        {"expires", rfc3339(late.now() + 60s)}},
                                       201),
                                  "token");
    late.advance(16min);
    expect_all(401, expired, "expired", any);
    expect_all(401, short_lived, "an expired program", any);
    token = text(signed_in(), "token");
    const Authenticator phone{text(post("second-factor", {{"password", password}}, 200), "secret")};
    post("second-factor/confirm", {{"code", phone.code(late.now())}}, 200);
    expect_all(401, text(signed_in(), "token"), "behind the password, before the code", any);
    EXPECT_EQ(status_with(mine, "plans"), 200) << "so that it is not all 401 by mistake";
}

TEST_F(EveryCaller, each_role_is_refused_what_is_above_it) {
    const auto above = [](api::Scope scope) {
        return [scope](const Operation& one) { return one.scope > scope; };
    };
    expect_all(403, made_user("default", "viewer", model::Role::viewer), "viewer",
               above(api::Scope::read));
    expect_all(403, made_user("default", "operator", model::Role::operates), "operator",
               above(api::Scope::operate));
    expect_all(403, program("read"), "a program that reads", above(api::Scope::read));
    expect_all(403, program("administer"), "a program at what is for people",
               [](const Operation& one) { return one.person; });
    const auto admin = made_user("default", "second", model::Role::admin);
    call("PATCH", "settings", R"({"require_second_factor": true})", 200);
    expect_all(403, admin, "a member without the second factor that is asked for",
               above(api::Scope::signed_in));
}

TEST_F(EveryCaller, S_08_another_organization_sees_and_changes_nothing_of_ours) {
    made_user("other", "olga", model::Role::owner);
    const auto olga = [&] { return text(signed_in("olga"), "token"); };
    const auto theirs = as(olga(), [&] { return program("administer"); });
    const auto before = all_of_ours();
    for (const auto& one : operations) {
        if (one.path == "/api/v1/live" || one.path == "/api/v1/session") continue;
        const auto answer = try_it(one, one.person ? olga() : theirs);
        if (one.has_id()) EXPECT_GE(answer.status, 400) << one.name();
        if (one.has_id() && one.method == "GET") EXPECT_EQ(answer.status, 404) << one.name();
        for (const auto& [list, id] : ids) {
            const bool echoed = answer.status >= 400;  // what was asked for may be repeated
            if (!echoed)
                EXPECT_EQ(answer.body.find(id), std::string::npos) << one.name() << ' ' << list;
        }
    }
    EXPECT_EQ(all_of_ours(), before);
}

/// Whoever adds a route for everybody does so here, too.
TEST_F(EveryCaller, what_is_for_everybody_is_known_by_name) {
    const std::set<std::string> known{"GET /api/v1/setup",
                                      "POST /api/v1/setup",
                                      "POST /api/v1/session",
                                      "POST /api/v1/session/refresh",
                                      "POST /api/v1/session/second-factor",
                                      "POST /api/v1/invitations/accept",
                                      "GET /api/v1/openapi.json",
                                      "GET /api/docs",
                                      "GET /api/docs.js",
                                      "GET /api/docs.css",
                                      "GET /healthz",
                                      "GET /readyz"};
    for (const auto& one : operations) {
        if (one.scope == api::Scope::nobody) EXPECT_TRUE(known.contains(one.name())) << one.name();
    }
}

}  // namespace
}  // namespace ds::server
