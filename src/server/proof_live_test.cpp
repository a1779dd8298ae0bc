#include <fstream>

#include "server/testing/server_story.hpp"

// Proofs, and what follows from a bad one.
namespace ds::server {
namespace {

using namespace testing;

class ProofStory : public PlanStory {
protected:
    json::Value prove(const std::string& backup, int level, const std::string& in_store = {}) {
        return wait_for(text(
            post("backups/" + backup + "/verify", {{"level", level}, {"store", in_store}}, 202),
            "id"));
    }
    /// Flips a bit in the middle of a backup's dump, or flips it back.
    void flip(const std::string& backup, const std::string& below = "store") {
        for (const auto& file : std::filesystem::recursive_directory_iterator{directory / below}) {
            const auto path = file.path().string();
            if (path.find(backup) == std::string::npos ||
                !file.path().filename().string().starts_with("database.dump"))
                continue;
            std::filesystem::permissions(path, std::filesystem::perms{0600});
            std::fstream stream{path, std::ios::in | std::ios::out | std::ios::binary};
            const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(path) / 2);
            stream.seekg(middle);
            const auto byte = static_cast<char>(stream.get() ^ 1);
            stream.seekp(middle);
            stream.put(byte);
        }
    }
    json::bj::array healing() {
        return get("runs?trigger=heal&kind=backup&sort=id").at("items").as_array();
    }
    json::Value copy_in(const std::string& backup, const std::string& in_store) {
        return get("copies?backup=" + backup + "&store=" + in_store).at("items").at(0);
    }
    json::bj::object into_copy() const {
        return {{"into_server", server_id}, {"into_database", "copy"}};
    }
};

TEST_F(ProofStory, L_10_every_level_is_proven_by_hand) {
    const auto backup = text(back_up(), "backup");
    for (int level = 1; level <= 4; ++level) {
        const auto run = prove(backup, level);
        EXPECT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
        const auto proof = get("backups/" + backup).at("proof");
        EXPECT_EQ(proof.at("level").to_number<int>(), level);
        EXPECT_EQ(text(proof, "store"), store);
    }
}

TEST_F(ProofStory, L_10_a_damaged_backup_is_quarantined_and_a_new_one_is_made_once) {
    const auto backup = text(back_up(), "backup");
    flip(backup);
    const auto run = prove(backup, 1);
    EXPECT_EQ(text(run, "state"), "failed");
    EXPECT_NE(text(run, "hint").find("quarantine"), std::string::npos) << text(run, "hint");
    EXPECT_NE(text(run, "hint").find("new backup was asked for"), std::string::npos);
    EXPECT_TRUE(get("backups/" + backup).at("quarantined").as_bool());

    ASSERT_EQ(healing().size(), 1U);
    const auto healed = wait_for(text(healing()[0], "id"));
    ASSERT_EQ(text(healed, "state"), "succeeded") << json::to_text(healed);
    EXPECT_EQ(text(get("backups/" + text(healed, "backup")), "trigger"), "heal");
    const auto told = get("notifications?kind=proof.failed").at("items").as_array();
    ASSERT_EQ(told.size(), 1U);

    // Not once more for the same one, nor for what was made to heal.
    prove(backup, 1);
    flip(text(healed, "backup"));
    prove(text(healed, "backup"), 1);
    EXPECT_TRUE(get("backups/" + text(healed, "backup")).at("quarantined").as_bool());
    EXPECT_EQ(healing().size(), 1U);
    EXPECT_EQ(text(get("protection").at("items").at(0), "protection"), "unprotected");
}

TEST_F(ProofStory, L_10_quarantine_needs_a_word_to_restore_from_and_a_good_proof_lifts_it) {
    const auto backup = text(back_up(), "backup");
    flip(backup);
    prove(backup, 1);
    auto order = into_copy();
    EXPECT_NE(
        text(post("backups/" + backup + "/restore", order, 409), "hint").find("even_if_damaged"),
        std::string::npos);
    EXPECT_FALSE(
        post("backups/" + backup + "/restore/preflight", order, 200).at("ready").as_bool());
    order["even_if_damaged"] = true;
    const auto tried = wait_for(text(post("backups/" + backup + "/restore", order, 202), "id"));
    EXPECT_EQ(text(tried, "state"), "failed") << "what is damaged must not pass for restored";
    EXPECT_EQ(pg.sql("postgres", "SELECT count(*) FROM pg_database WHERE datname ~ 'copy'"), "0");

    flip(backup);
    EXPECT_EQ(text(prove(backup, 1), "state"), "succeeded");
    EXPECT_FALSE(get("backups/" + backup).at("quarantined").as_bool());
    const auto run = wait_for(text(post("backups/" + backup + "/restore", into_copy(), 202), "id"));
    EXPECT_EQ(text(run, "state"), "succeeded") << json::to_text(run);
}

TEST_F(ProofStory, L_10_one_damaged_copy_is_put_aside_and_the_other_is_restored) {
    const auto second =
        text(post("stores",
                  {{"name", "mirror"}, {"url", "file://" + (directory / "mirror").string()}}, 201),
             "id");
    call("PATCH", "plans/" + plan,
         json::to_text(json::bj::object{
             {"destinations", json::bj::array{json::bj::object{{"store", store}},
                                              json::bj::object{{"store", second}}}}}),
         200);
    const auto backup = text(back_up(), "backup");
    flip(backup);
    const auto run = prove(backup, 1, store);
    EXPECT_EQ(text(run, "state"), "failed");
    EXPECT_NE(text(run, "hint").find("another store has a good one"), std::string::npos);
    EXPECT_FALSE(get("backups/" + backup).at("quarantined").as_bool());
    EXPECT_TRUE(copy_in(backup, store).at("damaged").as_bool());
    EXPECT_FALSE(copy_in(backup, second).at("damaged").as_bool());

    const auto restored =
        wait_for(text(post("backups/" + backup + "/restore", into_copy(), 202), "id"));
    EXPECT_EQ(text(restored, "state"), "succeeded") << json::to_text(restored);
    auto order = into_copy();
    order["store"] = store;
    post("backups/" + backup + "/restore", order, 409);
}

TEST_F(ProofStory, L_09_retention_keeps_the_newest_good_one_not_the_newest) {
    const auto good = text(back_up(), "backup");
    const auto bad = text(back_up(), "backup");
    call("PATCH", "plans/" + plan, R"({"paused": true})", 200);
    flip(bad);
    prove(bad, 1);
    EXPECT_TRUE(healing().empty());  // its plan is paused: people want it quiet
    const json::bj::object destination{{"store", store},
                                       {"retention", json::bj::object{{"keep_last", 1}}}};
    const auto preview = post("plans/" + plan + "/retention-preview",
                              {{"destinations", json::bj::array{destination}}}, 200);
    for (const auto& fate : preview.at("copies").as_array()) {
        EXPECT_TRUE(fate.at("keep").as_bool());
        if (text(fate, "backup") != good) continue;
        EXPECT_NE(json::to_text(fate.at("reasons")).find("newest good backup"), std::string::npos);
    }
}

}  // namespace
}  // namespace ds::server
