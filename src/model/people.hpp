#pragma once

#include "model/record.hpp"

namespace ds::model {

/// A tenant. Belongs to itself.
struct Organization : Record {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Organization, (Record), (name))

/// Each may all that those before may.
enum class Role { viewer, operates, admin, owner };
/// `operator` is no name in C++.
struct RoleOperator {
    static constexpr auto value() noexcept { return Role::operates; }
    static constexpr auto name() noexcept { return "operator"; }
};
// clang-format off
BOOST_DESCRIBE_ENUM_BEGIN(Role)
BOOST_DESCRIBE_ENUM_ENTRY(Role, viewer), RoleOperator{}
BOOST_DESCRIBE_ENUM_ENTRY(Role, admin) BOOST_DESCRIBE_ENUM_ENTRY(Role, owner)
BOOST_DESCRIBE_ENUM_END(Role)

struct User : Record {
    std::string name;           // what is typed to sign in
    std::string password_hash;  // argon2id in PHC form; never leaves the server
    Role role = Role::viewer;
    std::string email;
};
BOOST_DESCRIBE_STRUCT(User, (Record), (name, password_hash, role, email))
// clang-format on

/// A way in for a program.
struct Token : Record {
    std::string name;
    std::string kind;  // "token"; "session" in catalogs that an older program wrote
    std::string user;
    std::string hash;                 // SHA-256 of the token, hex; the token itself is not kept
    std::vector<std::string> scopes;  // "read", "operate", "administer"
    std::string expires;              // "" = never
    std::string used;
    std::vector<std::string> addresses;  // "203.0.113.0/24": where it is good; none: everywhere
};
BOOST_DESCRIBE_STRUCT(Token, (Record), (name, kind, user, hash, scopes, expires, used, addresses))

/// Where a user signed in from.
struct SignInPlace : Record {
    std::string user;
    std::string network;  // of the address: "203.0.113.0/24"
    std::string agent;    // the program, without version numbers
    std::string seen;     // last
};
BOOST_DESCRIBE_STRUCT(SignInPlace, (Record), (user, network, agent, seen))

/// What a request with an Idempotency-Key was answered, so that its repetition does nothing twice.
struct Answer : Record {
    std::string key;           // of the caller, with the key as sent
    std::string request;       // SHA-256 of method, path and body
    std::uint64_t status = 0;  // 0: still at work
    std::string location;
    std::string etag;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(Answer, (Record), (key, request, status, location, etag, body))

}  // namespace ds::model
