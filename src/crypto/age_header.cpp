#include "crypto/age_header.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <openssl/crypto.h>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::crypto {
namespace {

constexpr std::string_view version_line = "age-encryption.org/v1\n";
constexpr std::string_view x25519_info = "age-encryption.org/v1/X25519";
constexpr std::string_view scrypt_label = "age-encryption.org/v1/scrypt";
constexpr std::size_t body_columns = 64;
constexpr std::size_t wrapped_bytes = 16 + Aead::tag_bytes;
constexpr std::size_t recipients_max = 256;
constexpr unsigned scrypt_log_n_max = 22;  // 4 GiB of memory; more is an attack

Error damaged(std::string_view what) {
    return fail(Code::corrupt, fmt::format("age header is damaged: {}", what));
}

/// Takes the next line without its line feed; an error when there is none.
Result<std::string_view> take_line(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == text.npos) return damaged("it ends within a line");
    const auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

Result<Stanza> take_stanza(std::string_view& text) {
    DS_TRY(auto line, take_line(text));
    if (!line.starts_with("-> ")) return damaged("a recipient line does not start with '-> '");
    Stanza stanza{split(line.substr(3), ' '), {}};
    for (const auto& argument : stanza.arguments) {
        const bool visible =
            std::all_of(argument.begin(), argument.end(), [](char c) { return c > 32 && c < 127; });
        if (argument.empty() || !visible)
            return damaged("a recipient line has an empty or unprintable word");
    }
    std::string body;
    do {
        DS_TRY_AS(next, line, take_line(text));
        if (line.size() > body_columns) return damaged("a line is too long");
        body += line;
    } while (line.size() == body_columns);
    auto decoded = from_base64(body, false);
    if (!decoded) return damaged("a recipient's body is not base64");
    stanza.body = std::move(*decoded);
    return stanza;
}

void write_stanza(std::string& text, const Stanza& stanza) {
    text += "-> " + join(stanza.arguments, " ") + "\n";
    const auto body = to_base64(stanza.body, false);
    for (std::size_t at = 0; at <= body.size(); at += body_columns) {
        text += body.substr(at, body_columns) + "\n";
    }
}

/// The wrap key is used once only, so the nonce may be zero.
Bytes wrap_file_key(const Key32& wrap_key, const FileKey& file_key) {
    Bytes body(wrapped_bytes);
    Aead{wrap_key}.seal({}, file_key.view(), body);
    return body;
}

Key32 x25519_wrap_key(const Key32& shared, View share, View recipient) {
    Bytes salt;
    append(salt, share);
    append(salt, recipient);
    return hkdf_sha256(shared.view(), salt, x25519_info);
}

Result<Key32> scrypt_wrap_key(const Secret& passphrase, View salt, unsigned log_n) {
    Bytes labelled;
    append(labelled, view_of(scrypt_label));
    append(labelled, salt);
    return scrypt(passphrase.reveal(), labelled, log_n);
}

Mac header_mac(const FileKey& file_key, std::string_view authenticated) {
    return hmac_sha256(hkdf_sha256(file_key.view(), {}, "header").view(), view_of(authenticated));
}

Result<Bytes> fixed_argument(const Stanza& stanza, std::size_t bytes) {
    auto decoded = from_base64(stanza.arguments[1], false);
    if (!decoded || decoded->size() != bytes)
        return damaged("a recipient's argument is not what it must be");
    return decoded;
}

Result<unsigned> work_factor(const std::string& text) {
    const bool digits = !text.empty() && text.size() <= 3 && text[0] != '0' &&
                        text.find_first_not_of("0123456789") == text.npos;
    if (!digits) return damaged("the passphrase work factor is not a number");
    DS_TRY(const auto log_n, parse_unsigned(text, "work factor"));
    if (log_n > scrypt_log_n_max) {
        return fail(Code::unsupported,
                    fmt::format("passphrase work factor 2^{} is above the limit of 2^{}", log_n,
                                scrypt_log_n_max));
    }
    return static_cast<unsigned>(log_n);
}

/// The rules that hold whoever opens it.
Status check_shape(const std::vector<Stanza>& stanzas) {
    for (const auto& stanza : stanzas) {
        const auto& type = stanza.arguments[0];
        const bool x25519 = type == "X25519", scrypt = type == "scrypt";
        if (!x25519 && !scrypt) continue;
        if (stanza.arguments.size() != (x25519 ? 2U : 3U))
            return damaged("a recipient has a wrong number of words");
        if (stanza.body.size() != wrapped_bytes) return damaged("a wrapped key has the wrong size");
        DS_DO(fixed_argument(stanza, x25519 ? 32 : 16));
        if (scrypt && stanzas.size() != 1)
            return damaged("a passphrase stands beside other recipients");
        if (scrypt) DS_DO(work_factor(stanza.arguments[2]));
    }
    return {};
}

}  // namespace

std::size_t AgeHeader::end_in(std::string_view text) {
    const auto mac_line = text.find("\n---");
    if (mac_line == text.npos) return text.npos;
    const auto end = text.find('\n', mac_line + 1);
    return end == text.npos ? text.npos : end + 1;
}

