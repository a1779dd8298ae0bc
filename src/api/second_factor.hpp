#pragma once

#include "api/route.hpp"
#include "api/services.hpp"
#include "catalog/access_tables.hpp"

/// What a user has besides the password: codes of an authenticator (RFC 6238), and recovery codes
/// for when it is lost. No code is taken twice.
namespace ds::api {

/// The second factor in force; nothing when the user has none, or has not confirmed it.
Result<std::optional<model::SecondFactor>> factor_in_force(catalog::Session& session,
                                                           const model::User& user);

/// For what the secret of a user's authenticator is sealed.
std::string sealed_place(const std::string& user);
/// Fills the row with those that are good from now on; they are told once.
std::vector<std::string> new_recovery_codes(model::SecondFactor& factor);

/// Uses up a code of the authenticator, or a recovery code. Code::denied when it is neither;
/// Code::conflict when somebody used one at the same moment.
Status use_code(const Services& services, catalog::Session& session, model::SecondFactor& factor,
                const std::string& code);

/// The right of a role, where the organization asks for a second factor: without one, no more than
/// to set it up.
Result<Scope> scope_in(catalog::Session& session, const model::User& user);

}  // namespace ds::api
