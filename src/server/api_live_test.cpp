#include <gmock/gmock.h>

#include "server/testing/server_story.hpp"

// The rules of the API. Tests that begin with a letter and a number are about a weakness that
// products of this kind are known for.
namespace ds::server::testing {
namespace {

std::string field_of(const json::Value& problem) { return text(problem, "field"); }

json::bj::object bulk_of(std::string_view action, json::bj::array ids) {
    return {{"action", action}, {"ids", std::move(ids)}};
}

TEST_F(PlanStory, plans_that_cannot_work_are_refused_with_the_field) {
    const auto stores = R"([{"store": ")" + store + R"("}])";
    const auto twice = fmt::format(R"(["{0}", "{0}"])", database);
    const std::pair<std::string, std::string> wrong[] = {
        {R"({"databases": []})", "databases"},
        {R"({"databases": )" + twice + "}", "databases[1]"},
        {R"({"databases": ["nowhere"]})", "databases[0]"},
        {R"({"destinations": []})", "destinations"},
        {fmt::format(R"({{"destinations": [{{"store": "{0}"}}, {{"store": "{0}"}}]}})", store),
         "destinations[1].store"},
        {fmt::format(R"({{"destinations": [{{"store": "{}", "retention": {{"daily": 99999}}}}]}})",
                     store),
         "destinations[0].retention.daily"},
        {fmt::format(R"({{"keys": ["{0}", "{0}"]}})", key), "keys[1]"},
        {R"({"keys": []})", "keys"},
        {R"({"compression": "zstd:99"})", "compression"},
        {R"({"compression": "gzip:9"})", "compression"},
        {R"({"jitter_seconds": 86401})", "jitter_seconds"},
        {R"({"stall_seconds": 0})", "stall_seconds"},
        {R"({"stall_seconds": 1000000})", "stall_seconds"},
        {R"({"attempts_max": 0})", "attempts_max"},
        {R"({"attempts_max": 1000})", "attempts_max"},
        {R"({"verify_level": 5})", "verify_level"},
        {R"({"schedule": "61 * * * *"})", "schedule"},
        {R"({"verify_schedule": "nightly"})", "verify_schedule"},
        {R"({"zone": "Mars/Olympus"})", "zone"},
        {R"({"labels": {"Env": "prod"}})", "labels"},
        {R"({"notes": ")" + std::string(10'001, 'x') + R"("})", "notes"},
    };
    const auto etag = ask("GET", "plans/" + plan).header("ETag");
    for (const auto& [body, field] : wrong)
        EXPECT_EQ(field_of(call("PATCH", "plans/" + plan, body, 400)), field) << body;
    EXPECT_EQ(ask("GET", "plans/" + plan).header("ETag"), etag);
    const auto draft = post("plans", {{"name", "draft"}, {"paused", true}}, 201);
    EXPECT_EQ(field_of(call("PATCH", "plans/" + text(draft, "id"), R"({"paused": false})", 400)),
              "databases");
}

TEST_F(PlanStory, what_a_plan_names_is_not_removed_under_it) {
    for (const auto& path : {"databases/" + database, "stores/" + store, "keys/" + key})
        EXPECT_NE(text(call("DELETE", path, {}, 409), "detail").find("plans"), std::string::npos);
}

TEST_F(PlanStory, L05_deleting_a_database_never_loses_its_backups) {
    const auto backup = text(back_up(), "backup");
    call("DELETE", "plans/" + plan, {}, 204);
    const auto refused = call("DELETE", "databases/" + database, {}, 409);
    EXPECT_NE(text(refused, "detail").find("backups"), std::string::npos);
    EXPECT_NE(text(refused, "hint").find("rchive"), std::string::npos);

    call("PATCH", "databases/" + database, R"({"archived": true})", 200);
    EXPECT_TRUE(get("protection").at("items").as_array().empty());
    EXPECT_EQ(get("backups?database=" + database).at("items").as_array().size(), 1U);
    const auto restored =
        wait_for(text(post("backups/" + backup + "/restore",
                           {{"into_server", server_id}, {"into_database", "back_again"}}, 202),
                      "id"));
    EXPECT_EQ(text(restored, "state"), "succeeded") << json::to_text(restored);
    EXPECT_EQ(pg.sql("back_again", "SELECT count(*) FROM orders"), "1000");
    call("PATCH", "databases/" + database, R"({"archived": false})", 200);
    EXPECT_EQ(get("protection").at("items").as_array().size(), 1U);
}

TEST_F(PlanStory, an_archived_database_is_backed_up_no_more) {
    call("PATCH", "databases/" + database, R"({"archived": true})", 200);
    post("plans/" + plan + "/run", {}, 409);
    EXPECT_TRUE(get("runs").at("items").as_array().empty());
}

TEST_F(PlanStory, U05_backups_have_labels_notes_and_metadata_and_are_found_by_them) {
    const auto path = "backups/" + text(back_up(), "backup");
    back_up();
    call(
        "PATCH", path,
        R"({"labels": {"env": "prod"}, "notes": "before the MOVE", "metadata": {"Ticket": "A-7"}})",
        200);
    const auto found = [&](const std::string& query) {
        return get("backups?" + query).at("items").as_array().size();
    };
    EXPECT_EQ(found("label=env:prod"), 1U);
    EXPECT_EQ(found("label=env"), 1U);
    EXPECT_EQ(found("label=env:PROD"), 0U);
    EXPECT_EQ(found("label=env:pro"), 0U);
    EXPECT_EQ(found("q=move"), 1U);
    EXPECT_EQ(found("q=a-7"), 1U);
    EXPECT_EQ(found("q=postgres"), 2U);
    EXPECT_EQ(found("pinned=false&taken.gte=2020-01-01T00:00:00Z"), 2U);
    EXPECT_EQ(found("trigger.in=manual,schedule"), 2U);
    EXPECT_EQ(get(path).at("metadata").at("Ticket").as_string(), "A-7");
}

TEST_F(PlanStory, U06_one_backup_or_many_are_pinned_labelled_and_removed) {
    json::bj::array ids;
    for (int at = 0; at < 3; ++at) ids.emplace_back(text(back_up(), "backup"));
    auto order = bulk_of("label", ids);
    order["labels"] = json::bj::object{{"env", "prod"}};
    EXPECT_EQ(post("backups/bulk", order, 200).at("done").to_number<int>(), 3);
    EXPECT_EQ(get("backups?label=env:prod").at("items").as_array().size(), 3U);

    post("backups/bulk", bulk_of("pin", {ids[0]}), 200);
    json::bj::object remove{{"action", "remove"},
                            {"filter", json::bj::object{{"label", "env:prod"}}},
                            {"dry_run", true}};
    EXPECT_EQ(post("backups/bulk", remove, 200).at("items").as_array().size(), 3U);
    EXPECT_EQ(get("copies?state=complete").at("items").as_array().size(), 3U);
    remove["dry_run"] = false;
    const auto answer = post("backups/bulk", remove, 200);
    EXPECT_EQ(answer.at("done").to_number<int>(), 2);
    EXPECT_EQ(answer.at("refused").to_number<int>(), 1);
    for (const auto& item : answer.at("items").as_array()) {
        const bool pinned = item.at("id") == ids[0];
        EXPECT_EQ(text(item, "outcome"), pinned ? "refused" : "done");
        EXPECT_EQ(text(item, "code"), pinned ? "conflict" : "");
    }
    auto proofs = bulk_of("verify", {ids[0], "nowhere"});
    proofs["level"] = 1;
    const auto proven = post("backups/bulk", proofs, 200).at("items");
    EXPECT_EQ(text(wait_for(std::string{proven.at(0).at("runs").at(0).as_string()}), "state"),
              "succeeded");
    EXPECT_EQ(text(proven.at(1), "code"), "not_found");
}

TEST_F(PlanStory, many_plans_and_runs_are_steered_at_once) {
    EXPECT_EQ(post("plans/bulk", bulk_of("pause", {plan}), 200).at("done").to_number<int>(), 1);
    EXPECT_TRUE(get("plans/" + plan).at("paused").as_bool());
    EXPECT_EQ(text(get("plans/" + plan), "next_run"), "");
    post("plans/bulk", bulk_of("resume", {plan}), 200);
    EXPECT_NE(text(get("plans/" + plan), "next_run"), "");
    const http::Headers once{{"Idempotency-Key", "bulk-1"}};
    const auto order = json::to_text(bulk_of("run", {plan}));
    const auto first = ask("POST", "plans/bulk", order, once);
    EXPECT_EQ(ask("POST", "plans/bulk", order, once).body, first.body);
    EXPECT_EQ(get("runs?kind=backup").at("items").as_array().size(), 1U);
    const auto run =
        std::string{json::parse(first.body)->at("items").at(0).at("runs").at(0).as_string()};
    wait_for(run);
    const auto over = post("runs/bulk", bulk_of("cancel", {json::bj::string{run}}), 200);
    EXPECT_EQ(text(over.at("items").at(0), "code"), "conflict");
}

TEST_F(PlanStory, bulk_requests_have_bounds_and_honour_scopes) {
    EXPECT_EQ(field_of(post("backups/bulk", bulk_of("explode", {"x"}), 400)), "action");
    EXPECT_EQ(field_of(post("backups/bulk", bulk_of("pin", {}), 400)), "ids");
    EXPECT_EQ(field_of(post("backups/bulk", {{"action", "pin"}}, 400)), "ids");
    EXPECT_EQ(
        field_of(post("backups/bulk", {{"action", "pin"}, {"filter", json::bj::object{}}}, 400)),
        "filter");
    EXPECT_EQ(
        field_of(post("backups/bulk",
                      {{"action", "pin"}, {"filter", json::bj::object{{"colour", "x"}}}}, 400)),
        "colour");
    json::bj::array many;
    for (int at = 0; at < 501; ++at) many.emplace_back(std::to_string(at));
    EXPECT_EQ(field_of(post("backups/bulk", bulk_of("pin", many), 400)), "ids");
    const auto backup = text(back_up(), "backup");
    token =
        text(post("tokens", {{"name", "ops"}, {"scopes", json::bj::array{"read", "operate"}}}, 201),
             "token");
    post("backups/bulk", bulk_of("pin", {json::bj::string{backup}}), 200);
    post("backups/bulk", bulk_of("remove", {json::bj::string{backup}}), 403);
    post("plans/bulk", bulk_of("pause", {json::bj::string{plan}}), 403);
    post("plans/bulk", bulk_of("run", {json::bj::string{plan}}), 200);
}

TEST_F(PlanStory, settings_do_what_they_say) {
    const auto before = ask("GET", "settings");
    EXPECT_EQ(before.header("ETag"), "\"0\"");
    const std::string change = R"({"zone": "Asia/Kathmandu", "prune_grace_seconds": 7200,
        "plan": {"compression": "lz4:1", "retention": {"daily": 5}}})";
    EXPECT_EQ(ask("PATCH", "settings", change, {{"If-Match", "\"7\""}}).status, 412);
    EXPECT_EQ(ask("PATCH", "settings", change, {{"If-Match", "\"0\""}}).status, 200);
    EXPECT_EQ(ask("PATCH", "settings", change, {{"If-Match", "\"0\""}}).status, 412);
    EXPECT_EQ(field_of(call("PATCH", "settings", R"({"zone": "x"})", 400)), "zone");
    EXPECT_EQ(field_of(call("PATCH", "settings", R"({"colour": "x"})", 400)), "colour");