Result<AgeHeader> AgeHeader::parse(std::string_view text) {
    if (text.size() > bytes_max) return damaged("it is too large");
    if (text.starts_with("-----BEGIN AGE")) {
        return fail(Code::unsupported, "armored age file",
                    "Only the binary form is read: `age -d | age -e` rewrites it.");
    }
    if (!text.starts_with(version_line)) return fail(Code::corrupt, "not an age v1 file");
    auto rest = text.substr(version_line.size());
    AgeHeader header;
    while (!rest.starts_with("---")) {
        DS_TRY(auto stanza, take_stanza(rest));
        header.stanzas.push_back(std::move(stanza));
    }
    if (header.stanzas.empty()) return damaged("it names no recipient");
    header.authenticated = text.substr(0, text.size() - rest.size() + 3);
    DS_TRY(const auto line, take_line(rest));
    const auto mac =
        line.starts_with("--- ") ? from_base64(line.substr(4), false) : Result<Bytes>{Bytes{}};
    if (!mac || mac->size() != header.mac.size()) return damaged("its last line is not a MAC");
    if (!rest.empty()) return damaged("something follows it");
    std::copy(mac->begin(), mac->end(), header.mac.begin());
    DS_DO(check_shape(header.stanzas));
    return header;
}

Result<Stanza> AgeHeader::wrap(const Recipient& recipient, const FileKey& file_key) {
    if (recipient.is_passphrase()) {
        const auto salt = sys::random_bytes(16);
        DS_TRY(const auto key, scrypt_wrap_key(recipient.passphrase_, salt, recipient.log_n_));
        return Stanza{{"scrypt", to_base64(salt, false), std::to_string(recipient.log_n_)},
                      wrap_file_key(key, file_key)};
    }
    Key32 ephemeral;
    sys::fill_random(ephemeral.room());
    const auto share = x25519_public(ephemeral);
    DS_TRY(const auto shared, x25519_shared(ephemeral, recipient.public_key_));
    return Stanza{{"X25519", to_base64(share, false)},
                  wrap_file_key(x25519_wrap_key(shared, share, recipient.public_key_), file_key)};
}

Result<std::string> AgeHeader::write(const std::vector<Recipient>& recipients,
                                     const FileKey& file_key) {
    if (recipients.empty()) return fail(Code::invalid, "no recipient to encrypt to");
    if (recipients.size() > recipients_max) {
        return fail(Code::invalid, fmt::format("more than {} recipients", recipients_max));
    }
    const bool passphrase = std::any_of(recipients.begin(), recipients.end(),
                                        [](const auto& one) { return one.is_passphrase(); });
    if (passphrase && recipients.size() > 1) {
        return fail(Code::invalid, "a passphrase must be the only recipient",
                    "The age format does not let a passphrase stand beside public keys.");
    }
    std::string text{version_line};
    for (const auto& recipient : recipients) {
        DS_TRY(const auto stanza, wrap(recipient, file_key));
        write_stanza(text, stanza);
    }
    text += "---";
    return text + " " + to_base64(header_mac(file_key, text), false) + "\n";
}

Result<bool> AgeHeader::try_identity(const Stanza& stanza, const Identity& identity,
                                     FileKey& file_key) const {
    const auto& type = stanza.arguments[0];
    Key32 wrap_key;
    if (type == "X25519" && !identity.is_passphrase()) {
        DS_TRY(const auto share, fixed_argument(stanza, 32));
        const auto shared = x25519_shared(identity.secret_key_, share);
        if (!shared) return damaged("a recipient's share is a low-order point");
        wrap_key = x25519_wrap_key(*shared, share, identity.public_key_);
    } else if (type == "scrypt" && identity.is_passphrase()) {
        DS_TRY(const auto salt, fixed_argument(stanza, 16));
        DS_TRY(const auto log_n, work_factor(stanza.arguments[2]));
        DS_TRY_AS(derived, wrap_key, scrypt_wrap_key(identity.passphrase_, salt, log_n));
    } else {
        return false;
    }
    return Aead{wrap_key}.open({}, stanza.body, file_key.room());
}

Result<FileKey> AgeHeader::unwrap(const std::vector<Identity>& identities) const {
    FileKey file_key;
    for (const auto& stanza : stanzas) {
        for (const auto& identity : identities) {
            DS_TRY(const bool fits, try_identity(stanza, identity, file_key));
            if (!fits) continue;
            const auto expected = header_mac(file_key, authenticated);
            if (CRYPTO_memcmp(expected.data(), mac.data(), mac.size()) != 0) {
                return damaged("it was changed after it was written");
            }
            return file_key;
        }
    }
    return none_fits(identities.size());
}

Error AgeHeader::none_fits(std::size_t identities) const {
    const auto count = [&](std::string_view type) {
        return std::count_if(stanzas.begin(), stanzas.end(),
                             [&](const auto& one) { return one.arguments[0] == type; });
    };
    const auto keys = count("X25519"), passphrases = count("scrypt");
    const auto others = std::ssize(stanzas) - keys - passphrases;
    std::string to = passphrases > 0 ? "a passphrase"
                                     : fmt::format("{} X25519 key{}", keys, keys == 1 ? "" : "s");
    if (others > 0) to += fmt::format(" and {} of other kinds", others);
    return fail(Code::unauthenticated,
                fmt::format("none of the {} keys opens this: it is sealed to {}", identities, to),
                passphrases > 0 ? "Give the passphrase it was sealed with."
                                : "Give the secret half of a key it was sealed to.");
}

}  // namespace ds::crypto
