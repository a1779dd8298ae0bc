#include "server/testing/access_story.hpp"
#include "server/testing/authenticator.hpp"

// The second factor: enforced on every path, and no code is good twice.
namespace ds::server {
namespace {

using namespace testing;

class FactorStory : public AccessStory {
protected:
    Authenticator phone;

    /// A code that was not used yet: time goes on by a step.
    std::string code() {
        late.advance(crypto::totp_step);
        return phone.code(late.now());
    }
    void begin() {
        const auto made = post("second-factor", {{"password", password}}, 200);
        phone = Authenticator{text(made, "secret")};
        EXPECT_EQ(text(made, "url"), "otpauth://totp/DumpStation:admin?secret=" +
                                         text(made, "secret") + "&issuer=DumpStation");
    }
    std::vector<std::string> enrol() {
        begin();
        const auto told = post("second-factor/confirm", {{"code", code()}}, 200);
        return json::read<std::vector<std::string>>(json::to_text(told.at("codes"))).value();
    }
    json::Value step(const json::Value& first, const std::string& given, int status = 201) {
        return as("", [&] {
            return post("session/second-factor", {{"token", text(first, "token")}, {"code", given}},
                        status);
        });
    }
};

TEST_F(FactorStory, it_is_in_force_once_confirmed_and_sign_in_has_two_steps) {
    post("second-factor", {{"password", "wrong password"}}, 403);
    begin();
    EXPECT_FALSE(get("second-factor").at("enabled").as_bool());
    EXPECT_FALSE(signed_in().at("second_factor_needed").as_bool());
    const auto before = signed_in();
    const auto codes = enrol();
    EXPECT_EQ(codes.size(), 10U);
    EXPECT_EQ(status_with(text(before, "token")), 401) << "it passed by the password alone";
    EXPECT_TRUE(get("profile").at("second_factor").as_bool());
    const auto first = signed_in();
    EXPECT_TRUE(first.at("second_factor_needed").as_bool());
    EXPECT_EQ(text(first, "refresh"), "");
    step(first, "000000", 401);
    const auto second = step(first, code());
    EXPECT_EQ(status_with(text(second, "token")), 200);
    EXPECT_FALSE(second.at("second_factor_needed").as_bool());
    refreshed(second);
    step(first, code(), 401);
}

TEST_F(FactorStory, S_01_the_token_of_the_first_step_opens_nothing_else) {
    enrol();
    const auto first = signed_in();
    as(text(first, "token"), [&] {
        for (const auto& route : server->api().routes()) {
            if (route.scope == api::Scope::nobody) continue;
            auto path = route.pattern;
            if (const auto at = path.find("{id}"); at != std::string::npos)
                path.replace(at, 4, "x");
            EXPECT_EQ(ask(route.method, path).status, 401) << route.method << ' ' << path;
        }
    });
    EXPECT_EQ(get("sessions").at("items").as_array().size(), 1U) << "it is no session";
    late.advance(6min);
    step(first, code(), 401);
    const auto full = text(step(signed_in(), code()), "token");
    as("", [&] { post("session/second-factor", {{"token", full}, {"code", code()}}, 401); });
}

TEST_F(FactorStory, S_12_no_code_is_good_twice) {
    const auto codes = enrol();
    const auto once = code();
    step(signed_in(), once);
    step(signed_in(), once, 401);
    step(signed_in(), codes[3]);
    step(signed_in(), codes[3], 401);
    auto typed = lower(codes[4]);
    std::erase(typed, '-');
    step(signed_in(), typed);
    EXPECT_EQ(get("second-factor").at("recovery_codes").to_number<int>(), 8);
    post("second-factor/recovery-codes", {{"code", code()}}, 200);
    step(signed_in(), codes[5], 401);
    post("second-factor", {{"password", password}}, 409);
}

TEST_F(FactorStory, S_12_guessing_codes_is_slow_whatever_the_password) {
    enrol();
    int wrong = 0;
    for (int at = 0; at < 12; ++at) {
        const auto first = as("", [&] {
            return ask("POST", "session",
                       json::to_text(json::bj::object{{"name", "admin"}, {"password", password}}));
        });
        if (first.status == 429) break;
        const auto answer = json::parse(first.body).value();
        wrong += as("", [&] {
            return ask("POST", "session/second-factor",
                       json::to_text(
                           json::bj::object{{"token", text(answer, "token")}, {"code", "000000"}}))
                       .status == 401;
        });
    }
    EXPECT_EQ(wrong, 10) << "a right password in between forgives nothing";
    signed_in("admin", password, 429);
    late.advance(31s);
    step(signed_in(), code());
    signed_in();
}

TEST_F(FactorStory, an_organization_may_ask_for_it) {
    call("PATCH", "settings", R"({"require_second_factor": true})", 200);
    EXPECT_EQ(ask("GET", "plans").status, 403);
    EXPECT_NE(ask("GET", "plans").body.find("second factor"), std::string::npos);
    EXPECT_EQ(ask("PATCH", "settings", R"({"require_second_factor": false})").status, 403);
    EXPECT_TRUE(get("profile").at("second_factor_required").as_bool());
    EXPECT_EQ(text(get("session"), "scope"), "sign in");
    enrol();
    get("plans");
    call("POST", "second-factor/remove", json::to_text(json::bj::object{{"code", code()}}), 204);
    EXPECT_EQ(ask("GET", "plans").status, 403);
}

TEST_F(FactorStory, who_lost_it_is_helped_by_an_administrator) {
    enrol();
    const auto me = text(get("profile"), "id");
    call("DELETE", "members/" + me + "/second-factor", {}, 204);
    EXPECT_EQ(ask("GET", "profile").status, 401) << "all sessions end";
    EXPECT_FALSE(signed_in().at("second_factor_needed").as_bool());
}

TEST_F(FactorStory, S_04_its_secret_is_sealed_and_follows_the_master_key) {
    enrol();
    const auto hex = to_hex(phone.secret());
    const auto rows = server->office().catalog.read(
        [](catalog::Session& session) { return catalog::second_factors.select(session, ""); });
    ASSERT_TRUE(rows);
    EXPECT_EQ(json::to_text(json::to_value(*rows)).find(hex), std::string::npos);
    post("settings/rotate-master-key", {}, 200);
    step(signed_in(), code());
}

}  // namespace
}  // namespace ds::server
