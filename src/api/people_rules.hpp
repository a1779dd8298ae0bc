#pragma once

#include "api/route.hpp"
#include "api/services.hpp"
#include "catalog/access_tables.hpp"

/// Rules about people that several routes share.
namespace ds::api {

Status check_user_name(const std::string& name);
Status check_email(const std::string& email);
/// A new one: long enough, and not the name.
Status check_new_password(const std::string& password, const std::string& name,
                          const std::string& field = "password");

/// The highest role that a caller may give, take, or have power over. A program is at most an
/// admin.
model::Role power_of(const Caller& caller);
Status check_power_over(const Caller& caller, model::Role role);

/// Code::conflict when the user is the only owner. Others who would leave at the same moment wait.
Status check_not_last_owner(catalog::Session& session, const model::User& user);

/// Removes a user with all that is theirs alone: sessions, tokens, second factor, picture.
Status remove_user(catalog::Session& session, const model::User& user);

/// A user whose name is taken is Code::exists, and says so.
Status insert_user(catalog::Session& session, const model::User& user);

}  // namespace ds::api
