#include "server/testing/server_story.hpp"

// What other tools got wrong, over the API. The names begin with the row of
// tests/house/weaknesses.txt that they belong to.
namespace ds::server {
namespace {

using namespace testing;

class Weakness : public PlanStory {
protected:
    json::bj::object destination(const std::string& id, json::bj::object retention = {}) {
        return {{"store", id}, {"retention", std::move(retention)}};
    }
    json::Value set_plan(const json::bj::object& fields, int status = 200) {
        return call("PATCH", "plans/" + plan, json::to_text(fields), status);
    }
    json::Value restore_into(const std::string& backup, const std::string& name) {
        return wait_for(text(post("backups/" + backup + "/restore",
                                  {{"into_server", server_id}, {"into_database", name}}, 202),
                             "id"));
    }
    std::string newest_backup() { return text(get("backups?sort=-id").at("items").at(0), "id"); }
};

TEST_F(Weakness, L_01_a_backup_is_found_where_it_lies_when_its_plan_has_other_stores) {
    const auto backup = text(back_up(), "backup");
    const auto other =
        text(post("stores",
                  {{"name", "other"}, {"url", "file://" + (directory / "other").string()}}, 201),
             "id");
    set_plan({{"destinations", json::bj::array{destination(other, {{"keep_last", 1}})}}});
    const auto newer = text(back_up(), "backup");
    EXPECT_EQ(text(get("copies?backup=" + newer).at("items").at(0), "store"), other);
    const auto copy = get("copies?backup=" + backup).at("items").at(0);
    EXPECT_EQ(text(copy, "store"), store);
    EXPECT_EQ(text(copy, "state"), "complete");
    EXPECT_EQ(text(restore_into(backup, "old_copy"), "state"), "succeeded");
    EXPECT_EQ(pg.sql("old_copy", "SELECT count(*) FROM orders"), "1000");
}

TEST_F(Weakness, L_03_a_change_of_one_field_leaves_all_others_as_they_were) {
    set_plan({{"destinations", json::bj::array{destination(store, {{"keep_days", 365}})}}});
    const auto before = get("plans/" + plan);
    const auto after = set_plan({{"notes", "yearly"}});
    for (const char* field : {"destinations", "databases", "keys", "schedule", "zone", "name",
                              "compression", "attempts_max", "overlap"})
        EXPECT_EQ(before.at(field), after.at(field)) << field;
    const auto url = text(get("servers/" + server_id), "url");
    EXPECT_EQ(text(call("PATCH", "servers/" + server_id, R"({"name": "renamed"})", 200), "url"),
              url);
    EXPECT_EQ(text(back_up(), "state"), "succeeded");
}

TEST_F(Weakness, L_05_a_database_with_backups_is_archived_and_not_deleted) {
    const auto backup = text(back_up(), "backup");
    const auto refused = call("DELETE", "databases/" + database, {}, 409);
    EXPECT_NE(text(refused, "hint").find("Archive"), std::string::npos);
    call("PATCH", "databases/" + database, R"({"archived": true})", 200);
    EXPECT_EQ(newest_backup(), backup);
    EXPECT_EQ(text(restore_into(backup, "from_archive"), "state"), "succeeded");
    EXPECT_EQ(pg.sql("from_archive", "SELECT count(*) FROM orders"), "1000");
}

TEST_F(Weakness, R_02_a_run_whose_ground_is_missing_fails_alone) {
    call("PATCH", "stores/" + store, R"({"paused": true})", 200);
    const auto run = back_up();
    EXPECT_EQ(text(run, "state"), "failed");
    EXPECT_NE(text(run, "hint"), "");
    call("PATCH", "stores/" + store, R"({"paused": false})", 200);
    EXPECT_EQ(text(back_up(), "state"), "succeeded");
}

TEST_F(Weakness, R_03_a_click_beside_a_running_backup_does_not_run_twice_at_once) {
    std::vector<std::string> runs;
    for (int click = 0; click < 3; ++click) {
        const auto accepted = post("plans/" + plan + "/run", {}, 202);
        for (const auto& id : accepted.at("runs").as_array()) runs.emplace_back(id.as_string());
    }
    std::vector<std::pair<std::string, std::string>> spans;
    for (const auto& id : runs) {
        const auto run = wait_for(id);
        EXPECT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
        spans.emplace_back(text(run, "started"), text(run, "finished"));
    }
    std::sort(spans.begin(), spans.end());
    for (std::size_t at = 1; at < spans.size(); ++at)
        EXPECT_LE(spans[at - 1].second, spans[at].first);
}

TEST_F(Weakness, R_11_a_restore_that_fails_says_so_and_why) {
    const auto backup = text(back_up(), "backup");
    pg.create_database("occupied");
    pg.sql("occupied", "CREATE TABLE mine (id int)");
    const auto run = restore_into(backup, "occupied");
    EXPECT_EQ(text(run, "state"), "failed");
    EXPECT_NE(text(run, "error").find("occupied"), std::string::npos) << json::to_text(run);
    EXPECT_NE(text(run, "finished"), "");
    EXPECT_EQ(get("runs?kind=restore").at("items").as_array().size(), 1U);
    EXPECT_EQ(pg.sql("occupied", "SELECT count(*) FROM mine"), "0");
}

TEST_F(Weakness, R_13_every_state_that_is_answered_is_described) {
    // Conformance holds each answer against the document, whose states are a closed list.
    back_up();
    back_up();
    set_plan({{"destinations", json::bj::array{destination(store, {{"keep_last", 1}})}}});
    const auto first = text(get("backups?sort=id").at("items").at(0), "id");
    post("backups/" + first + "/remove", {}, 200);
    for (const char* list : {"backups", "copies", "runs"}) get(list);
}

TEST_F(Weakness, R_14_a_plan_without_a_channel_and_a_change_without_a_password_are_right) {
    pg.sql("postgres", "ALTER ROLE postgres PASSWORD 'first'");
    call("PATCH", "servers/" + server_id, R"({"secret": "first"})", 200);
    const auto kept = call("PATCH", "servers/" + server_id, R"({"notes": "x"})", 200);
    EXPECT_EQ(kept.at("secrets_set").as_array().size(), 1U);
    EXPECT_EQ(text(back_up(), "state"), "succeeded");
}

TEST_F(Weakness, R_16_the_version_of_the_server_and_of_the_tool_are_kept) {
    const auto backup = get("backups/" + text(back_up(), "backup"));
    EXPECT_TRUE(text(backup, "server_version").starts_with("17")) << json::to_text(backup);
    EXPECT_NE(text(backup, "tool_version"), "");
}

TEST_F(Weakness, R_22_times_and_counts_are_of_what_happened) {
    const auto run = back_up();
    EXPECT_LE(text(run, "created"), text(run, "started"));
    EXPECT_LE(text(run, "started"), text(run, "finished"));
    const auto backup = get("backups/" + text(run, "backup"));
    EXPECT_LE(text(run, "started"), text(backup, "taken"));
    EXPECT_LE(text(backup, "taken"), text(backup, "finished"));
}

TEST_F(Weakness, R_23_a_paused_plan_run_by_hand_runs_and_ends) {
    set_plan({{"paused", true}});
    EXPECT_EQ(text(get("plans/" + plan), "next_run"), "");
    EXPECT_EQ(text(back_up(), "state"), "succeeded");
    call("GET", "labels/none", {}, 404);
}

TEST_F(Weakness, S_08_rows_of_others_cannot_be_named) {
    const json::bj::object foreign{{"store", "01HZZZZZZZZZZZZZZZZZZZZZZZ"}};
    const auto refused = set_plan({{"destinations", json::bj::array{foreign}}}, 400);
    EXPECT_EQ(text(refused, "field"), "destinations[0].store");
}

TEST_F(Weakness, options_of_users_reach_no_tool) {
    set_plan({{"dump_options", json::bj::array{"--file=/tmp/x"}}}, 400);
    const auto file = (directory / "written").string();
    const auto odd =
        text(post("databases", {{"name", "--file=" + file}, {"server", server_id}}, 201), "id");
    set_plan({{"databases", json::bj::array{odd}}});
    EXPECT_EQ(text(back_up(), "state"), "failed");
    EXPECT_FALSE(sys::fs::exists(file));
}

TEST_F(Weakness, same_minute_of_two_plans_is_one_run_each) {
    const auto second = text(post("plans",
                                  {{"name", "second"},
                                   {"databases", json::bj::array{database}},
                                   {"destinations", json::bj::array{destination(store)}},
                                   {"keys", json::bj::array{key}}},
                                  201),
                             "id");
    const auto both = {post("plans/" + plan + "/run", {}, 202),
                       post("plans/" + second + "/run", {}, 202)};
    for (const auto& accepted : both) {
        const auto run = wait_for(std::string{accepted.at("runs").at(0).as_string()});
        EXPECT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
    }
    EXPECT_EQ(get("backups").at("items").as_array().size(), 2U);
}

}  // namespace
}  // namespace ds::server
