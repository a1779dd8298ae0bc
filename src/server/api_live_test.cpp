#include "server/testing/server_story.hpp"

// The rules of the API. Tests that begin with a letter and a number are about a weakness that
// products of this kind are known for.
namespace ds::server::testing {
namespace {

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

TEST_F(PlanStory, U_05_backups_have_labels_notes_and_metadata_and_are_found_by_them) {
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

TEST_F(PlanStory, P_04_history_is_counted_by_the_server_in_days_of_a_zone) {
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

TEST_F(ServerStory, P_04_every_list_has_pages_options_and_says_which) {
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
