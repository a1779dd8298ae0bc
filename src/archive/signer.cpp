#include "archive/signer.hpp"

#include "base/text.hpp"

namespace ds::archive {
namespace {

constexpr std::size_t file_bytes_max = 64 * KiB;

sys::fs::path key_path(const sys::fs::path& state) { return state / "signing.key"; }

Result<crypto::SigningKey> read_key(const sys::fs::path& path) {
    DS_TRY(const auto bytes, sys::read_file(path, file_bytes_max));
    return crypto::SigningKey::parse(trimmed(text_of(bytes)));
}

}  // namespace

Result<crypto::SigningKey> own_signing_key(const sys::fs::path& state) {
    auto key = read_key(key_path(state));
    if (key || key.error().code() != Code::not_found)
        return std::move(key).while_doing("reading the signing key");
    DS_DO(sys::make_directories(state, 0700));
    auto fresh = crypto::SigningKey::generate();
    DS_DO(sys::write_file(key_path(state), view_of(fresh.text().reveal() + "\n"), 0600));
    // Another process may have made one at the same moment; whichever file won is the key.
    return read_key(key_path(state));
}

Result<std::vector<std::string>> trusted_signers(const sys::fs::path& state) {
    std::vector<std::string> keys;
    if (const auto own = read_key(key_path(state))) keys.push_back(own->public_key());
    const auto bytes = sys::read_file(state / "trusted-signers", file_bytes_max);
    if (!bytes && bytes.error().code() == Code::not_found) return keys;
    if (!bytes) return Error{bytes.error()};
    for (const auto& line : split(text_of(*bytes), '\n')) {
        const auto key = trimmed(line);
        if (!key.empty() && key[0] != '#') keys.emplace_back(key);
    }
    return keys;
}

}  // namespace ds::archive
