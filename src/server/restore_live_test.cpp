#include "server/testing/late_clock.hpp"
#include "server/testing/server_story.hpp"

// Restores as a program orders them: what is told before, what is kept, and the way back.
namespace ds::server {
namespace {

using namespace testing;

/// Somebody who is connected to a database.
class Reader {
public:
    Reader(const PgServer& server, const std::string& database)
        : server_{server}, database_{database}, thread_{[this] { read(); }} {
        while (server_.sql("postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = '" +
                                           database_ + "' AND query ~ 'pg_sleep'") == "0")
            std::this_thread::sleep_for(50ms);
    }
    ~Reader() {
        server_.sql("postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                    "datname = '" +
                        database_ + "'");
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

private:
    const PgServer& server_;
    const std::string database_;
    std::jthread thread_;

    void read() {
        EXPECT_THROW(server_.sql(database_, "SELECT pg_sleep(300)"), std::exception)
            << "it is ended from outside";
    }
};

class RestoreStory : public PlanStory {
protected:
    LateClock late;
    std::string backup;

    sys::Clock& clock() override { return late; }

    void SetUp() override {
        PlanStory::SetUp();
        backup = text(back_up(), "backup");
        pg.sql("shop", "CREATE TABLE later AS SELECT 1 AS i");
    }
    /// The server must not outlive its clock.
    void TearDown() override { server.reset(); }

