#pragma once

#include <array>
#include <map>

#include "base/secret.hpp"
#include "catalog/catalog.hpp"
#include "crypto/key.hpp"

namespace ds::catalog {

/// Every table that holds secrets, each in a column of this name, sealed for "table/id".
inline constexpr std::array<std::string_view, 4> sealed_tables{"servers", "stores", "keys",
                                                               "channels"};
constexpr std::string_view sealed_column = "sealed";

/// Seals the secrets that stand in the catalog, with a master key that does not. What is sealed
/// names its key and is bound to its row: it cannot be moved to another one. Thread-safe.
class Vault {
public:
    /// Reads the key file (mode 0600; a line "id hex" per key, the last one seals), or makes one
    /// when the catalog is new.
    static Result<Vault> open(const sys::fs::path& key_file);

    /// "dsv1.KEY_ID.base64": XChaCha20-Poly1305, nonce first; `row` is "servers/01H…".
    std::string seal(const Secret& secret, std::string_view row) const;
    /// "" opens to nothing. Code::corrupt when it was changed or belongs to another row,
    /// Code::unauthenticated when its key is not in the file.
    Result<Secret> open_sealed(std::string_view sealed, std::string_view row) const;

    /// A new key for what is sealed from now on, written to the file; the old ones stay.
    Status rotate();
    bool current(std::string_view sealed) const;

private:
    sys::fs::path file_;
    std::vector<std::pair<std::string, crypto::Key<32>>> keys_;

    Status save() const;
    void add_new_key();
};

/// Seals again, with the newest key, whatever an older one sealed. Returns how many.
Result<std::size_t> reseal(Catalog& catalog, const Vault& vault);

}  // namespace ds::catalog
