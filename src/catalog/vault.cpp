#include "catalog/vault.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "crypto/box.hpp"
#include "crypto/primitives.hpp"
#include "sys/random.hpp"

namespace ds::catalog {
namespace {

constexpr std::string_view format = "dsv1";
constexpr std::size_t key_file_bytes_max = 64 * KiB;

Error broken(const sys::fs::path& file, std::string_view why) {
    return fail(Code::corrupt, fmt::format("the key file {}: {}", file.string(), why),
                "Put the right file back; without it the secrets in the catalog cannot be read.");
}

Result<std::vector<MasterKey>> read_keys(const sys::fs::path& file) {
    DS_TRY(const auto bytes, sys::read_file(file, key_file_bytes_max));
    std::vector<MasterKey> keys;
    for (const auto& line : split(text_of(bytes), '\n')) {
        if (trimmed(line).empty()) continue;
        const auto words = split(trimmed(line), ' ');
        const auto key = words.size() == 2 ? from_hex(words[1]) : Result<Bytes>{Bytes{}};
        if (!key || key->size() != 32) return broken(file, "a line is not `id key`");
        keys.push_back({words[0], crypto::Key<32>{*key}});
    }
    if (keys.empty()) return broken(file, "it is empty");
    return keys;
}

Status write_keys(const sys::fs::path& file, const std::vector<MasterKey>& keys) {
    std::string text;
    for (const auto& [id, key] : keys) text += fmt::format("{} {}\n", id, to_hex(key.view()));
    return sys::write_file(file, view_of(text), 0600);
}

}  // namespace

MasterKey new_master_key() {
    return {to_hex(sys::random_bytes(4)), crypto::Key<32>{sys::random_bytes(32)}};
}

Result<Vault> Vault::open(const sys::fs::path& key_file) {
    Vault vault;
    vault.ring_ = std::make_unique<Keyring>();
    vault.ring_->file = key_file;
    if (sys::fs::exists(key_file)) {
        DS_TRY(vault.ring_->keys, read_keys(key_file));
    } else {
        DS_DO(vault.adopt(new_master_key()));
    }
    return vault;
}

std::string Vault::seal(const Secret& secret, std::string_view row) const {
    if (secret.empty()) return {};
    const auto [id, key] = newest();
    const auto box = crypto::close_box(key, view_of(secret.reveal()), row);
    return fmt::format("{}.{}.{}", format, id, to_base64(box, false));
}

Result<Secret> Vault::open_sealed(std::string_view sealed, std::string_view row) const {
    if (sealed.empty()) return Secret{};
    const auto words = split(sealed, '.');
    if (words.size() != 3 || words[0] != format)
        return fail(Code::corrupt, "a sealed secret in the catalog is not in a form we know");
    auto known = find(words[1]);
    if (!known) {
        DS_DO(learn(words[1]));
        known = find(words[1]);
    }
    if (!known) {
        return fail(Code::unauthenticated,
                    fmt::format("the key {} that sealed a secret is not in {}",
                                printable(words[1], 40), ring_->file.string()),
                    "Put the key file back that belongs to this catalog.");
    }
    DS_TRY(const auto box, from_base64(words[2], false));
    DS_TRY(auto plain, crypto::open_box(known->key, box, row));
    Secret secret{std::string{text_of(plain)}};
    crypto::wipe(plain);
    return secret;
}

std::string Vault::current_prefix() const { return fmt::format("{}.{}.", format, newest().id); }

bool Vault::current(std::string_view sealed) const {
    return sealed.empty() || sealed.starts_with(current_prefix());
}

bool Vault::knows(std::string_view key_id) const { return find(key_id).has_value(); }

MasterKey Vault::derived(std::string_view purpose) const {
    const auto [id, key] = newest();
    return {id, crypto::hkdf_sha256(key.view(), {}, purpose)};
}

std::optional<MasterKey> Vault::derived(std::string_view purpose, std::string_view key_id) const {
    const auto known = find(key_id);
    if (!known) return {};
    return MasterKey{known->id, crypto::hkdf_sha256(known->key.view(), {}, purpose)};
}

Status Vault::learn(const std::string& key_id) const {
    if (knows(key_id) || !ring_->ask) return {};
    return ring_->ask(key_id);
}

Status Vault::adopt(MasterKey key) const {
    const std::lock_guard lock{ring_->mutex};
    auto keys = ring_->keys;
    const auto same = [&](const auto& one) { return one.id == key.id; };
    if (std::any_of(keys.begin(), keys.end(), same)) return {};
    keys.push_back(std::move(key));
    DS_DO(write_keys(ring_->file, keys));
    ring_->keys = std::move(keys);
    return {};
}

void Vault::ask_for_keys(Ask ask) { ring_->ask = std::move(ask); }

std::optional<MasterKey> Vault::find(std::string_view id) const {
    const std::lock_guard lock{ring_->mutex};
    for (const auto& key : ring_->keys) {
        if (key.id == id) return key;
    }
    return {};
}

MasterKey Vault::newest() const {
    const std::lock_guard lock{ring_->mutex};
    return ring_->keys.back();
}

}  // namespace ds::catalog
