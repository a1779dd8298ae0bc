#pragma once

#include "model/record.hpp"

namespace ds::model {

/// A tenant. Belongs to itself.
struct Organization : Record {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Organization, (Record), (name))

enum class Role { viewer, operator_, admin, owner };
BOOST_DESCRIBE_ENUM(Role, viewer, operator_, admin, owner)

struct User : Record {
    std::string name;           // what is typed to sign in
    std::string password_hash;  // argon2id in PHC form; never leaves the server
    Role role = Role::viewer;
};
BOOST_DESCRIBE_STRUCT(User, (Record), (name, password_hash, role))

/// A way in for a program, or the session of a person.
struct Token : Record {
    std::string name;
    std::string kind;  // "token" or "session"
    std::string user;
    std::string hash;                 // SHA-256 of the token, hex; the token itself is not kept
    std::vector<std::string> scopes;  // "read", "operate", "administer"
    std::string expires;              // "" = never
    std::string used;
};
BOOST_DESCRIBE_STRUCT(Token, (Record), (name, kind, user, hash, scopes, expires, used))

}  // namespace ds::model