    const auto made = post("plans",
                           {{"name", "second"},
                            {"databases", json::bj::array{database}},
                            {"destinations", json::bj::array{json::bj::object{{"store", store}}}},
                            {"encrypted", false}},
                           201);
    EXPECT_EQ(text(made, "zone"), "Asia/Kathmandu");
    EXPECT_EQ(text(made, "compression"), "lz4:1");
    EXPECT_EQ(made.at("destinations").at(0).at("retention").at("daily").to_number<int>(), 5);
    const auto backup = text(back_up(), "backup");
    const auto gone = post("backups/" + backup + "/remove", {}, 200);
    const auto after = from_rfc3339(text(gone, "remove_after"));
    ASSERT_TRUE(after);
    EXPECT_GT(*after, std::chrono::system_clock::now() + 1h);
    EXPECT_EQ(text(get("copies").at("items").at(0), "state"), "condemned");
}

TEST_F(PlanStory, P04_history_is_counted_by_the_server_in_days_of_a_zone) {
    back_up();
    back_up();
    const auto history = get("statistics/history?zone=Pacific/Auckland");
    const auto& days = history.at("days").as_array();
    ASSERT_EQ(days.size(), 30U);
    EXPECT_EQ(days.back().at("backups").to_number<int>(), 2);
    EXPECT_EQ(days.back().at("runs").at("succeeded").to_number<int>(), 2);
    EXPECT_EQ(days.front().at("backups").to_number<int>(), 0);
    const auto& stored = history.at("stores").at(0).at("stored_bytes").as_array();
    ASSERT_EQ(stored.size(), 30U);
    EXPECT_EQ(stored.front().to_number<int>(), 0);
    EXPECT_EQ(stored.back().to_number<std::uint64_t>(),
              get("statistics").at("stored_bytes").to_number<std::uint64_t>());
    const auto one = get("databases/" + database + "/history").at("days").as_array();
    EXPECT_EQ(one.back().at("backups").to_number<int>(), 2);
    EXPECT_EQ(one.back().at("rows").to_number<int>(), 1000);
    EXPECT_EQ(field_of(call("GET", "statistics/history?from=2020-01-01", {}, 400)), "from");
    EXPECT_EQ(field_of(call("GET", "statistics/history?from=soon", {}, 400)), "from");
    EXPECT_EQ(field_of(call("GET", "statistics/history?zone=x", {}, 400)), "zone");
    EXPECT_EQ(get("statistics/history?from=2026-10-25&to=2026-10-25&zone=Europe/Berlin")
                  .at("days")
                  .at(0)
                  .at("begins")
                  .as_string(),
              "2026-10-24T22:00:00Z");
}

