#include <cstring>

#include "api/audit.hpp"
#include "api/openapi.hpp"
#include "server/testing/authenticator.hpp"
#include "server/testing/server_story.hpp"

// Every route once, with success: what is described is there, and answers as described.
namespace ds::server::testing {
namespace {

class Tour : public PlanStory {
protected:
    std::string run, backup;

    void SetUp() override {
        admin_password.clear();  // so that the first administrator makes themselves
        PlanStory::SetUp();
    }

    void sign_in() override {
        EXPECT_TRUE(get("setup").at("needed").as_bool());
        const auto secret = sys::read_file(server->setup_file(), 4 * KiB);
        const auto made = post("setup",
                               {{"secret", trimmed(text_of(*secret))},
                                {"organization", "acme"},
                                {"name", "admin"},
                                {"password", password}},
                               201);
        token = text(made, "token");
        const auto again = post("session", {{"name", "admin"}, {"password", password}}, 201);
        post("session/refresh", {{"refresh", text(again, "refresh")}}, 200);
        EXPECT_EQ(get("sessions").at("items").as_array().size(), 2U);
        call("DELETE", "sessions/" + text(again, "id"), {}, 204);
        post("sessions/end-others", {}, 200);
    }

    std::string first_of(const std::string& list) {
        const auto items = get(list + "?limit=1").at("items").as_array();
        EXPECT_FALSE(items.empty()) << list;
        return items.empty() ? "none" : text(items[0], "id");
    }
    void read(const std::string& list) { get(list + "/" + first_of(list)); }
    void note(const std::string& path) {
        call("PATCH", path, R"({"notes": "seen on the tour"})", 200);
    }
    void for_all(const std::string& list, const std::string& action, const std::string& id) {
        const auto answer =
            post(list + "/bulk", {{"action", action}, {"ids", json::bj::array{id}}}, 200);
        EXPECT_EQ(answer.at("done").to_number<int>(), 1) << json::to_text(answer);
    }

    void see_who_is_here() {
        get("session");
        const auto made =
            post("tokens", {{"name", "guest"}, {"scopes", json::bj::array{"read"}}}, 201);
        read("tokens");
        const auto mine = std::exchange(token, text(made, "token"));
        call("DELETE", "session", {}, 204);
        token = mine;
        const auto other =
            post("tokens", {{"name", "second"}, {"scopes", json::bj::array{"read"}}}, 201);
        call("DELETE", "tokens/" + text(other, "id"), {}, 204);
        read("organizations");
        call("PATCH", "organizations/" + first_of("organizations"), R"({"name": "Acme"})", 200);
    }

    void invite_somebody() {
        const auto invitation = post("invitations", {{"name", "Ann"}, {"role", "operator"}}, 201);
        read("invitations");
        const auto joined = post(
            "invitations/accept",
            {{"token", text(invitation, "token")}, {"name", "ann"}, {"password", password}}, 201);
        const auto ann = text(get("members?name=ann").at("items").at(0), "id");
        get("members/" + ann);
        call("PATCH", "members/" + ann, R"({"role": "viewer"})", 200);
        const auto mine = std::exchange(token, text(joined, "token"));
        set_up_a_second_factor();
        token = mine;
        call("DELETE", "members/" + ann + "/second-factor", {}, 204);
        call("DELETE", "members/" + ann + "/sessions", {}, 204);
        call("DELETE", "members/" + ann, {}, 204);
        const auto other = post("invitations", {{"name", "Ben"}}, 201);
        call("DELETE", "invitations/" + text(other, "id"), {}, 204);
    }

    void set_up_a_second_factor() {
        const auto begin = [&] {
            return Authenticator{
                text(post("second-factor", {{"password", password}}, 200), "secret")};
        };
        const auto now = std::chrono::system_clock::now();
        const auto first = begin();
        post("second-factor/confirm", {{"code", first.code(now)}}, 200);
        EXPECT_TRUE(get("second-factor").at("enabled").as_bool());
        const auto codes = post("second-factor/recovery-codes",
                                {{"code", first.code(now + crypto::totp_step)}}, 200);
        const auto entered = post("session", {{"name", "ann"}, {"password", password}}, 201);
        post("session/second-factor",
             {{"token", text(entered, "token")}, {"code", codes.at("codes").at(0)}}, 201);
        post("second-factor/remove", {{"code", codes.at("codes").at(1)}}, 204);
        const auto second = begin();
        post("second-factor/confirm", {{"code", second.code(now)}}, 200);
    }

