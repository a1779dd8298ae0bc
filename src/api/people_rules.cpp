#include "api/people_rules.hpp"

#include <algorithm>

#include "api/sign_in_limits.hpp"
#include "crypto/password.hpp"

namespace ds::api {
namespace {

constexpr std::size_t name_bytes_max = 100;
constexpr std::size_t email_bytes_max = 254;
constexpr std::size_t password_bytes_min = 10;

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](unsigned char c) { return c < 32 || c == 127; });
}

}  // namespace

Status check_user_name(const std::string& name) {
    if (name.empty()) return fail(Code::invalid, "name: missing");
    if (name.size() > name_bytes_max) return fail(Code::invalid, "name: at most 100 bytes");
    if (has_control(name) || trimmed(name) != name)
        return fail(Code::invalid, "name: has blanks at its ends or control characters in it");
    return {};
}

Status check_email(const std::string& email) {
    if (email.empty()) return {};
    const auto at = email.find('@');
    const bool plain = email.size() <= email_bytes_max && !has_control(email) &&
                       email.find_first_of(" ,;<>\"") == std::string::npos;
    if (plain && at != std::string::npos && at > 0 && at + 1 < email.size() &&
        email.find('@', at + 1) == std::string::npos)
        return {};
    return fail(Code::invalid, "email: not an address such as name@example.com");
}

Status check_new_password(const std::string& password, const std::string& name,
                          const std::string& field) {
    if (password.size() < password_bytes_min)
        return fail(Code::invalid, field + ": at least 10 characters");
    if (password.size() > crypto::password_bytes_max)
        return fail(Code::invalid, field + ": at most 1024 bytes");
    if (password == name) return fail(Code::invalid, field + ": the name is no password");
    return {};
}

model::Role power_of(const Caller& caller) {
    return caller.person ? caller.role : std::min(caller.role, model::Role::admin);
}

Status check_power_over(const Caller& caller, model::Role role) {
    if (role <= power_of(caller)) return {};
    return fail(Code::denied, "nobody gives or takes a higher role than their own",
                "Ask an owner of the organization.");
}

Status check_not_last_owner(catalog::Session& session, const model::User& user) {
    if (user.role != model::Role::owner) return {};
    // Locks the owners' rows, where transactions go on beside each other.
    DS_TRY([[maybe_unused]] const auto locked,
           session.run("UPDATE users SET changed = changed WHERE organization = ? AND role = "
                       "'owner'",
                       {user.organization}));
    DS_TRY(const auto rows,
           session.run("SELECT count(*) FROM users WHERE organization = ? AND role = 'owner'",
                       {user.organization}));
    if (sql::number_of(rows.at(0).at(0)) > 1) return {};
    return fail(Code::conflict, "this is the only owner of the organization",
                "Make somebody else an owner first.");
}

Status remove_user(catalog::Session& session, const model::User& user) {
    for (const char* table : {"sessions", "tokens", "sign_in_places"}) {
        DS_TRY([[maybe_unused]] const auto gone,
               session.run(
                   fmt::format("DELETE FROM {} WHERE organization = ? AND \"user\" = ?", table),
                   {user.organization, user.id}));
    }
    for (const char* table : {"second_factors", "preferences", "pictures"}) {
        DS_TRY([[maybe_unused]] const auto gone,
               session.run(fmt::format("DELETE FROM {} WHERE organization = ? AND id = ?", table),
                           {user.organization, user.id}));
    }
    DS_DO(forgive(session, account_key(user)));
    return catalog::users.remove(session, user.organization, user.id);
}

Status insert_user(catalog::Session& session, const model::User& user) {
    auto inserted = catalog::users.insert(session, user);
    if (inserted || inserted.error().code() != Code::exists) return inserted;
    return fail(Code::exists, "name: somebody on this server has it already");
}

}  // namespace ds::api
