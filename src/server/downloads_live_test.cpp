#include "crypto/sha256.hpp"
#include "server/testing/server_story.hpp"

// Parts of backups over the API: with a code for one part, one caller and one use.
namespace ds::server::testing {
namespace {

class DownloadStory : public PlanStory {
protected:
    std::string backup;

    void SetUp() override {
        PlanStory::SetUp();
        backup = text(back_up(), "backup");
    }
    json::Value ordered(const std::string& of, const std::string& part) {
        return post("backups/" + of + "/downloads", {{"part", part}}, 201);
    }
    std::string token_with(const char* scope) {
        return text(post("tokens", {{"name", scope}, {"scopes", json::bj::array{scope}}}, 201),
                    "token");
    }
    Answer fetch(const json::Value& download) { return ask("GET", text(download, "url")); }
};

TEST_F(DownloadStory, a_part_comes_whole_and_as_it_is_stored) {
    const auto parts = get("backups/" + backup + "/parts").at("items").as_array();
    ASSERT_GE(parts.size(), 3U);
    for (const auto& part : parts) {
        const auto download = ordered(backup, text(part, "name"));
        const auto got = fetch(download);
        EXPECT_EQ(got.status, 200);
        EXPECT_TRUE(got.whole);
        EXPECT_EQ(crypto::sha256_hex(view_of(got.body)), text(part, "sha256"))
            << text(part, "name");
        EXPECT_EQ(got.header("Content-Disposition"), "attachment");
    }
    EXPECT_EQ(
        field_of(post("backups/" + backup + "/downloads", {{"part", "../manifest.json"}}, 400)),
        "part");
}

TEST_F(DownloadStory, the_tables_in_a_backup_are_told_with_their_rows) {
    const auto tables = get("backups/" + backup + "/contents").at("tables").as_array();
    ASSERT_EQ(tables.size(), 1U);
    EXPECT_EQ(text(tables[0], "name"), "orders");
    EXPECT_EQ(tables[0].at("rows").to_number<int>(), 1000);
    EXPECT_GT(tables[0].at("bytes").to_number<int>(), 0);
}

TEST_F(DownloadStory, S03_a_code_is_for_one_backup_one_user_and_one_use) {
    const auto other = text(back_up(), "backup");
    const auto download = ordered(backup, "database.dump");
    auto url = text(download, "url");
    const auto code = url.substr(url.rfind('/') + 1);
    EXPECT_EQ(ask("GET", "backups/" + other + "/downloads/" + code).status, 404)
        << "a code for one backup opens no other";
    const auto mine = std::exchange(token, {});
    EXPECT_EQ(ask("GET", url).status, 401) << "having the link is not enough";
    token = mine;
    token = token_with("read");
    EXPECT_EQ(ask("GET", url).status, 403);
    token = mine;
    EXPECT_EQ(fetch(download).status, 200) << "none of that used it up";
    EXPECT_EQ(fetch(download).status, 404) << "once";
    EXPECT_EQ(ask("GET", "backups/" + backup + "/downloads/" + std::string(48, '0')).status, 404);
}

TEST_F(DownloadStory, S03_a_code_of_another_user_does_not_work) {
    const auto download = ordered(backup, "database.dump");
    const auto changed = server->office().catalog.write([](catalog::Session& session) {
        return session.script("UPDATE download_codes SET \"user\" = 'somebody else'");
    });
    ASSERT_TRUE(changed);
    EXPECT_EQ(fetch(download).status, 404);
    const auto second = ordered(backup, "database.dump");
    const auto expired = server->office().catalog.write([](catalog::Session& session) {
        return session.script("UPDATE download_codes SET expires = '2020-01-01T00:00:00Z'");
    });
    ASSERT_TRUE(expired);
    EXPECT_EQ(fetch(second).status, 404) << "a few minutes";
}

TEST_F(DownloadStory, downloads_are_in_the_audit_and_their_codes_are_not) {
    const auto download = ordered(backup, "database.dump");
    fetch(download);
    const auto url = text(download, "url");
    const auto rows = ask("GET", "audit?sort=-id&limit=10").body;
    EXPECT_NE(rows.find("GET backups/{id}/downloads/{code}"), std::string::npos);
    EXPECT_EQ(rows.find(url.substr(url.rfind('/') + 1)), std::string::npos);
}

}  // namespace
}  // namespace ds::server::testing