    void say_who_i_am() {
        get("profile");
        call("PATCH", "profile", R"({"email": "admin@example.com"})", 200);
        call("PUT", "profile/picture", R"({"image": "iVBORw0KGgo="})", 204);
        EXPECT_EQ(ask("GET", "members/" + text(get("profile"), "id") + "/picture").status, 200);
        call("DELETE", "profile/picture", {}, 204);
        get("preferences");
        call("PATCH", "preferences", R"({"theme": "dark"})", 200);
        post("profile/password", {{"old_password", password}, {"new_password", password}}, 204);
    }

    void see_what_is_kept() {
        for (const char* list : {"servers", "databases", "stores", "keys", "plans"}) {
            read(list);
            note(std::string{list} + "/" + first_of(list));
        }
        const auto pair = post("key-pairs", {}, 201);
        EXPECT_TRUE(text(pair, "sheet").find(text(pair, "secret")) != std::string::npos);
        const auto channel =
            text(post("channels",
                      {{"name", "hook"},
                       {"driver", "webhook"},
                       {"options", json::bj::object{{"method", "POST"}}},
                       {"secrets", json::bj::object{{"url", "http://127.0.0.1:1/"}}}},
                      201),
                 "id");
        read("channels");
        call("PATCH", "channels/" + channel, R"({"severity": "info"})", 200);
        EXPECT_FALSE(post("channels/" + channel + "/test", {}, 200).at("delivered").as_bool());
        post("servers/" + server_id + "/test", {}, 200);
        post("servers/" + server_id + "/role-sql", {{"database", "shop"}}, 200);
        post("stores/" + store + "/test", {}, 200);
        for_all("servers", "label", server_id);
        for_all("keys", "label", first_of("keys"));
        for_all("databases", "unarchive", database);
        for_all("stores", "resume", store);
        for_all("channels", "resume", channel);
        get("settings");
        call("PATCH", "settings", R"({"zone": "Europe/Berlin"})", 200);
        post("settings/rotate-master-key", {}, 200);
    }

    /// So that there is something to tell.
    void fail_once() {
        const auto url = text(get("servers/" + server_id), "url");
        const auto turn_to = [&](const std::string& where) {
            call("PATCH", "servers/" + server_id, json::to_text(json::bj::object{{"url", where}}),
                 200);
        };
        call("PATCH", "plans/" + plan, R"({"attempts_max": 1})", 200);
        turn_to("postgres://postgres@127.0.0.1:1/");
        EXPECT_EQ(text(back_up(), "state"), "failed");
        turn_to(url);
    }

    void hear_of_it() {
        get("channel-kinds");
        get("event-kinds");
        for (const char* list : {"notifications", "deliveries"}) read(list);
        post("deliveries/" + first_of("deliveries") + "/replay", {}, 202);
        EXPECT_GT(get("unread-notifications").at("unread").to_number<int>(), 0);
        call("PATCH", "notifications/" + first_of("notifications"), R"({"seen": true})", 200);
        for_all("notifications", "unseen", first_of("notifications"));
        post("notifications/read-all", {}, 200);
        get("digest");
        call("PATCH", "digest", R"({"zone": "Europe/Berlin"})", 200);
        get("digest/preview");
    }

