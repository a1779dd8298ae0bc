#pragma once

#include "model/people.hpp"

/// How people get in, and what is theirs alone.
namespace ds::model {

/// A person who is signed in somewhere. The tokens that they carry name this row, and are worth
/// nothing once it is gone.
struct UserSession : Record {
    std::string user;
    std::string address;  // of the last refresh, as is the agent
    std::string agent;
    std::string used;
    std::string expires;
    std::string family_hash;   // SHA-256 of what all refresh tokens of the session share, hex
    std::string refresh_hash;  // of the newest refresh token
    std::string refreshed;     // when that was given out
    bool pending = false;      // the password was right; the second factor is still to come
};
BOOST_DESCRIBE_STRUCT(UserSession, (Record),
                      (user, address, agent, used, expires, family_hash, refresh_hash, refreshed,
                       pending))

/// Whoever has the link becomes a member, once.
struct Invitation : Record {
    std::string name;  // for whom, for people to know
    Role role = Role::viewer;
    std::string made_by;  // a user
    std::string hash;     // SHA-256 of the secret in the link, hex
    std::string expires;
};
BOOST_DESCRIBE_STRUCT(Invitation, (Record), (name, role, made_by, hash, expires))

/// What a user has besides the password. Its id is the user's.
struct SecondFactor : Record {
    std::string sealed;                 // the TOTP secret
    std::string confirmed;              // when the first code came; "" = not in force yet
    std::uint64_t last_step = 0;        // of the last code that was taken: none is taken twice
    std::vector<std::string> recovery;  // SHA-256 of "USER:CODE", hex; each is good once
};
BOOST_DESCRIBE_STRUCT(SecondFactor, (Record), (sealed, confirmed, last_step, recovery))

/// What a program keeps for a user. Its id is the user's.
struct Preferences : Record {
    json::Value value = json::bj::object{};
};
BOOST_DESCRIBE_STRUCT(Preferences, (Record), (value))

/// Its id is the user's.
struct Picture : Record {
    std::string type;  // "image/png"
    std::string data;  // base64
};
BOOST_DESCRIBE_STRUCT(Picture, (Record), (type, data))

}  // namespace ds::model
