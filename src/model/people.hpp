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
