#include "server/testing/server_story.hpp"

namespace ds::server {
namespace {

using namespace testing;

TEST_F(PlanStory, a_plan_backs_up_proves_and_restores) {
    const auto run = back_up();
    ASSERT_EQ(run.at("state").as_string(), "succeeded") << json::to_text(run);
    const auto backup = text(run, "backup");
    EXPECT_EQ(get("backups/" + backup).at("rows").to_number<int>(), 1000);
    EXPECT_EQ(get("copies?backup=" + backup).at("items").as_array().size(), 1U);
    EXPECT_FALSE(get("runs/" + text(run, "id") + "/log").at("items").as_array().empty());

    const auto proof =
        wait_for(text(post("backups/" + backup + "/verify", {{"level", 4}}, 202), "id"));
    EXPECT_EQ(proof.at("state").as_string(), "succeeded") << json::to_text(proof);
    EXPECT_EQ(get("backups/" + backup).at("proof").at("level").to_number<int>(), 4);

    const auto restored =
        wait_for(text(post("backups/" + backup + "/restore",
                           {{"into_server", server_id}, {"into_database", "shop_copy"}}, 202),
                      "id"));
    EXPECT_EQ(restored.at("state").as_string(), "succeeded") << json::to_text(restored);
    EXPECT_EQ(pg.sql("shop_copy", "SELECT count(*) FROM orders"), "1000");

    const auto protection = get("protection").at("items").at(0);
    EXPECT_EQ(protection.at("protection").as_string(), "protected") << json::to_text(protection);
    EXPECT_EQ(get("statistics").at("backups").to_number<int>(), 1);
}

TEST_F(PlanStory, replacing_a_database_needs_its_name_typed) {
    const auto backup = text(back_up(), "backup");
    json::bj::object order{
        {"into_server", server_id}, {"into_database", "shop"}, {"replace", true}};
    EXPECT_EQ(post("backups/" + backup + "/restore", order, 400).at("field").as_string(),
              "confirm");
    pg.sql("shop", "DELETE FROM orders");
    order["confirm"] = "shop";
    const auto run = wait_for(text(post("backups/" + backup + "/restore", order, 202), "id"));
    EXPECT_EQ(run.at("state").as_string(), "succeeded") << json::to_text(run);
    EXPECT_EQ(pg.sql("shop", "SELECT count(*) FROM orders"), "1000");
}

TEST_F(PlanStory, what_is_removed_by_hand_goes_and_what_is_pinned_stays) {
    const auto first = text(back_up(), "backup");
    const auto second = text(back_up(), "backup");
    call("PATCH", "backups/" + second, R"({"pinned": true})", 200);
    post("backups/" + second + "/remove", {}, 409);
    post("backups/" + first + "/remove", {}, 200);
    const auto until = std::chrono::steady_clock::now() + patience;
    std::string state;
    while (state != "removed" && std::chrono::steady_clock::now() < until) {
        state = text(get("copies?backup=" + first).at("items").at(0), "state");
        std::this_thread::sleep_for(50ms);
    }
    EXPECT_EQ(state, "removed");
    EXPECT_EQ(text(get("copies?backup=" + second).at("items").at(0), "state"), "complete");
}

TEST_F(PlanStory, retention_tells_before_it_acts) {
    back_up();
    back_up();
    const json::bj::object destination{{"store", store},
                                       {"retention", json::bj::object{{"keep_last", 1}}}};
    const auto preview = post("plans/" + plan + "/retention-preview",
                              {{"destinations", json::bj::array{destination}}}, 200);
    const auto& copies = preview.at("copies").as_array();
    ASSERT_EQ(copies.size(), 2U);
    EXPECT_NE(copies[0].at("keep").as_bool(), copies[1].at("keep").as_bool());
    EXPECT_GT(preview.at("freed_bytes").to_number<std::uint64_t>(), 0U);
}

TEST_F(PlanStory, connections_are_tested_with_causes) {
    const auto good = post("servers/" + server_id + "/test", {}, 200);
    for (const auto& check : good.at("checks").as_array())
        EXPECT_TRUE(check.at("ok").as_bool()) << json::to_text(check);
    EXPECT_NE(text(good, "role_sql").find("pg_read_all_data"), std::string::npos);
    const auto disk = post("stores/" + store + "/test", {}, 200);
    for (const auto& check : disk.at("checks").as_array())
        EXPECT_TRUE(check.at("ok").as_bool()) << json::to_text(check);

    call("PATCH", "servers/" + server_id, R"({"url": "postgres://postgres@127.0.0.1:1/"})", 200);
    const auto bad = post("servers/" + server_id + "/test", {}, 200).at("checks");
    ASSERT_EQ(bad.as_array().size(), 1U);
    EXPECT_FALSE(bad.at(0).at("ok").as_bool());
}

TEST_F(PlanStory, a_failure_is_told_and_retried) {
    call("PATCH", "servers/" + server_id, R"({"url": "postgres://postgres@127.0.0.1:1/"})", 200);
    const auto run = back_up();
    EXPECT_EQ(text(run, "state"), "failed");
    EXPECT_EQ(text(run, "error_code"), "unavailable");
    const auto runs = get("runs?plan=" + plan + "&sort=id").at("items");
    ASSERT_EQ(runs.as_array().size(), 2U);
    EXPECT_EQ(text(runs.at(1), "trigger"), "retry");
    const auto cancelled = post("runs/" + text(runs.at(1), "id") + "/cancel", {}, 202);
    EXPECT_EQ(text(cancelled, "state"), "cancelled");
}

TEST_F(PlanStory, the_schedule_is_previewed) {
    const auto upcoming = get("plans/" + plan + "/upcoming");
    EXPECT_EQ(upcoming.at("runs").as_array().size(), 10U);
    EXPECT_EQ(text(upcoming, "description"), "every day at 02:30");
    EXPECT_NE(text(get("plans/" + plan), "next_run"), "");
    EXPECT_EQ(post("schedules/preview", {{"schedule", "61 * * * *"}}, 400).at("field").as_string(),
              "schedule");
}

TEST_F(PlanStory, everything_is_there_after_a_restart) {
    const auto backup = text(back_up(), "backup");
    server.reset();
    start();
    EXPECT_EQ(text(get("backups/" + backup), "id"), backup);
    EXPECT_EQ(text(back_up(), "state"), "succeeded");
}

TEST_F(ServerStory, nobody_sees_anything_without_a_token) {
    token.clear();
    for (const auto& route : server->api().routes()) {
        if (route.scope == api::Scope::nobody) continue;
        auto path = route.pattern;
        if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, "x");
        EXPECT_EQ(ask(route.method, path).status, 401) << route.method << ' ' << path;
    }
    EXPECT_EQ(ask("GET", "/healthz").status, 200);
    post("session", {{"name", "admin"}, {"password", "wrong"}}, 401);
    post("session", {{"name", "nobody"}, {"password", "wrong"}}, 401);
}

TEST_F(ServerStory, a_token_may_no_more_than_its_scopes) {
    const auto made =
        post("tokens", {{"name", "watcher"}, {"scopes", json::bj::array{"read"}}}, 201);
    token = text(made, "token");
    get("stores");
    post("stores", {{"name", "disk"}, {"url", "file:///tmp/x"}}, 403);
    post("tokens", {{"name", "more"}, {"scopes", json::bj::array{"administer"}}}, 403);
}

TEST_F(ServerStory, secrets_go_in_and_never_come_out) {
    const auto made = post("stores",
                           {{"name", "bucket"},
                            {"url", "s3://bucket/prefix?endpoint=http://127.0.0.1:1&access_key=me"},
                            {"secrets", json::bj::object{{"secret_key", "hush-hush"}}}},
                           201);
    EXPECT_EQ(made.at("secrets_set").at(0).as_string(), "secret_key");
    const auto id = text(made, "id");
    call("PATCH", "stores/" + id, R"({"notes": "kept"})", 200);
    const auto again = ask("GET", "stores/" + id);
    EXPECT_EQ(again.body.find("hush-hush"), std::string::npos);
    EXPECT_NE(again.body.find("secret_key"), std::string::npos);
    call("PATCH", "stores/" + id, R"({"secrets": {"secret_key": null}})", 200);
    EXPECT_TRUE(get("stores/" + id).at("secrets_set").as_array().empty());
    const auto refused =
        post("servers", {{"name", "db"}, {"url", "postgres://me:pw-in-url@db/"}}, 400);
    EXPECT_EQ(json::to_text(refused).find("pw-in-url"), std::string::npos);
}

TEST_F(ServerStory, changes_do_not_overwrite_each_other) {
    const auto made = ask("POST", "stores", R"({"name": "a", "url": "file:///tmp/x"})");
    ASSERT_EQ(made.status, 201) << made.body;
    const auto path = made.header("Location");
    const auto etag = made.header("ETag");
    EXPECT_EQ(ask("PATCH", path, R"({"notes": "1"})", {{"If-Match", etag}}).status, 200);
    const auto late = ask("PATCH", path, R"({"notes": "2"})", {{"If-Match", etag}});
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(text(json::parse(late.body).value(), "code"), "stale");
    const auto now = ask("GET", path).header("ETag");
    EXPECT_EQ(ask("GET", path, {}, {{"If-None-Match", now}}).status, 304);
}

TEST_F(ServerStory, a_repeated_request_does_nothing_twice) {
    const http::Headers once{{"Idempotency-Key", "k1"}};
    const std::string body = R"({"name": "a", "url": "file:///tmp/x"})";
    const auto first = ask("POST", "stores", body, once);
    const auto second = ask("POST", "stores", body, once);
    EXPECT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(second.body, first.body);
    EXPECT_EQ(second.header("Idempotent-Replayed"), "true");
    EXPECT_EQ(ask("POST", "stores", R"({"name": "b", "url": "file:///tmp/y"})", once).status, 400);
    EXPECT_EQ(get("stores").at("items").as_array().size(), 1U);
}

TEST_F(ServerStory, lists_are_paged_filtered_sorted_and_searched) {
    for (int at = 0; at < 7; ++at) {
        post("stores",
             {{"name", fmt::format("store-{}", at)}, {"url", fmt::format("file:///tmp/{}", at)}},
             201);
    }
    std::vector<std::string> names;
    std::string next;
    do {
        const auto page =
            get("stores?limit=3&sort=-name" + (next.empty() ? "" : "&cursor=" + next));
        for (const auto& item : page.at("items").as_array()) names.push_back(text(item, "name"));
        next = page.as_object().contains("next") ? text(page, "next") : "";
    } while (!next.empty());
    ASSERT_EQ(names.size(), 7U);
    EXPECT_EQ(names.front(), "store-6");
    EXPECT_EQ(get("stores?q=STORE-3").at("items").as_array().size(), 1U);
    EXPECT_EQ(get("stores?name.gte=store-5").at("items").as_array().size(), 2U);
    call("GET", "stores?colour=red", {}, 400);
    call("GET", "stores?sort=sealed", {}, 400);
    call("GET", "stores?cursor=zz", {}, 400);
    call("GET", "stores?limit=501", {}, 400);
}

TEST_F(ServerStory, errors_say_which_field_is_wrong) {
    EXPECT_EQ(post("stores", {{"name", "a"}, {"urrl", "x"}}, 400).at("field").as_string(), "urrl");
    EXPECT_EQ(post("stores", {{"name", 7}}, 400).at("field").as_string(), "name");
    const json::bj::object destination{{"store", "nowhere"}};
    EXPECT_EQ(post("plans", {{"name", "p"}, {"destinations", json::bj::array{destination}}}, 400)
                  .at("field")
                  .as_string(),
              "destinations[0].store");
    EXPECT_EQ(ask("POST", "stores", "{nonsense").status, 400);
    EXPECT_EQ(ask("PUT", "stores", "{}").status, 405);
    EXPECT_EQ(ask("GET", "nothing-here").status, 404);
    EXPECT_EQ(ask("GET", "stores/nothing-here").status, 404);
}

TEST_F(ServerStory, changes_are_told_live_and_can_be_resumed) {
    const http::Headers me{{"Authorization", "Bearer " + token}};
    http::testing::WebSocketClient socket{server->port(), "/api/v1/live", me};
    ASSERT_TRUE(socket.open());
    const auto store = text(post("stores", {{"name", "a"}, {"url", "file:///tmp/x"}}, 201), "id");
    const auto told = json::parse(socket.receive().payload);
    ASSERT_TRUE(told);
    EXPECT_EQ(text(*told, "topic"), "store");
    EXPECT_EQ(text(*told, "id"), store);
    const auto before = told->at("sequence").to_number<std::uint64_t>() - 1;
    http::testing::WebSocketClient again{server->port(),
                                         fmt::format("/api/v1/live?after={}", before), me};
    EXPECT_EQ(text(*json::parse(again.receive().payload), "id"), store);
    http::testing::WebSocketClient stale{server->port(), "/api/v1/live?after=1", me};
    EXPECT_EQ(text(*json::parse(stale.receive().payload), "topic"), "reload");
}

TEST_F(PlanStory, the_master_key_is_changed_while_it_serves) {
    const auto backup = text(back_up(), "backup");
    const auto rotated = post("settings/rotate-master-key", {}, 200);
    EXPECT_EQ(rotated.at("resealed").to_number<int>(), 2)
        << "the identity of the key, and the head of the audit";
    const auto proof = [&] {  // opens the backup with that identity
        return wait_for(text(post("backups/" + backup + "/verify", {{"level", 2}}, 202), "id"));
    };
    EXPECT_EQ(proof().at("state").as_string(), "succeeded");
    server.reset();
    start();
    EXPECT_EQ(proof().at("state").as_string(), "succeeded");
}

TEST_F(ServerStory, it_tells_how_it_is) {
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (ask("GET", "/readyz").status != 200 && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(20ms);
    EXPECT_EQ(ask("GET", "/readyz").status, 200);
    EXPECT_NE(ask("GET", "/readyz").body.find("catalog backup"), std::string::npos);
    const auto metrics = ask("GET", "/metrics").body;
    EXPECT_NE(metrics.find("dumpstation_catalog_backup_ok 0"), std::string::npos);
    EXPECT_NE(metrics.find("dumpstation_build_info{version="), std::string::npos);
    EXPECT_EQ(get("openapi.json").at("openapi").as_string(), "3.1.0");
    EXPECT_NE(ask("GET", "/api/docs").body.find("DumpStation API"), std::string::npos);
}

TEST_F(ServerStory, one_state_has_one_server) {
    Options options;
    options.state = directory / "state";
    const auto second = Server::start(std::move(options));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code(), Code::conflict);
}

}  // namespace
}  // namespace ds::server