TEST_F(ServerStory, P04_every_list_has_pages_options_and_says_which) {
    for (const auto& route : server->api().routes()) {
        if (!route.is_list || route.pattern.find("{id}") != std::string::npos) continue;
        const auto& path = route.pattern;
        EXPECT_EQ(ask("GET", path + "?limit=1").status, 200) << path;
        const auto refused = call("GET", path + "?colour=red", {}, 400);
        EXPECT_EQ(field_of(refused), "colour") << path;
        for (const auto& option : route.options) {
            const auto& hint = text(refused, "hint");
            EXPECT_NE(hint.find(option.name), std::string::npos) << path << ' ' << option.name;
        }
        for (const auto& field : route.options[2].words)
            EXPECT_EQ(ask("GET", path + "?limit=1&sort=" + field).status, 200) << path << field;
    }
    EXPECT_EQ(field_of(call("GET", "statistics?colour=red", {}, 400)), "colour");
    EXPECT_EQ(field_of(call("GET", "runs?state=nonsense", {}, 400)), "state");
    EXPECT_EQ(field_of(call("GET", "runs?state.in=failed,nonsense", {}, 400)), "state");
}

/// The check that failed, which is the last.
std::string failed_check(const json::Value& probe) {
    const auto& checks = probe.at("checks").as_array();
    const auto& last = checks.at(checks.size() - 1);
    EXPECT_FALSE(last.at("ok").as_bool()) << json::to_text(probe);
    EXPECT_NE(text(last, "detail"), "");
    return text(last, "name");
}