    void back_up_and_restore() {
        get("plans/" + plan + "/upcoming");
        post("schedules/preview", {{"schedule", "@daily"}}, 200);
        post("plans/" + plan + "/retention-preview", {}, 200);
        const auto done = back_up();
        run = text(done, "id");
        backup = text(done, "backup");
        for_all("plans", "resume", plan);
        read("runs");
        get("runs/" + run + "/log");
        for (const char* list : {"backups", "copies"}) read(list);
        note("backups/" + backup);
        get("backups/" + backup + "/parts");
        get("backups/" + backup + "/contents");
        const auto download =
            post("backups/" + backup + "/downloads", {{"part", "facts.json"}}, 201);
        EXPECT_EQ(ask("GET", text(download, "url")).status, 200);
        wait_for(text(post("backups/" + backup + "/verify", {{"level", 1}}, 202), "id"));
        wait_for(text(post("backups/" + backup + "/restore",
                           {{"into_server", server_id}, {"into_database", "tour"}}, 202),
                      "id"));
        replace_and_take_back();
        for_all("backups", "pin", backup);
        for_all("runs", "retry", run);
    }

    void replace_and_take_back() {
        json::bj::object order{
            {"into_server", server_id}, {"into_database", "tour"}, {"replace", true}};
        post("backups/" + backup + "/restore/preflight", order, 200);
        order["confirm"] = "tour";
        const auto replaced =
            wait_for(text(post("backups/" + backup + "/restore", order, 202), "id"));
        EXPECT_EQ(text(replaced, "state"), "succeeded") << json::to_text(replaced);
        read("replacements");
        wait_for(
            text(post("runs/" + text(replaced, "id") + "/undo", {{"confirm", "tour"}}, 202), "id"));
    }

    void look_at_the_server() {
        const auto here = "servers/" + server_id;
        EXPECT_FALSE(get(here + "/databases").at("items").as_array().empty());
        EXPECT_FALSE(get(here + "/roles").at("items").as_array().empty());
        const auto shop = here + "/databases/shop";
        for (const char* list : {"/grants", "/schemas", "/tables"})
            EXPECT_FALSE(get(shop + list).at("items").as_array().empty()) << list;
        EXPECT_EQ(get(shop + "/diagram").at("tables").as_array().size(), 1U);
        EXPECT_EQ(text(get(shop + "/tables/public/orders").at("table"), "name"), "orders");
        EXPECT_EQ(get(shop + "/tables/public/orders/rows?limit=7").at("rows").as_array().size(),
                  7U);
        const auto ordered =
            post(here + "/acts", {{"act", "create_database"}, {"database", "made"}}, 201);
        post(here + "/acts/" + text(ordered, "code"), {}, 200);
    }

    void stop_a_run() {
        const auto again = text(post("runs/" + run + "/retry", {}, 202), "id");
        post("runs/" + again + "/cancel", {}, 202);
        wait_for(again);
    }

