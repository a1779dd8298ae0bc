#include <thread>

#include "server/testing/access_story.hpp"

// Guessing passwords: slow, and it tells nothing about who there is.
namespace ds::server {
namespace {

using namespace testing;

class GuessStory : public AccessStory {
protected:
    Answer guess(const std::string& name, const std::string& word) {
        return as("", [&] {
            return ask("POST", "session",
                       json::to_text(json::bj::object{{"name", name}, {"password", word}}));
        });
    }
    /// The statuses and bodies of so many wrong guesses.
    std::vector<std::pair<int, std::string>> guesses(const std::string& name, int count) {
        std::vector<std::pair<int, std::string>> seen;
        for (int at = 0; at < count; ++at) {
            const auto answer = guess(name, "wrong password");
            seen.emplace_back(answer.status, answer.body);
        }
        return seen;
    }
};

TEST_F(GuessStory, S_11_an_account_is_locked_for_longer_and_longer) {
    const auto seen = guesses("admin", 11);
    EXPECT_EQ(seen[9].first, 401);
    EXPECT_EQ(seen[10].first, 429);
    const auto locked = guess("admin", password);
    EXPECT_EQ(locked.status, 429) << "the right one, too";
    const auto wait = std::stol(locked.header("Retry-After"));
    EXPECT_TRUE(wait > 20 && wait <= 30) << wait;
    late.advance(31s);
    EXPECT_EQ(guess("admin", "wrong password").status, 401);
    EXPECT_GT(std::stol(guess("admin", password).header("Retry-After")), 50);
    EXPECT_EQ(ask("GET", "stores").status, 200) << "who is signed in stays so";
    late.advance(61s);
    EXPECT_EQ(guess("admin", password).status, 201);
    EXPECT_EQ(guesses("admin", 10).back().first, 401) << "and all is forgiven";
}

TEST_F(GuessStory, S_10_a_name_that_nobody_has_is_answered_like_one_that_somebody_has) {
    const auto here = guesses("admin", 12), nowhere = guesses("nobody", 12);
    for (std::size_t at = 0; at < here.size(); ++at) {
        EXPECT_EQ(here[at].first, nowhere[at].first) << at;
        if (here[at].first == 401) EXPECT_EQ(here[at].second, nowhere[at].second) << at;
    }
}

TEST_F(GuessStory, S_11_many_guesses_at_once_are_no_more_guesses) {
    std::atomic<int> judged{0};
    {
        std::vector<std::jthread> threads;
        for (int at = 0; at < 16; ++at) {
            threads.emplace_back([&] {
                for (int again = 0; again < 2; ++again) {
                    const auto answer =
                        http::testing::fetch(server->port(), "POST", "/api/v1/session",
                                             {{"Content-Type", "application/json"}},
                                             R"({"name": "admin", "password": "wrong password"})");
                    judged += answer.status == 401 ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(judged.load(), 10);
}

TEST_F(GuessStory, one_address_cannot_try_all_names) {
    int judged = 0;
    for (int at = 0; at < 60; ++at)
        judged += guess("name-" + std::to_string(at), "wrong password").status == 401 ? 1 : 0;
    EXPECT_EQ(judged, 50);
    EXPECT_EQ(guess("admin", password).status, 429);
    late.advance(31s);
    EXPECT_EQ(guess("admin", password).status, 201);
}

TEST_F(GuessStory, the_names_that_people_type_are_not_kept) {
    guess("my secret password", "typed into the wrong field");
    const auto rows = server->office().catalog.read(
        [](catalog::Session& session) { return session.run("SELECT who FROM sign_in_failures"); });
    ASSERT_TRUE(rows);
    ASSERT_FALSE(rows->empty());
    for (const auto& row : *rows)
        EXPECT_EQ(catalog::sql::text_of(row.at(0)).find("secret"), std::string::npos);
}

}  // namespace
}  // namespace ds::server
