#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/secret.hpp"
#include "crypto/key.hpp"
#include "sys/files.hpp"

namespace ds::catalog {

/// Every table that holds secrets, each in a column of this name, sealed for "table/id".
inline constexpr std::array<std::string_view, 6> sealed_tables{
    "servers", "stores", "keys", "channels", "second_factors", "audit_heads"};
constexpr std::string_view sealed_column = "sealed";

/// A key that seals what stands in the catalog.
struct MasterKey {
    std::string id;
    crypto::Key<32> key;
};

/// Seals the secrets that stand in the catalog, with a master key that does not. What is sealed
/// names its key and is bound to its row: it cannot be moved to another one. Thread-safe; may be
/// moved only before it is shared.
class Vault {
public:
    /// Reads the key file (mode 0600; a line "id hex" per key, the last one seals), or makes one
    /// when the catalog is new.
    static Result<Vault> open(const sys::fs::path& key_file);

    /// "dsv1.KEY_ID.base64": XChaCha20-Poly1305, nonce first; `row` is "servers/01H…".
    std::string seal(const Secret& secret, std::string_view row) const;
    /// "" opens to nothing. Code::corrupt when it was changed or belongs to another row,
    /// Code::unauthenticated when nobody knows its key.
    Result<Secret> open_sealed(std::string_view sealed, std::string_view row) const;

    /// What sealed texts of the newest key begin with.
    std::string current_prefix() const;
    bool current(std::string_view sealed) const;
    bool knows(std::string_view key_id) const;
    /// A key for `purpose` alone, made from the newest master key, whose id it has; or from the one
    /// of this id, if it is known.
    MasterKey derived(std::string_view purpose) const;
    std::optional<MasterKey> derived(std::string_view purpose, std::string_view key_id) const;
    /// Asks for a key that another server may have made.
    Status learn(const std::string& key_id) const;

    /// The key seals from now on, and is in the file before it does; the old ones stay and open.
    Status adopt(MasterKey key) const;

    /// Whom to ask for a key that another server made: it answers with what adopts it, or not.
    /// Set before the vault is shared.
    using Ask = std::function<Status(const std::string& key_id)>;
    void ask_for_keys(Ask ask);

private:
    struct Keyring {
        sys::fs::path file;
        Ask ask;
        std::mutex mutex;
        std::vector<MasterKey> keys;  // the newest last
    };
    std::unique_ptr<Keyring> ring_;

    std::optional<MasterKey> find(std::string_view id) const;
    MasterKey newest() const;
};

MasterKey new_master_key();

}  // namespace ds::catalog
