#include "server/testing/server_story.hpp"

// Who did what, as an administrator reads it over the API.
namespace ds::server::testing {
namespace {

class AuditStory : public ServerStory {
protected:
    std::string add_server(const std::string& name) {
        return text(
            post(
                "servers",
                {{"name", name}, {"url", "postgres://ops@127.0.0.1:1/"}, {"secret", "hush-hush-7"}},
                201),
            "id");
    }
    json::Value newest(const std::string& filter = "") {
        const auto rows = get("audit?sort=-id&limit=1" + filter).at("items").as_array();
        EXPECT_EQ(rows.size(), 1U) << filter;
        return rows.empty() ? json::Value{} : rows[0];
    }
    void tamper(const std::string& statement) {
        const auto done = server->office().catalog.write(
            [&](catalog::Session& session) { return session.script(statement); });
        EXPECT_TRUE(done) << done.error().message();
    }
};

TEST_F(AuditStory, a_change_is_told_with_who_from_where_and_what_it_was_before) {
    const auto id = add_server("db");
    call("PATCH", "servers/" + id, R"({"name": "db2", "secret": "hush-hush-8"})", 200);
    const auto row = newest();
    EXPECT_EQ(text(row, "actor"), "admin");
    EXPECT_EQ(text(row, "via"), "session");
    EXPECT_EQ(text(row, "address"), "127.0.0.1");
    EXPECT_EQ(text(row, "action"), "PATCH servers/{id}");
    EXPECT_EQ(text(row, "object"), "servers/" + id);
    const auto& change = row.at("changes").at(0);
    EXPECT_EQ(change.at("before").at("name"), json::to_value("db"));
    EXPECT_EQ(change.at("after").at("name"), json::to_value("db2"));
    EXPECT_EQ(change.at("after").at("sealed"), json::to_value("***"));
    call("DELETE", "servers/" + id, {}, 204);
    const auto gone = newest().at("changes").at(0);
    EXPECT_TRUE(gone.at("after").as_object().empty());
    EXPECT_EQ(gone.at("before").at("name"), json::to_value("db2"));
    const auto all = ask("GET", "audit?limit=500").body;
    for (const char* secret : {"hush-hush", "dsv1.", "argon2", password})
        EXPECT_EQ(all.find(secret), std::string::npos) << secret;
}

TEST_F(AuditStory, sign_ins_are_told_whether_they_succeed_or_not) {
    const auto signed_in = newest();
    EXPECT_EQ(text(signed_in, "action"), "POST session");
    EXPECT_EQ(text(signed_in, "actor"), "admin");
    post("session", {{"name", "admin"}, {"password", "not the right one"}}, 401);
    const auto refused = newest();
    EXPECT_EQ(text(refused, "action"), "POST session");
    EXPECT_EQ(text(refused, "actor"), "admin");
    EXPECT_TRUE(refused.at("changes").at(0).at("after").as_object().contains("refused"));
    post("session", {{"name", "nobody at all"}, {"password", "not the right one"}}, 401);
    EXPECT_EQ(newest(), refused) << "of somebody who is not there only the log can tell";
}

TEST_F(AuditStory, what_failed_changed_nothing_and_leaves_no_row) {
    const auto id = add_server("db");
    const auto before = newest();
    post("servers", {{"name", "db"}, {"url", "postgres://ops@127.0.0.1:1/"}}, 409);
    call("PATCH", "servers/" + id, R"({"name": 5})", 400);
    call("DELETE", "servers/nobody", {}, 404);
    EXPECT_EQ(newest(), before);
}

TEST_F(AuditStory, a_bulk_request_is_told_row_by_row) {
    const auto first = add_server("one"), second = add_server("two");
    post("servers/bulk",
         {{"action", "label"},
          {"ids", json::bj::array{first, second}},
          {"labels", json::bj::object{{"env", "prod"}}}},
         200);
    for (const auto& id : {first, second}) {
        const auto row = newest("&object=servers/" + id);
        EXPECT_EQ(text(row, "action"), "PATCH servers/{id}");
        EXPECT_EQ(text(row, "address"), "127.0.0.1");
    }
}

TEST_F(AuditStory, tokens_are_named_and_only_administrators_read) {
    const auto made =
        post("tokens", {{"name", "ci"}, {"scopes", json::bj::array{"read", "administer"}}}, 201);
    const auto reader =
        post("tokens", {{"name", "reader"}, {"scopes", json::bj::array{"read"}}}, 201);
    const auto mine = std::exchange(token, text(made, "token"));
    const auto id = add_server("by ci");
    token = text(reader, "token");
    for (const char* path : {"audit", "audit-check", "audit-export/csv"})
        EXPECT_EQ(ask("GET", path).status, 403) << path;
    token = mine;
    const auto row = newest("&object=servers/" + id);
    EXPECT_EQ(text(row, "via"), "token");
    EXPECT_EQ(text(row, "actor"), "admin, token ci");
    EXPECT_EQ(get("audit?q=by%20ci").at("items").as_array().size(), 1U) << "found by its change";
}

TEST_F(AuditStory, the_export_is_whole_filtered_and_harmless) {
    const int servers = 600;  // more than a page
    for (int number = 0; number < servers; ++number) add_server(fmt::format("s{}", number));
    const auto csv = ask("GET", "audit-export/csv?action=POST%20servers");
    EXPECT_EQ(csv.header("Content-Type"), "text/csv; charset=utf-8");
    EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'), servers + 1);
    const auto lines = split(trimmed(ask("GET", "audit-export/jsonl").body), '\n');
    std::string previous = text(*json::parse(lines.at(0)), "previous");
    for (const auto& line : lines) {
        const auto row = json::parse(line);
        ASSERT_TRUE(row) << line;
        EXPECT_EQ(text(*row, "previous"), previous) << "nothing is missing in between";
        previous = text(*row, "hash");
    }
    EXPECT_EQ(ask("GET", "audit-export/csv?nonsense=1").status, 400);
}

TEST_F(AuditStory, tampering_in_the_catalog_is_told_over_the_api) {
    for (const char* name : {"one", "two", "three"}) add_server(name);
    const auto before = get("audit-check");
    ASSERT_TRUE(before.at("intact").as_bool());
    tamper("UPDATE audit SET actor = 'somebody else' WHERE sequence = 2");
    const auto report = get("audit-check");
    EXPECT_FALSE(report.at("intact").as_bool());
    EXPECT_EQ(text(report.at("faults").at(0), "kind"), "changed");
    EXPECT_EQ(report.at("faults").at(0).at("sequence").to_number<int>(), 2);
}

TEST_F(AuditStory, how_long_rows_are_kept_is_a_setting) {
    EXPECT_EQ(get("settings").at("audit_keep_days").to_number<int>(), 0);
    call("PATCH", "settings", R"({"audit_keep_days": 400})", 200);
    EXPECT_EQ(newest().at("changes").at(0).at("after").at("audit_keep_days").to_number<int>(), 400);
    EXPECT_EQ(field_of(call("PATCH", "settings", R"({"audit_keep_days": 100000})", 400)),
              "audit_keep_days");
}

}  // namespace
}  // namespace ds::server::testing
