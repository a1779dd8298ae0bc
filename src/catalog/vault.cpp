#include "catalog/vault.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "crypto/box.hpp"
#include "sys/random.hpp"

namespace ds::catalog {
namespace {

constexpr std::string_view format = "dsv1";
constexpr std::size_t key_file_bytes_max = 64 * KiB;

Error broken(const sys::fs::path& file, std::string_view why) {
    return fail(Code::corrupt, fmt::format("the key file {}: {}", file.string(), why),
                "Put the right file back; without it the secrets in the catalog cannot be read.");
}

}  // namespace

Result<Vault> Vault::open(const sys::fs::path& key_file) {
    Vault vault;
    vault.file_ = key_file;
    if (!sys::fs::exists(key_file)) {
        DS_DO(vault.rotate());
        return vault;
    }
    DS_TRY(const auto bytes, sys::read_file(key_file, key_file_bytes_max));
    for (const auto& line : split(text_of(bytes), '\n')) {
        if (trimmed(line).empty()) continue;
        const auto words = split(trimmed(line), ' ');
        const auto key = words.size() == 2 ? from_hex(words[1]) : Result<Bytes>{Bytes{}};
        if (!key || key->size() != 32) return broken(key_file, "a line is not `id key`");
        vault.keys_.emplace_back(words[0], crypto::Key<32>{*key});
    }
    if (vault.keys_.empty()) return broken(key_file, "it is empty");
    return vault;
}

std::string Vault::seal(const Secret& secret, std::string_view row) const {
    if (secret.empty()) return {};
    const auto& [id, key] = keys_.back();
    const auto box = crypto::close_box(key, view_of(secret.reveal()), row);
    return fmt::format("{}.{}.{}", format, id, to_base64(box, false));
}

Result<Secret> Vault::open_sealed(std::string_view sealed, std::string_view row) const {
    if (sealed.empty()) return Secret{};
    const auto words = split(sealed, '.');
    if (words.size() != 3 || words[0] != format)
        return fail(Code::corrupt, "a sealed secret in the catalog is not in a form we know");
    for (const auto& [id, key] : keys_) {
        if (id != words[1]) continue;
        DS_TRY(const auto box, from_base64(words[2], false));
        DS_TRY(auto plain, crypto::open_box(key, box, row));
        Secret secret{std::string{text_of(plain)}};
        crypto::wipe(plain);
        return secret;
    }
    return fail(Code::unauthenticated,
                fmt::format("the key {} that sealed a secret is not in {}", printable(words[1], 40),
                            file_.string()),
                "Put the key file back that belongs to this catalog.");
}

Status Vault::rotate() {
    auto before = keys_;
    add_new_key();
    auto saved = save();
    if (!saved) keys_ = std::move(before);
    return saved;
}

bool Vault::current(std::string_view sealed) const {
    return sealed.empty() || sealed.starts_with(fmt::format("{}.{}.", format, keys_.back().first));
}

void Vault::add_new_key() {
    keys_.emplace_back(to_hex(sys::random_bytes(4)), crypto::Key<32>{sys::random_bytes(32)});
}

Status Vault::save() const {
    std::string text;
    for (const auto& [id, key] : keys_) text += fmt::format("{} {}\n", id, to_hex(key.view()));
    return sys::write_file(file_, view_of(text), 0600);
}

Result<std::size_t> reseal(Catalog& catalog, const Vault& vault) {
    return catalog.write([&](sql::Session& session) -> Result<std::size_t> {
        std::size_t count = 0;
        for (const auto table : sealed_tables) {
            DS_TRY(const auto rows,
                   session.run(fmt::format("SELECT id, sealed FROM {} WHERE sealed <> ''", table)));
            for (const auto& row : rows) {
                const auto id = sql::text_of(row.at(0)), sealed = sql::text_of(row.at(1));
                if (vault.current(sealed)) continue;
                const auto place = fmt::format("{}/{}", table, id);
                DS_TRY(const auto secret, vault.open_sealed(sealed, place));
                DS_TRY([[maybe_unused]] const auto done,
                       session.run(fmt::format("UPDATE {} SET sealed = ? WHERE id = ?", table),
                                   {vault.seal(secret, place), id}));
                ++count;
            }
        }
        return count;
    });
}

}  // namespace ds::catalog
