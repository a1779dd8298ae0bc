#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

namespace ds::api {

/// What a token carries to its owner, once.
struct NewToken {
    std::string id;
    std::string token;
    std::string expires;  // "" = never
};
BOOST_DESCRIBE_STRUCT(NewToken, (), (id, token, expires))

/// Makes a token for a user and enters it. What is stored is its hash.
Result<NewToken> make_token(catalog::Session& session, model::Token row, catalog::Time now);

/// Who sends this request, by its Authorization line. Nobody, when there is none;
/// Code::unauthenticated for a token that is not good (any more).
Result<Caller> caller_of(const Services& services, const http::Request& request);

/// "administer" → the scope; nothing for a word that is none.
std::optional<Scope> scope_named(std::string_view name);
std::string_view name_of(Scope scope);

/// Made when there is none: a rescued server has one without users.
Result<model::Organization> organization_named(catalog::Session& session, const std::string& name,
                                               catalog::Time now);

/// The first administrator, with an organization of their own. Code::conflict when there is one.
Result<model::User> make_first_admin(catalog::Session& session, const std::string& organization,
                                     const std::string& name, std::string password_hash,
                                     catalog::Time now);
/// Whether nobody can sign in yet.
Result<bool> needs_setup(catalog::Session& session);

}  // namespace ds::api
