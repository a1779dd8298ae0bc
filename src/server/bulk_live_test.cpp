#include "server/testing/server_story.hpp"

// What is done to many rows at once.
namespace ds::server::testing {
namespace {

json::bj::object bulk_of(std::string_view action, json::bj::array ids) {
    return {{"action", action}, {"ids", std::move(ids)}};
}

TEST_F(PlanStory, U_06_one_backup_or_many_are_pinned_labelled_and_removed) {
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
    const auto proof = wait_for(std::string{proven.at(0).at("runs").at(0).as_string()});
    EXPECT_EQ(text(proof, "state"), "succeeded") << json::to_text(proof);
    EXPECT_EQ(text(proven.at(1), "code"), "not_found");
}

TEST_F(PlanStory, everything_that_people_enter_has_labels) {
    post("channels",
         {{"name", "hook"},
          {"driver", "webhook"},
          {"options", json::bj::object{{"url", "https://example.com/hook"}}}},
         201);
    for (const auto* path : {"servers", "databases", "stores", "keys", "plans", "channels"}) {
        const auto of = std::string{path};
        json::bj::array ids;
        const auto all = get(of);
        for (const auto& item : all.at("items").as_array()) ids.push_back(item.at("id"));
        ASSERT_FALSE(ids.empty()) << path;
        auto order = bulk_of("label", ids);
        order["labels"] = json::bj::object{{"team", "shop"}};
        EXPECT_EQ(post(of + "/bulk", order, 200).at("done").to_number<std::size_t>(), ids.size());
        EXPECT_EQ(get(of + "?label=team:shop").at("items").as_array().size(), ids.size()) << path;
        EXPECT_EQ(get(of + "?label=team:garden").at("items").as_array().size(), 0U) << path;
    }
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

}  // namespace
}  // namespace ds::server::testing
