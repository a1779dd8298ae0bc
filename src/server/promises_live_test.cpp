#include "server/testing/server_story.hpp"

// What must never happen to what people have.
namespace ds::server::testing {
namespace {

TEST_F(PlanStory, what_a_plan_names_is_not_removed_under_it) {
    for (const auto& path : {"databases/" + database, "stores/" + store, "keys/" + key})
        EXPECT_NE(text(call("DELETE", path, {}, 409), "detail").find("plans"), std::string::npos);
}

TEST_F(PlanStory, an_archived_database_is_backed_up_and_watched_no_more) {
    call("PATCH", "databases/" + database, R"({"archived": true})", 200);
    post("plans/" + plan + "/run", {}, 409);
    EXPECT_TRUE(get("runs").at("items").as_array().empty());
    EXPECT_TRUE(get("protection").at("items").as_array().empty());
    call("PATCH", "databases/" + database, R"({"archived": false})", 200);
    EXPECT_EQ(get("protection").at("items").as_array().size(), 1U);
}

TEST_F(PlanStory, S_08_rows_of_another_organization_are_nowhere) {
    model::Store foreign;
    catalog::begin_record(foreign, "another", server->office().now());
    foreign.name = "theirs";
    ASSERT_TRUE(server->office().catalog.write(
        [&](catalog::Session& session) { return catalog::stores.insert(session, foreign); }));
    const auto path = "stores/" + foreign.id;
    call("GET", path, {}, 404);
    call("PATCH", path, R"({"notes": "mine"})", 404);
    call("DELETE", path, {}, 404);
    post(path + "/test", {}, 404);
    EXPECT_EQ(get("stores").at("items").as_array().size(), 1U);
    EXPECT_EQ(get("statistics/history").at("stores").as_array().size(), 1U);
    const auto many =
        post("stores/bulk", {{"action", "pause"}, {"ids", json::bj::array{foreign.id}}}, 200);
    EXPECT_EQ(text(many.at("items").at(0), "code"), "not_found");
    const auto stolen = R"({"destinations": [{"store": ")" + foreign.id + R"("}]})";
    EXPECT_EQ(text(call("PATCH", "plans/" + plan, stolen, 400), "field"), "destinations[0].store");
}

}  // namespace
}  // namespace ds::server::testing
