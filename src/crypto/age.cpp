#include "crypto/age.hpp"

#include "base/text.hpp"
#include "crypto/bech32.hpp"
#include "crypto/primitives.hpp"
#include "sys/random.hpp"

namespace ds::crypto {
namespace {

constexpr std::string_view recipient_prefix = "age";
constexpr std::string_view identity_prefix = "age-secret-key-";
constexpr std::size_t identity_file_bytes_max = 1 * MiB;
constexpr std::size_t identities_max = 1024;

std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return text;
}

}  // namespace

Result<Recipient> Recipient::parse(std::string_view age1) {
    const auto text = trimmed(age1);
    if (text.starts_with("AGE-SECRET-KEY-")) {
        return fail(Code::invalid, "this is a secret key, not a recipient",
                    "A recipient is the public half; it starts with 'age1'.");
    }
    if (text.starts_with("age1pq1") || text.starts_with("ssh-")) {
        return fail(Code::unsupported, "recipients of this kind are not supported",
                    "Use an X25519 key of age-keygen.");
    }
    DS_TRY(auto key, from_bech32(text).while_doing("reading an age recipient"));
    // Upper case would be valid Bech32, but the age program refuses it.
    if (key.prefix != recipient_prefix || key.bytes.size() != 32 ||
        !text.starts_with(recipient_prefix)) {
        return fail(Code::invalid, "not an age X25519 recipient",
                    "It looks like age1… and has 62 letters.");
    }
    Key32 probe;
    sys::fill_random(probe.room());
    DS_DO(x25519_shared(probe, key.bytes));
    Recipient recipient;
    recipient.name_ = text;
    recipient.public_key_ = std::move(key.bytes);
    return recipient;
}

Recipient Recipient::passphrase(Secret passphrase, unsigned log_n) {
    DS_CHECK(log_n >= 1 && log_n <= 22, "a work factor that can be opened again");
    Recipient recipient;
    recipient.name_ = "passphrase";
    recipient.passphrase_ = std::move(passphrase);
    recipient.log_n_ = log_n;
    return recipient;
}

Identity Identity::from_key(const Key<32>& secret_key) {
    Identity identity;
    identity.secret_key_ = secret_key;
    identity.public_key_ = x25519_public(secret_key);
    return identity;
}

Identity Identity::generate() {
    Key32 key;
    sys::fill_random(key.room());
    return from_key(key);
}

Result<Identity> Identity::parse(std::string_view secret_key) {
    const auto text = trimmed(secret_key);
    if (text.starts_with("age1")) {
        return fail(Code::invalid, "this is a recipient, not a secret key",
                    "A secret key starts with 'AGE-SECRET-KEY-1'.");
    }
    if (text.starts_with("AGE-SECRET-KEY-PQ-") || text.starts_with("AGE-PLUGIN-")) {
        return fail(Code::unsupported, "secret keys of this kind are not supported",
                    "Use an X25519 key of age-keygen.");
    }
    DS_TRY(auto key, from_bech32(text).while_doing("reading an age secret key"));
    if (key.prefix != identity_prefix || key.bytes.size() != 32 || !text.starts_with("AGE-")) {
        wipe(key.bytes);
        return fail(Code::invalid, "not an age X25519 secret key",
                    "It looks like AGE-SECRET-KEY-1… with 74 letters.");
    }
    auto identity = from_key(Key32{key.bytes});
    wipe(key.bytes);
    return identity;
}

Identity Identity::passphrase(Secret passphrase) {
    Identity identity;
    identity.passphrase_ = std::move(passphrase);
    return identity;
}

Secret Identity::text() const {
    return is_passphrase() ? Secret{}
                           : Secret{upper(to_bech32(identity_prefix, secret_key_.view()))};
}

std::string Identity::recipient() const {
    return is_passphrase() ? std::string{} : to_bech32(recipient_prefix, public_key_);
}

Result<std::vector<Identity>> parse_identities(std::string_view text) {
    if (text.size() > identity_file_bytes_max)
        return fail(Code::invalid, "identity file is too large");
    std::vector<Identity> identities;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#')) continue;
        if (identities.size() >= identities_max)
            return fail(Code::invalid, "identity file holds too many keys");
        DS_TRY(auto identity,
               Identity::parse(line).while_doing(fmt::format("identity file, line {}", number)));
        identities.push_back(std::move(identity));
    }
    if (identities.empty()) return fail(Code::invalid, "identity file holds no key");
    return identities;
}

Secret identity_file(const Identity& identity, std::string_view created_rfc3339) {
    const auto secret = identity.text();
    return Secret{fmt::format("# created: {}\n# public key: {}\n{}\n", created_rfc3339,
                              identity.recipient(), secret.reveal())};
}

}  // namespace ds::crypto