    void watch() {
        for (const char* path :
             {"protection", "statistics", "statistics/history", "/api/v1/openapi.json"})
            get(path);
        get("databases/" + database + "/history");
        for (const char* path :
             {"/healthz", "/metrics", "/api/docs", "/api/docs.js", "/api/docs.css"})
            EXPECT_EQ(ask("GET", path).status, 200) << path;
        const auto until = std::chrono::steady_clock::now() + 5s;
        while (ask("GET", "/readyz").status != 200 && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(20ms);
        http::testing::WebSocketClient live{
            server->port(), "/api/v1/live", {{"Authorization", "Bearer " + token}}};
        if (live.open()) conformance->did("GET", "/api/v1/live");
    }

    /// The operations that say they are audited, and left no row.
    std::vector<std::string> unaudited() {
        std::set<std::string> entered;
        for (std::string next = "audit?limit=500"; !next.empty();) {
            const auto page = get(next);
            for (const auto& row : page.at("items").as_array()) entered.insert(text(row, "action"));
            const auto* cursor = page.as_object().if_contains("next");
            next = cursor == nullptr ? "" : "audit?limit=500&cursor=" + text(page, "next");
        }
        std::vector<std::string> missing;
        for (const auto& route : server->api().routes()) {
            if (api::audited(route) == api::Audited::no) continue;
            const auto action = route.method + " " + route.pattern.substr(strlen("/api/v1/"));
            if (!entered.contains(action)) missing.push_back(action);
        }
        return missing;
    }

    void look_back() {
        read("audit");
        for (const char* format : {"csv", "jsonl"})
            EXPECT_EQ(ask("GET", std::string{"audit-export/"} + format).status, 200);
        EXPECT_TRUE(get("audit-check").at("intact").as_bool());
    }

    /// In the order in which nothing needs it any more.
    void remove_everything() {
        call("PATCH", "settings", R"({"prune_grace_seconds": 3600})", 200);
        call("PATCH", "backups/" + backup, R"({"pinned": false})", 200);
        post("backups/" + backup + "/remove", {}, 200);
        post("backups/" + backup + "/keep", {}, 200);
        call("DELETE", "plans/" + plan, {}, 204);
        call("DELETE", "channels/" + first_of("channels"), {}, 204);
        const auto spare = text(
            post("servers", {{"name", "spare"}, {"url", "postgres://me@127.0.0.1:1/"}}, 201), "id");
        const auto empty =
            text(post("databases", {{"name", "empty"}, {"server", spare}}, 201), "id");
        call("DELETE", "databases/" + empty, {}, 204);
        call("DELETE", "servers/" + spare, {}, 204);
        const auto unused =
            text(post("stores", {{"name", "unused"}, {"url", store_url() + "/unused"}}, 201), "id");
        call("DELETE", "stores/" + unused, {}, 204);
        const auto other = text(
            post("keys",
                 {{"name", "other"}, {"recipient", crypto::Identity::generate().recipient()}}, 201),
            "id");
        call("DELETE", "keys/" + other, {}, 204);
    }
};

TEST_F(Tour, every_operation_of_the_document_does_what_it_is_for) {
    see_who_is_here();
    invite_somebody();
    say_who_i_am();
    see_what_is_kept();
    fail_once();
    hear_of_it();
    back_up_and_restore();
    look_at_the_server();
    stop_a_run();
    watch();
    remove_everything();
    look_back();
    EXPECT_EQ(unaudited(), std::vector<std::string>{}) << "every change leaves a row";
    EXPECT_EQ(conformance->never_did(), std::vector<std::string>{});
}

TEST_F(ServerStory, every_operation_is_described) {
    const auto document = api::openapi_document(server->api().routes());
    std::set<std::string> ids;
    for (const auto& [path, methods] : document.at("paths").as_object()) {
        for (const auto& [method, one] : methods.as_object()) {
            const auto where = std::string{method} + " " + std::string{path};
            EXPECT_TRUE(ids.insert(text(one, "operationId")).second) << where;
            EXPECT_GT(text(one, "summary").size(), 5U) << where;
            EXPECT_NE(text(one, "x-scope"), "") << where;
            EXPECT_TRUE(one.at("responses").as_object().contains("default")) << where;
            for (const auto& parameter : one.at("parameters").as_array())
                EXPECT_NE(text(parameter, "description"), "") << where;
            if (method == "post" || method == "patch") {
                const bool body = one.as_object().contains("requestBody");
                // "…/{id}/cancel", "settings/rotate-master-key"
                const bool act = path.find("{id}/") != std::string_view::npos ||
                                 path.rfind('-') > path.rfind('/');
                EXPECT_TRUE(body || act) << where << " takes nothing";
            }
            const auto& good = one.at("responses").as_object().begin()->value().as_object();
            EXPECT_NE(good.at("description").as_string(), "") << where;
        }
    }
}

TEST_F(ServerStory, what_the_document_requires_is_required) {
    const auto document = api::openapi_document(server->api().routes());
    const auto& schemas = document.at("components").at("schemas");
    std::size_t asked = 0;
    for (const auto& [path, methods] : document.at("paths").as_object()) {
        const auto* one = methods.as_object().if_contains("post");
        if (one == nullptr || !one->as_object().contains("requestBody") ||
            path.find('{') != std::string_view::npos)
            continue;
        const auto& content = one->at("requestBody").at("content").as_object();
        const std::string schema{content.begin()->value().at("schema").at("$ref").as_string()};
        const auto& body = schemas.at(schema.substr(schema.rfind('/') + 1)).as_object();
        if (!body.contains("required")) continue;
        ++asked;
        const auto status = ask("POST", std::string{path}, "{}").status;
        EXPECT_TRUE(status == 400 || status == 401 || status == 403) << path << ": " << status;
    }
    EXPECT_GT(asked, 10U);
}

}  // namespace
}  // namespace ds::server::testing