TEST_F(ServerStory, U04_a_server_that_cannot_be_backed_up_says_at_what_it_fails) {
    const PgServer pg{{.major = 17, .password = "pw-good"}};
    pg.create_database("closed");
    pg.sql("postgres",
           "CREATE ROLE stranger LOGIN PASSWORD 'pw-good'; CREATE TABLE secret (i int); "
           "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    const auto here = fmt::format("127.0.0.1:{}/", pg.port());
    struct Case {
        std::string url, secret, database, cause;
    };
    int count = 0;
    for (const auto& [url, secret, database, cause] :
         {Case{"postgres://postgres@no-such-host.invalid/", "pw-good", "postgres", "host name"},
          Case{"postgres://postgres@127.0.0.1:1/", "pw-good", "postgres", "network"},
          Case{"postgres://postgres@" + here + "?sslmode=require", "pw-good", "postgres", "TLS"},
          Case{"postgres://postgres@" + here, "pw-bad", "postgres", "sign-in"},
          Case{"postgres://postgres@" + here, "pw-good", "nowhere", "database"},
          Case{"postgres://stranger@" + here, "pw-good", "closed", "right to connect"},
          Case{"postgres://stranger@" + here, "pw-good", "postgres", "rights"}}) {
        const auto made =
            post("servers",
                 {{"name", "s" + std::to_string(++count)}, {"url", url}, {"secret", secret}}, 201);
        const auto path = "servers/" + text(made, "id");
        const auto probe = post(path + "/test", {{"database", database}}, 200);
        EXPECT_EQ(failed_check(probe), cause) << json::to_text(probe);
        EXPECT_EQ(json::to_text(probe).find(secret), std::string::npos);
        const bool reached = cause == "rights";
        post(path + "/role-sql", {{"database", database}}, reached ? 200 : 503);
    }
}

TEST_F(ServerStory, stores_and_channels_that_do_not_work_say_why) {
    const auto file = directory / "a-file";
    ASSERT_TRUE(sys::write_file(file, view_of("not a directory")));
    const json::bj::object key{{"secret_key", "hush"}};
    const auto test = [&](const std::string& url, const json::bj::object& secrets) {
        const auto made = post("stores", {{"name", url}, {"url", url}, {"secrets", secrets}}, 201);
        const auto probe = post("stores/" + text(made, "id") + "/test", {}, 200);
        EXPECT_EQ(probe.at("checks").as_array().size(), 1U);
        EXPECT_EQ(json::to_text(probe).find("hush"), std::string::npos);
        const auto name = failed_check(probe);
        return name + ": " + text(probe.at("checks").at(0), "detail");
    };
    using ::testing::StartsWith;
    EXPECT_THAT(test("file://" + file.string(), {}), StartsWith("place: "));
    EXPECT_THAT(test("s3://bkt/p?endpoint=http://127.0.0.1:1&access_key=me", key),
                StartsWith("network: "));
    EXPECT_THAT(test("s3://bkt/p?endpoint=http://no-such-host.invalid&access_key=me", key),
                StartsWith("host name: "));
    const auto channel = [&](const std::string& url) {
        const auto made = post(
            "channels",
            {{"name", url}, {"driver", "webhook"}, {"secrets", json::bj::object{{"url", url}}}},
            201);
        const auto probe = post("channels/" + text(made, "id") + "/test", {}, 200);
        EXPECT_FALSE(probe.at("delivered").as_bool());
        return text(probe, "answer");
    };
    EXPECT_NE(channel("http://127.0.0.1:1/").find("refused"), std::string::npos);
    EXPECT_NE(channel("http://no-such-host.invalid/").find("host"), std::string::npos);
}

TEST_F(ServerStory, an_organization_is_renamed_and_sees_only_itself) {
    const auto all = get("organizations").at("items").as_array();
    ASSERT_EQ(all.size(), 1U);
    const auto path = "organizations/" + text(all[0], "id");
    call("PATCH", path, R"({"name": "Acme & Söhne"})", 200);
    EXPECT_EQ(text(get("session"), "organization"), "Acme & Söhne");
    EXPECT_EQ(field_of(call("PATCH", path, R"({"name": ""})", 400)), "name");
    call("DELETE", path, {}, 405);
}

}  // namespace
}  // namespace ds::server::testing