    json::bj::object over_shop() const {
        return {{"into_server", server_id},
                {"into_database", "shop"},
                {"replace", true},
                {"confirm", "shop"}};
    }
    json::Value restore(const json::bj::object& order) {
        return wait_for(text(post("backups/" + backup + "/restore", order, 202), "id"));
    }
    json::Value undo(const std::string& run) {
        return wait_for(text(post("runs/" + run + "/undo", {{"confirm", "shop"}}, 202), "id"));
    }
    json::Value preflight(const json::bj::object& order) {
        return post("backups/" + backup + "/restore/preflight", order, 200);
    }
    json::Value way_back(const std::string& run) {
        return get("replacements?run=" + run).at("items").at(0);
    }
    bool is_live() { return pg.sql("shop", "SELECT to_regclass('later')") == "later"; }
    std::string databases() {
        return pg.sql("postgres",
                      "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE "
                      "datname LIKE 'shop%'");
    }
    static std::string blocking(const json::Value& answer) {
        for (const auto& one : answer.at("findings").as_array()) {
            if (one.at("level").as_string() == "blocks") return text(one, "text");
        }
        return "";
    }
};

TEST_F(RestoreStory, U_01_a_look_ahead_tells_what_is_in_the_way_and_changes_nothing) {
    const auto fresh = preflight({{"into_server", server_id}, {"into_database", "copy"}});
    EXPECT_TRUE(fresh.at("ready").as_bool()) << json::to_text(fresh);
    EXPECT_FALSE(fresh.at("replaces").as_bool());
    const auto full = preflight({{"into_server", server_id}, {"into_database", "shop"}});
    EXPECT_FALSE(full.at("ready").as_bool());
    EXPECT_EQ(blocking(full), "the database shop exists and is not empty");
    const auto over = preflight(over_shop());
    EXPECT_TRUE(over.at("ready").as_bool()) << json::to_text(over);
    EXPECT_TRUE(over.at("replaces").as_bool());

    for (const auto& file : std::filesystem::recursive_directory_iterator{directory / "store"}) {
        if (file.path().filename().string().starts_with("database.dump"))
            std::filesystem::remove(file.path());
    }
    const auto gone = preflight({{"into_server", server_id}, {"into_database", "copy"}});
    EXPECT_FALSE(gone.at("ready").as_bool()) << json::to_text(gone);
    EXPECT_EQ(databases(), "shop");
}

TEST_F(RestoreStory, a_key_that_we_do_not_hold_is_in_the_way) {
    call("PATCH", "keys/" + key, R"({"secret": null})", 200);
    const json::bj::object order{{"into_server", server_id}, {"into_database", "copy"}};
    const auto ahead = preflight(order);
    EXPECT_FALSE(ahead.at("ready").as_bool()) << json::to_text(ahead);
    EXPECT_EQ(text(restore(order), "state"), "failed");
}

TEST_F(RestoreStory,
       U_01_over_a_live_database_a_safety_backup_comes_first_and_undo_brings_it_back) {
    const auto run = restore(over_shop());
    ASSERT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
    EXPECT_FALSE(is_live());
    const auto safety = get("backups/" + text(run, "backup"));
    EXPECT_EQ(text(safety, "trigger"), "safety");
    EXPECT_EQ(text(safety, "database"), database);
    EXPECT_GT(text(safety, "locked_until"), rfc3339(late.now() + std::chrono::hours{6 * 24}));
    const auto kept = way_back(text(run, "id"));
    EXPECT_EQ(text(kept, "state"), "kept");
    EXPECT_EQ(databases(), "shop " + text(kept, "kept_as"));

    EXPECT_EQ(post("runs/" + text(run, "id") + "/undo", {{"confirm", "shap"}}, 400)
                  .at("field")
                  .as_string(),
              "confirm");
    const auto undone = undo(text(run, "id"));
    ASSERT_EQ(text(undone, "state"), "succeeded") << json::to_text(undone);
    EXPECT_TRUE(is_live());
    EXPECT_EQ(text(way_back(text(run, "id")), "state"), "returned");
    post("runs/" + text(run, "id") + "/undo", {{"confirm", "shop"}}, 409);
    post("runs/" + text(undone, "id") + "/retry", {}, 409);

    // And forth again.
    late.advance(std::chrono::hours{1});
    token.clear();
    sign_in();
    ASSERT_EQ(text(undo(text(undone, "id")), "state"), "succeeded");
    EXPECT_FALSE(is_live());
}

TEST_F(RestoreStory, U_01_without_its_safety_backup_a_restore_does_not_begin) {
    call("PATCH", "stores/" + store, R"({"paused": true})", 200);
    auto order = over_shop();
    const auto run = restore(order);
    EXPECT_EQ(text(run, "state"), "failed");
    EXPECT_NE(text(run, "error").find("backing up what would be replaced"), std::string::npos);
    EXPECT_TRUE(is_live());
    EXPECT_EQ(databases(), "shop");

    order["safety_backup"] = false;
    order["keep_old_hours"] = 0;
    const auto declined = restore(order);
    EXPECT_EQ(text(declined, "state"), "succeeded") << json::to_text(declined);
    EXPECT_FALSE(is_live());
    EXPECT_EQ(databases(), "shop");
    EXPECT_EQ(get("backups").at("items").as_array().size(), 1U);
    post("runs/" + text(declined, "id") + "/undo", {{"confirm", "shop"}}, 404);
}

TEST_F(RestoreStory, what_was_replaced_goes_after_its_time_and_never_while_it_is_used) {
    const auto run = restore(over_shop());
    const auto kept = way_back(text(run, "id"));
    const auto gone = [&](const std::string& wanted) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (std::chrono::steady_clock::now() < until) {
            if (text(way_back(text(run, "id")), "state") == wanted) return true;
            std::this_thread::sleep_for(100ms);
        }
        return false;
    };
    {
        const Reader reader{pg, text(kept, "kept_as")};
        late.advance(std::chrono::hours{25});
        token.clear();
        token = text(post("session", {{"name", "admin"}, {"password", password}}, 201), "token");
        const auto until = std::chrono::steady_clock::now() + patience;
        while (text(way_back(text(run, "id")), "keep_until") == text(kept, "keep_until") &&
               std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(100ms);
        EXPECT_EQ(databases(), "shop " + text(kept, "kept_as"));
        EXPECT_EQ(text(way_back(text(run, "id")), "state"), "kept");
    }
    late.advance(std::chrono::hours{25});
    token.clear();
    token = text(post("session", {{"name", "admin"}, {"password", password}}, 201), "token");
    EXPECT_TRUE(gone("dropped"));
    EXPECT_EQ(databases(), "shop");
    post("runs/" + text(run, "id") + "/undo", {{"confirm", "shop"}}, 409);
}

TEST_F(RestoreStory, L_05_a_backup_of_an_archived_database_goes_into_another_server) {
    call("PATCH", "databases/" + database, R"({"archived": true})", 200);
    PgServer other{{.major = 18}};
    const auto there =
        text(post("servers", {{"name", "other"}, {"url", other.url("").reveal()}}, 201), "id");
    const auto run = restore({{"into_server", there}, {"into_database", "shop"}});
    EXPECT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
    EXPECT_EQ(other.sql("shop", "SELECT count(*) FROM orders"), "1000");
    // Over it again: nobody protects it, yet what is there is not lost.
    auto order = over_shop();
    order["into_server"] = there;
    const auto over = restore(order);
    ASSERT_EQ(text(over, "state"), "succeeded") << json::to_text(over);
    const auto safety = get("backups/" + text(over, "backup"));
    const auto entered = get("databases/" + text(safety, "database"));
    EXPECT_EQ(text(entered, "server"), there);
    EXPECT_TRUE(entered.at("archived").as_bool());
}

TEST_F(RestoreStory, L_06_single_tables_among_what_is_there_all_or_nothing) {
    pg.sql("shop", "DELETE FROM orders");
    json::bj::object order{{"into_server", server_id},
                           {"into_database", "shop"},
                           {"tables", json::bj::array{"public.orders"}}};
    EXPECT_FALSE(preflight(order).at("ready").as_bool());
    EXPECT_EQ(text(restore(order), "error_code"), "exists");
    order["replace"] = true;
    order["confirm"] = "shop";
    const auto run = restore(order);
    EXPECT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
    EXPECT_EQ(pg.sql("shop", "SELECT count(*) FROM orders"), "1000");
    EXPECT_TRUE(is_live());
    EXPECT_NE(text(run, "backup"), "");
    EXPECT_EQ(databases(), "shop");
}

}  // namespace
}  // namespace ds::server
