#include "api/routes.hpp"
#include "crypto/age.hpp"

namespace ds::api {

/// Of an age key. `sheet` is the file that opens backups without this server.
struct KeyPair {
    std::string recipient;
    std::string secret;
    std::string sheet;
};
BOOST_DESCRIBE_STRUCT(KeyPair, (), (recipient, secret, sheet))

namespace {

/// Nothing of it is kept: whoever asked enters what they want kept, as a key.
Reply new_pair(catalog::Time now) {
    const auto identity = crypto::Identity::generate();
    const auto secret = identity.text();
    const auto sheet = crypto::identity_file(identity, rfc3339(now));
    const KeyPair pair{identity.recipient(), std::string{secret.reveal()},
                       std::string{sheet.reveal()}};
    // A whole response: an Idempotency-Key must not make the catalog remember it.
    http::Response response;
    response.status = 201;
    response.headers.add("Content-Type", "application/json");
    response.body = json::write(pair);
    return Reply{201, {}, {}, std::move(response)};
}

}  // namespace

void add_key_pairs(Router& router, const Services& services) {
    router.add({"POST",
                "/api/v1/key-pairs",
                Scope::administer,
                "keys",
                "Make a key pair, of which the server keeps nothing",
                {},
                shape<KeyPair>(),
                201,
                false,
                [&services](const Call&) -> Result<Reply> { return new_pair(services.now()); }});
}

}  // namespace ds::api
