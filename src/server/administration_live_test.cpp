#include "server/testing/server_story.hpp"

// Looking around on a database server over the API, and tidying up there.
namespace ds::server::testing {
namespace {

class AdministrationStory : public PlanStory {
protected:
    std::string here;

    void SetUp() override {
        PlanStory::SetUp();
        here = "servers/" + server_id;
    }
    json::Value asked(const json::bj::object& act, int status = 201) {
        return post(here + "/acts", act, status);
    }
    json::Value truncation() {
        return asked({{"act", "truncate_table"},
                      {"database", "shop"},
                      {"schema", "public"},
                      {"table", "orders"}});
    }
    std::string done_with(const json::Value& order) {
        return here + "/acts/" + text(order, "code");
    }
    std::string count() { return pg.sql("shop", "SELECT count(*) FROM orders"); }
    std::string program(const char* scope) {
        return text(post("tokens", {{"name", scope}, {"scopes", json::bj::array{scope}}}, 201),
                    "token");
    }
    int status_as(const std::string& who, const std::string& path) {
        const auto mine = std::exchange(token, who);
        const auto status = ask("GET", path).status;
        token = mine;
        return status;
    }
};

TEST_F(AdministrationStory, a_server_is_looked_at_down_to_its_rows) {
    pg.sql("shop",
           "ALTER TABLE orders ADD PRIMARY KEY (id); CREATE SCHEMA \"a/b\"; "
           "CREATE TABLE \"a/b\".\"c d\" (i int REFERENCES orders)");
    const auto shop = here + "/databases/shop";
    EXPECT_EQ(get(shop + "/tables?limit=1").at("items").as_array().size(), 1U);
    const auto table = get(shop + "/tables/a%2Fb/c%20d");
    EXPECT_EQ(text(table.at("foreign_keys").at(0), "to_table"), "orders");
    EXPECT_EQ(get(shop + "/diagram?schema=a%2Fb").at("tables").as_array().size(), 1U);
    int rows = 0;
    std::string at = shop + "/tables/public/orders/rows?limit=200";
    for (std::string cursor; rows <= 1000;) {
        const auto page = get(at + cursor);
        rows += static_cast<int>(page.at("rows").as_array().size());
        if (!page.as_object().contains("next")) break;
        cursor = "&cursor=" + text(page, "next");
    }
    EXPECT_EQ(rows, 1000);
    EXPECT_EQ(field_of(call("GET", at + "&cursor=7b7d", {}, 400)), "cursor");
    EXPECT_EQ(field_of(call("GET", shop + "/tables?limit=0", {}, 400)), "limit");
    call("GET", here + "/databases/nowhere/tables", {}, 404);
    call("GET", shop + "/tables/public/nothing/rows", {}, 404);
}

TEST_F(AdministrationStory, rows_are_for_administrators_and_each_look_is_in_the_audit) {
    const auto rows = here + "/databases/shop/tables/public/orders/rows";
    const auto operates = program("operate");
    EXPECT_EQ(status_as(operates, here + "/databases/shop/tables"), 200);
    EXPECT_EQ(status_as(operates, rows), 403);
    EXPECT_EQ(status_as(program("read"), here + "/databases"), 403);
    get(rows);
    const auto told = ask("GET", "audit?sort=-id&limit=1").body;
    EXPECT_NE(told.find("public.orders in shop"), std::string::npos) << told;
}

TEST_F(AdministrationStory, S09_what_is_dropped_is_asked_for_first_by_one_person_for_one_act) {
    pg.sql("shop", "ANALYZE orders");
    auto order = truncation();
    EXPECT_EQ(text(order, "newest_backup"), "");
    const auto taken = get("backups/" + text(back_up(), "backup"));
    order = truncation();
    EXPECT_EQ(text(order, "newest_backup"), text(taken, "taken"));
    EXPECT_EQ(order.at("rows_estimate").to_number<int>(), 1000);
    EXPECT_EQ(text(order, "says"), "Remove all rows of public.orders in shop on db");
    EXPECT_EQ(count(), "1000") << "asking does nothing";
    post(done_with(order), {}, 200);
    EXPECT_EQ(count(), "0");
    post(here + "/acts/" + std::string(48, '0'), {}, 404);
    const auto mine = std::exchange(token, program("administer"));
    asked({{"act", "drop_database"}, {"database", "shop"}}, 403);
    token = mine;
    const auto drop = asked({{"act", "drop_database"}, {"database", "shop"}});
    post(done_with(drop), {}, 200);
    EXPECT_EQ(pg.sql("postgres", "SELECT count(*) FROM pg_database WHERE datname = 'shop'"), "0");
    const auto told = ask("GET", "audit?sort=-id&limit=1").body;
    EXPECT_NE(told.find("Drop the database shop on db"), std::string::npos) << told;
    EXPECT_EQ(told.find(text(drop, "code")), std::string::npos);
}

TEST_F(AdministrationStory, S09_a_code_is_good_once_for_whom_and_what_it_was_made) {
    const auto other =
        text(post("servers", {{"name", "other"}, {"url", pg.url("").reveal()}}, 201), "id");
    const auto order = truncation();
    post("servers/" + other + "/acts/" + text(order, "code"), {}, 404);
    const auto change = [&](const char* sql) {
        ASSERT_TRUE(server->office().catalog.write(
            [&](catalog::Session& session) { return session.script(sql); }));
    };
    EXPECT_EQ(count(), "1000");
    post(done_with(order), {}, 200);
    post(done_with(order), {}, 404);
    pg.sql("shop", "INSERT INTO orders VALUES (1)");
    const auto theirs = truncation();
    change("UPDATE act_codes SET \"user\" = 'somebody else'");
    post(done_with(theirs), {}, 404);
    const auto late = truncation();
    change("UPDATE act_codes SET expires = '2020-01-01T00:00:00Z'");
    post(done_with(late), {}, 404);
    EXPECT_EQ(count(), "1");
}

TEST_F(AdministrationStory, what_cannot_be_done_says_why_and_is_told_in_the_audit) {
    pg.sql("shop", "CREATE VIEW needs AS SELECT * FROM orders");
    const auto order = asked(
        {{"act", "drop_table"}, {"database", "shop"}, {"schema", "public"}, {"table", "orders"}});
    post(done_with(order), {}, 409);
    const auto told = ask("GET", "audit?sort=-id&limit=1").body;
    EXPECT_NE(told.find("failed"), std::string::npos) << told;
    asked({{"act", "create_database"}, {"database", "shop"}}, 409);
    asked({{"act", "drop_database"}, {"database", "template1"}}, 403);
    asked({{"act", "drop_table"}, {"database", "shop"}}, 400);
    asked({{"act", "explode"}, {"database", "shop"}}, 400);
}

}  // namespace
}  // namespace ds::server::testing
