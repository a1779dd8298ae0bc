#pragma once

#include <optional>
#include <string>
#include <vector>

#include "archive/shelf.hpp"
#include "archive/witness.hpp"
#include "crypto/age.hpp"
#include "stores/store.hpp"

namespace ds::archive {

enum class DamageKind {
    missing,
    truncated,
    extended,
    changed,
    swapped,
    rolled_back,
    signature,
    unreadable
};
BOOST_DESCRIBE_ENUM(DamageKind, missing, truncated, extended, changed, swapped, rolled_back,
                    signature, unreadable)

/// One thing that is not as it was written.
struct Damage {
    DamageKind kind{};
    std::string object;
    std::string detail;  // "is 812 bytes long instead of 1024"
};
BOOST_DESCRIBE_STRUCT(Damage, (), (kind, object, detail))

/// What level 1 found.
struct StoredReport {
    std::vector<Damage> damages;
    std::vector<std::string> notes;  // "signed by …, whom this machine does not know"
    std::uint64_t objects = 0;
    std::uint64_t bytes = 0;  // read from the store
    bool opened = false;      // sealed parts were decrypted and unpacked too
};

struct StoredCheck {
    std::vector<crypto::Identity> identities;  // none: sealed parts are hashed but not opened
    std::vector<std::string> trusted_signers;
    const Witness* witness = nullptr;
};

/// Code::corrupt when the manifest's signature is missing, or is none of the signer that the
/// manifest names. Who that is, is for the caller to judge.
Status check_signature(stores::Store& store, const Stored& backup);

/// Level 1, "stored intact": signature, every object's length and SHA-256, and where keys allow,
/// decryption and decompression to the end; the chain to the previous backup; and whether the store
/// was rolled back. Reads each object once, with bounded memory. An Error means that it could not
/// be looked at; damage is in the report.
Result<StoredReport> check_stored(stores::Store& store, const Stored& backup,
                                  const StoredCheck& check, const sys::Run& run);

}  // namespace ds::archive
