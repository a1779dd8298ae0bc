#include "base/bytes.hpp"
#include "server/testing/access_story.hpp"

// Who belongs to an organization, what they may, and what is theirs.
namespace ds::server {
namespace {

using namespace testing;

class MemberStory : public AccessStory {
protected:
    json::Value invite(const std::string& role, int status = 201) {
        return post("invitations", {{"name", "somebody"}, {"role", role}}, status);
    }
    json::Value accept(const json::Value& invitation, const std::string& name, int status = 201) {
        return as("", [&] {
            return post(
                "invitations/accept",
                {{"token", text(invitation, "token")}, {"name", name}, {"password", password}},
                status);
        });
    }
    /// The access token of a new member.
    std::string member(const std::string& name, const std::string& role) {
        return text(accept(invite(role), name), "token");
    }
    std::string id_of(const std::string& name) {
        return text(get("members?name=" + name).at("items").at(0), "id");
    }
    void give(const std::string& name, const std::string& role, int status = 200) {
        call("PATCH", "members/" + id_of(name), json::to_text(json::bj::object{{"role", role}}),
             status);
    }
    std::string picture(std::string_view bytes) {
        return json::to_text(json::bj::object{{"image", to_base64(view_of(bytes))}});
    }
};

TEST_F(MemberStory, an_invitation_is_good_once_and_for_some_days) {
    const auto invitation = invite("operator");
    EXPECT_EQ(ask("GET", "invitations").body.find(text(invitation, "token")), std::string::npos);
    EXPECT_EQ(text(get("invitations").at("items").at(0), "role"), "operator");
    const auto joined = accept(invitation, "ann");
    EXPECT_EQ(as(text(joined, "token"), [&] { return text(get("profile"), "role"); }), "operator");
    accept(invitation, "ben", 403);
    const auto late_one = invite("viewer");
    late.advance(std::chrono::hours{24 * 7 + 1});
    token = text(signed_in(), "token");
    accept(late_one, "cal", 403);
    const auto withdrawn = invite("viewer");
    call("DELETE", "invitations/" + text(withdrawn, "id"), {}, 204);
    accept(withdrawn, "dan", 403);
    accept(invite("viewer"), "admin", 409);
    accept(json::bj::object{{"token", "dsi_0"}}, "eve", 403);
}

TEST_F(MemberStory, nobody_invites_to_more_than_they_are) {
    const auto ann = member("ann", "admin");
    const auto beyond = as(ann, [&] {
        invite("owner", 403);
        return invite("admin");
    });
    give("ann", "viewer");
    accept(beyond, "ben", 403);
    as(ann, [&] { invite("viewer", 403); });
}

TEST_F(MemberStory, each_role_may_what_it_says_and_a_change_holds_at_once) {
    const auto viewer = member("ann", "viewer"), operates = member("ben", "operator"),
               admin = member("cal", "admin");
    const auto may = [&](const std::string& who, std::string_view method, const std::string& path) {
        return as(who,
                  [&] { return ask(method, path, method == "GET" ? "" : "{}").status != 403; });
    };
    EXPECT_TRUE(may(viewer, "GET", "plans"));
    EXPECT_FALSE(may(viewer, "POST", "plans/x/run"));
    EXPECT_TRUE(may(operates, "POST", "plans/x/run"));
    EXPECT_FALSE(may(operates, "POST", "plans"));
    EXPECT_TRUE(may(admin, "POST", "plans"));
    give("cal", "viewer");
    EXPECT_FALSE(may(admin, "POST", "plans")) << "S-13: no right is kept in a token";
    give("ann", "admin");
    EXPECT_TRUE(may(viewer, "POST", "plans"));
}

TEST_F(MemberStory, a_programs_token_has_no_more_than_its_maker) {
    const auto ann = member("ann", "admin");
    const auto program = as(ann, [&] {
        return text(
            post("tokens", {{"name", "ci"}, {"scopes", json::bj::array{"administer"}}}, 201),
            "token");
    });
    EXPECT_EQ(as(program, [&] { return ask("POST", "stores", "{}").status; }), 400);
    give("ann", "viewer");
    EXPECT_EQ(as(program, [&] { return ask("POST", "stores", "{}").status; }), 403);
    call("DELETE", "members/" + id_of("ann"), {}, 204);
    EXPECT_EQ(status_with(program), 401);
    EXPECT_EQ(status_with(ann), 401);
}

TEST_F(MemberStory, a_token_is_good_from_its_addresses_and_until_its_end) {
    const auto make = [&](const char* where, int status = 201) {
        return post("tokens",
                    {{"name", "ci"},
                     {"scopes", json::bj::array{"read"}},
                     {"addresses", json::bj::array{where}}},
                    status);
    };
    EXPECT_EQ(status_with(text(make("127.0.0.0/8"), "token")), 200);
    EXPECT_EQ(status_with(text(make("127.0.0.1"), "token")), 200);
    EXPECT_EQ(status_with(text(make("203.0.113.0/24"), "token")), 401);
    EXPECT_EQ(status_with(text(make("::/0"), "token")), 200) << "all there are";
    for (const char* wrong : {"", "here", "127.0.0.0/33", "127.0.0.1/8", "300.0.0.0/8"})
        EXPECT_EQ(field_of(make(wrong, 400)), "addresses[0]") << wrong;
    const auto brief = text(post("tokens",
                                 {{"name", "brief"},
                                  {"scopes", json::bj::array{"read"}},
                                  {"expires", rfc3339(late.now() + 60s)}},
                                 201),
                            "token");
    EXPECT_EQ(status_with(brief), 200);
    late.advance(61s);
    EXPECT_EQ(status_with(brief), 401);
}

TEST_F(MemberStory, an_organization_never_loses_its_last_owner) {
    const auto me = text(get("profile"), "id");
    call("DELETE", "members/" + me, {}, 409);
    give("admin", "admin", 409);
    give("admin", "owner");
    member("ann", "owner");
    give("admin", "viewer");
    EXPECT_EQ(ask("POST", "stores", "{}").status, 403);
}

TEST_F(MemberStory, an_admin_has_no_power_over_an_owner) {
    const auto ann = member("ann", "admin");
    const auto owner = id_of("admin");
    as(ann, [&] {
        give("admin", "viewer", 403);
        give("ann", "owner", 403);
        call("DELETE", "members/" + owner, {}, 403);
        call("DELETE", "members/" + owner + "/sessions", {}, 403);
        call("DELETE", "members/" + owner + "/second-factor", {}, 403);
    });
    const auto program = text(
        post("tokens", {{"name", "ci"}, {"scopes", json::bj::array{"administer"}}}, 201), "token");
    as(program, [&] { give("ann", "owner", 403); });
    call("DELETE", "members/" + id_of("ann") + "/sessions", {}, 204);
    EXPECT_EQ(status_with(ann), 401);
}

TEST_F(MemberStory, people_say_who_they_are) {
    const auto ann = member("ann", "viewer");
    as(ann, [&] {
        const auto changed = call("PATCH", "profile", R"({"email": "ann@example.com"})", 200);
        EXPECT_EQ(text(changed, "name"), "ann");
        EXPECT_EQ(text(get("profile"), "email"), "ann@example.com");
        for (const char* wrong : {R"({"email": "ann"})", R"({"email": "a@b\r\nBcc: c@d"})",
                                  R"({"name": ""})", R"({"name": " ann"})", R"({"role": "owner"})"})
            call("PATCH", "profile", wrong, 400);
        call("PATCH", "profile", R"({"name": "admin"})", 409);
        call("PATCH", "profile", R"({"name": "anna"})", 200);
    });
    EXPECT_EQ(text(signed_in("anna"), "refresh").substr(0, 4), "dsr_");
    signed_in("ann", password, 401);
}

TEST_F(MemberStory, S_17_a_picture_is_what_its_bytes_say_and_not_large) {
    const std::string png = "\x89PNG\r\n\x1a\n rest";
    const auto me = text(get("profile"), "id");
    EXPECT_EQ(ask("GET", "members/" + me + "/picture").status, 404);
    call("PUT", "profile/picture", picture(png), 204);
    EXPECT_TRUE(get("profile").at("picture").as_bool());
    const auto shown = ask("GET", "members/" + me + "/picture");
    EXPECT_EQ(shown.body, png);
    EXPECT_EQ(shown.header("Content-Type"), "image/png");
    EXPECT_EQ(shown.header("X-Content-Type-Options"), "nosniff");
    call("PUT", "profile/picture", picture("RIFF    WEBPVP8 "), 204);
    EXPECT_EQ(ask("GET", "members/" + me + "/picture").header("Content-Type"), "image/webp");
    for (const std::string& other :
         {std::string{"<svg onload='alert(1)'/>"}, std::string{"<html>"}, std::string{},
          "GIF89" + std::string(100, ' '), std::string{"RIFF    WAVE    "},
          png + std::string(256 * KiB, ' ')})
        call("PUT", "profile/picture", picture(other), 400);
    call("PUT", "profile/picture", R"({"image": "not base64!"})", 400);
    call("DELETE", "profile/picture", {}, 204);
    call("DELETE", "profile/picture", {}, 404);
}

TEST_F(MemberStory, preferences_are_each_users_own_and_bounded) {
    const auto ann = member("ann", "viewer");
    EXPECT_EQ(get("preferences").as_object().size(), 0U);
    call("PATCH", "preferences", R"({"theme": "dark", "columns": ["name", "taken"]})", 200);
    call("PATCH", "preferences", R"({"theme": null, "zoom": 2})", 200);
    EXPECT_EQ(json::to_text(get("preferences")), R"({"columns":["name","taken"],"zoom":2})");
    as(ann, [&] { EXPECT_EQ(get("preferences").as_object().size(), 0U); });
    call("PATCH", "preferences",
         json::to_text(json::bj::object{{"large", std::string(17'000, 'x')}}), 400);
    EXPECT_EQ(get("preferences").as_object().size(), 2U);
}

TEST_F(MemberStory, a_new_password_needs_the_old_one_and_ends_other_sessions) {
    const auto phone = signed_in();
    const auto change = [&](const std::string& old, const std::string& fresh, int status) {
        return post("profile/password", {{"old_password", old}, {"new_password", fresh}}, status);
    };
    change("wrong password", "a new password", 403);
    EXPECT_EQ(field_of(change(password, "short", 400)), "new_password");
    change(password, "a new password", 204);
    EXPECT_EQ(status_with(text(phone, "token")), 401);
    refreshed(phone, 401);
    EXPECT_EQ(ask("GET", "profile").status, 200);
    signed_in("admin", password, 401);
    signed_in("admin", "a new password");
}

}  // namespace
}  // namespace ds::server
