#include "api/adding.hpp"
#include "api/people_rules.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/sign_in_limits.hpp"
#include "api/user_sessions.hpp"
#include "crypto/password.hpp"

// What people say about themselves, their password, and what programs keep for them.
namespace ds::api {

struct Profile {
    std::string id;
    std::string name;
    std::string email;
    model::Role role = model::Role::viewer;
    std::string created;
    bool second_factor = false;
    bool second_factor_required = false;
    bool picture = false;
};
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (id, name, email, role, created, second_factor, second_factor_required,
                       picture))

struct ProfileChange {
    std::optional<std::string> name;
    std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(ProfileChange, (), (name, email))

struct PasswordChange {
    std::string old_password;
    std::string new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (old_password, new_password))

namespace {

constexpr std::size_t preferences_bytes_max = 16 * KiB;
constexpr std::size_t preferences_max = 200;

Result<model::User> me(catalog::Session& session, const Call& call) {
    return catalog::users.get(session, call.caller.organization, call.caller.user);
}

Result<Profile> profile_of(catalog::Session& session, const model::User& user) {
    DS_TRY(const auto factor, catalog::second_factors.find(session, user.organization, user.id));
    DS_TRY(const auto settings,
           catalog::settings.find(session, user.organization, user.organization));
    DS_TRY(const auto picture,
           session.run("SELECT 1 FROM pictures WHERE organization = ? AND id = ?",
                       {user.organization, user.id}));
    return Profile{user.id,
                   user.name,
                   user.email,
                   user.role,
                   user.created,
                   factor && !factor->confirmed.empty(),
                   settings && settings->require_second_factor,
                   !picture.empty()};
}

Result<Reply> show_profile(const Services& services, const Call& call) {
    DS_TRY(const auto profile, services.read([&](catalog::Session& session) -> Result<Profile> {
        DS_TRY(const auto user, me(session, call));
        return profile_of(session, user);
    }));
    return Reply{200, json::to_value(profile), {}, {}};
}

Result<Reply> change_profile(const Services& services, const Call& call) {
    DS_TRY(const auto change, read_body<ProfileChange>(call));
    Profile profile;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(auto user, me(session, call));
        if (change.name) user.name = *change.name;
        if (change.email) user.email = *change.email;
        DS_DO(check_user_name(user.name));
        DS_DO(check_email(user.email));
        user.changed = rfc3339(services.now());
        auto updated = catalog::users.update(session, user);
        if (!updated && updated.error().code() == Code::exists)
            return fail(Code::exists, "name: somebody on this server has it already");
        DS_DO(std::move(updated));
        DS_TRY(profile, profile_of(session, user));
        return {};
    }));
    services.events.changed(call.caller.organization, "member", call.caller.user);
    return Reply{200, json::to_value(profile), {}, {}};
}

/// Whoever took over a session does not take over the account; all other sessions end.
Result<Reply> change_password(const Services& services, const Call& call) {
    DS_TRY(const auto change, read_body<PasswordChange>(call));
    DS_TRY(const auto user,
           services.read([&](catalog::Session& session) { return me(session, call); }));
    DS_DO(check_new_password(change.new_password, user.name, "new_password"));
    DS_DO(begin_attempt(services, {account_key(user)}));
    if (!crypto::is_password(change.old_password, user.password_hash))
        return fail(Code::denied, "the old password is not right");
    DS_TRY(auto hash, crypto::hash_password(change.new_password));
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        auto changed = user;
        changed.password_hash = std::move(hash);
        changed.changed = rfc3339(services.now());
        DS_DO(catalog::users.update(session, changed));
        DS_DO(end_attempt(session, {account_key(user)}));
        DS_TRY([[maybe_unused]] const auto ended,
               end_sessions(session, user.organization, user.id, call.caller.token));
        return {};
    }));
    return Reply{204, {}, {}, {}};
}

Result<model::Preferences> preferences_of(catalog::Session& session, const Call& call) {
    DS_TRY(auto found,
           catalog::preferences.find(session, call.caller.organization, call.caller.user));
    return found.value_or(model::Preferences{});
}

Result<Reply> show_preferences(const Services& services, const Call& call) {
    DS_TRY(const auto row,
           services.read([&](catalog::Session& session) { return preferences_of(session, call); }));
    return Reply{200, row.value, {}, {}};
}

/// What is null goes, what is left out stays.
Result<Reply> change_preferences(const Services& services, const Call& call) {
    DS_TRY(const auto body, call.body());
    model::Preferences row;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(row, preferences_of(session, call));
        auto& value = row.value.get_object();
        for (const auto& [key, one] : body) {
            if (one.is_null())
                value.erase(key);
            else
                value[key] = one;
        }
        if (value.size() > preferences_max ||
            json::to_text(row.value).size() > preferences_bytes_max)
            return fail(Code::invalid, "the preferences are too large",
                        "At most 200 of them, and 16 KiB together.");
        if (row.version > 0) {
            row.changed = rfc3339(services.now());
            return catalog::preferences.update(session, row);
        }
        const auto kept = std::move(row.value);
        catalog::begin_record(row, call.caller.organization, services.now());
        row.id = call.caller.user;
        row.value = kept;
        return catalog::preferences.insert(session, row);
    }));
    return Reply{200, row.value, {}, {}};
}

Shape any_object() {
    return [](Schemas&) -> json::Value {
        return json::bj::object{{"type", "object"}, {"additionalProperties", json::bj::object{}}};
    };
}

}  // namespace

void add_profile(Router& router, const Services& services) {
    Adding add{router, services, "profile"};
    add("GET", "profile", Scope::signed_in, "Who I am, with what is mine", {}, shape<Profile>(),
        200, show_profile)
        .person = true;
    add("PATCH", "profile", Scope::signed_in, "Change my name or e-mail address",
        shape<ProfileChange>(), shape<Profile>(), 200, change_profile)
        .person = true;
    add("POST", "profile/password", Scope::signed_in,
        "Change my password; all my other sessions end", shape<PasswordChange>(), {}, 204,
        change_password)
        .person = true;
    add("GET", "preferences", Scope::signed_in, "What programs keep for me", {}, any_object(), 200,
        show_preferences)
        .person = true;
    add("PATCH", "preferences", Scope::signed_in, "Keep something for me; null removes it",
        any_object(), any_object(), 200, change_preferences)
        .person = true;
}

}  // namespace ds::api
