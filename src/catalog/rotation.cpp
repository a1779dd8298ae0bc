#include "catalog/rotation.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "sys/failpoint.hpp"

namespace ds::catalog {
namespace {

constexpr std::string_view announced = "master-key/";
constexpr int rows_at_once = 100;
constexpr std::chrono::hours announced_for{24};
constexpr std::chrono::seconds lease_term{600};

std::string setting_of(std::string_view key_id) {
    return std::string{announced} + std::string{key_id};
}

/// "2026-11-23T10:00:00Z dsv1.…"
Status announce(Catalog& catalog, const Vault& vault, const MasterKey& key, Time now) {
    const auto name = setting_of(key.id);
    const auto sealed = vault.seal(Secret{to_hex(key.key.view())}, name);
    return catalog.write([&](sql::Session& session) -> Status {
        const auto done = session.run("INSERT INTO settings (name, value) VALUES (?, ?)",
                                      {name, rfc3339(now) + " " + sealed});
        if (!done) return Error{done.error()};
        return {};
    });
}

Status adopt_announced(const Vault& vault, const std::string& name, const std::string& value) {
    const auto words = split(value, ' ');
    if (words.size() != 2) return fail(Code::corrupt, "an announced master key cannot be read");
    DS_TRY(const auto hex, vault.open_sealed(words[1], name));
    DS_TRY(auto bytes, from_hex(hex.reveal()));
    if (bytes.size() != 32)
        return fail(Code::corrupt, "an announced master key has a wrong length");
    const crypto::Key<32> key{bytes};
    crypto::wipe(bytes);
    return vault.adopt({name.substr(announced.size()), key});
}

/// Seals up to some rows of a table again; returns how many were there to be sealed.
Result<std::size_t> reseal_some(sql::Session& session, const Vault& vault, std::string_view table,
                                std::string& after) {
    DS_TRY(const auto rows,
           session.run(fmt::format("SELECT id, sealed FROM {} WHERE id > ? AND sealed <> '' AND "
                                   "sealed NOT LIKE ? ORDER BY id LIMIT {}",
                                   table, rows_at_once),
                       {after, vault.current_prefix() + "%"}));
    for (const auto& row : rows) {
        after = sql::text_of(row.at(0));
        const auto sealed = sql::text_of(row.at(1));
        const auto place = fmt::format("{}/{}", table, after);
        const auto secret = vault.open_sealed(sealed, place);
        if (!secret) continue;  // nobody can open it: it stays as it is
        DS_TRY(
            [[maybe_unused]] const auto done,
            session.run(fmt::format("UPDATE {} SET sealed = ? WHERE id = ? AND sealed = ?", table),
                        {vault.seal(*secret, place), after, sealed}));
    }
    return rows.size();
}

/// Gives the lease back however it ends.
class Turn {
public:
    Turn(Catalog& catalog, std::string holder) : catalog_{catalog}, holder_{std::move(holder)} {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { static_cast<void>(give_lease(catalog_, "master-key", holder_)); }

private:
    Catalog& catalog_;
    const std::string holder_;
};

}  // namespace

Result<Rotation> rotate_master_key(Catalog& catalog, const Vault& vault, Time now) {
    const auto key = new_master_key();
    DS_TRY(const bool mine, take_lease(catalog, "master-key", key.id, now, lease_term));
    if (!mine)
        return fail(Code::conflict, "the master key is being changed already", "Wait a while.");
    const Turn turn{catalog, key.id};
    DS_DO(follow_rotations(catalog, vault, now));
    // A SQLite catalog has one server: nobody else needs to hear of the key.
    if (catalog.dialect() == sql::Dialect::postgres) DS_DO(announce(catalog, vault, key, now));
    DS_DO(sys::fail_point("rotation.announced"));
    DS_DO(vault.adopt(key));
    DS_DO(sys::fail_point("rotation.adopted"));
    DS_TRY(const auto resealed, reseal(catalog, vault));
    return Rotation{key.id, resealed};
}

Result<std::size_t> reseal(Catalog& catalog, const Vault& vault) {
    std::size_t total = 0;
    for (const auto table : sealed_tables) {
        std::string after;
        for (std::size_t count = 1; count > 0; total += count) {
            DS_TRY(count, catalog.write([&](sql::Session& session) {
                return reseal_some(session, vault, table, after);
            }));
            if (count > 0) DS_DO(sys::fail_point("rotation.resealed"));
        }
    }
    return total;
}

Status follow_rotations(Catalog& catalog, const Vault& vault, Time now) {
    DS_TRY(const auto rows, catalog.read([&](sql::Session& session) {
        return session.run("SELECT name, value FROM settings WHERE name LIKE ? ORDER BY value",
                           {std::string{announced} + "%"});
    }));
    for (const auto& row : rows) {
        const auto name = sql::text_of(row.at(0)), value = sql::text_of(row.at(1));
        if (!vault.knows(name.substr(announced.size()))) DS_DO(adopt_announced(vault, name, value));
        if (value > rfc3339(now - announced_for)) continue;
        DS_TRY([[maybe_unused]] const auto gone, catalog.write([&](sql::Session& session) {
            return session.run("DELETE FROM settings WHERE name = ?", {name});
        }));
    }
    return {};
}

Status learn_key(Catalog& catalog, const Vault& vault, const std::string& key_id) {
    const auto name = setting_of(key_id);
    DS_TRY(const auto rows, catalog.read([&](sql::Session& session) {
        return session.run("SELECT value FROM settings WHERE name = ?", {name});
    }));
    if (rows.empty()) return {};
    return adopt_announced(vault, name, sql::text_of(rows.at(0).at(0)));
}

}  // namespace ds::catalog
