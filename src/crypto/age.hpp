#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "crypto/key.hpp"
#include "stream/ordered.hpp"
#include "stream/stream.hpp"

/// age v1 file encryption (C2SP age.md), compatible with the `age` program both ways. Binary files
/// only, no armor.
namespace ds::crypto {

/// Somebody we encrypt to: an X25519 public key "age1…", or a passphrase (scrypt; must be the only
/// one, as the specification says).
class Recipient {
public:
    /// Code::invalid when it is not one; the message says what it is instead where that can be
    /// told.
    static Result<Recipient> parse(std::string_view age1);
    /// `log_n` is the work factor: 2^log_n KiB of memory, at most 22.
    static Recipient passphrase(Secret passphrase, unsigned log_n = 18);
    bool is_passphrase() const { return log_n_ > 0; }
    /// "age1…"; "passphrase" for one of those.
    const std::string& name() const { return name_; }

private:
    friend struct AgeHeader;
    std::string name_;
    Bytes public_key_;
    Secret passphrase_;
    unsigned log_n_ = 0;
};

/// What opens a file: an X25519 identity "AGE-SECRET-KEY-1…" or a passphrase.
class Identity {
public:
    static Identity generate();
    static Result<Identity> parse(std::string_view secret_key);
    static Identity passphrase(Secret passphrase);
    bool is_passphrase() const { return public_key_.empty(); }
    /// "AGE-SECRET-KEY-1…"; empty for a passphrase.
    Secret text() const;
    /// The matching "age1…"; empty for a passphrase.
    std::string recipient() const;

private:
    friend struct AgeHeader;
    static Identity from_key(const Key<32>& secret_key);
    Key<32> secret_key_;
    Bytes public_key_;
    Secret passphrase_;
};

/// An identity file as age-keygen writes it: comments, blank lines, one identity a line; at least
/// one. Errors name the line and never show it.
Result<std::vector<Identity>> parse_identities(std::string_view text);
/// The text of such a file, with creation time and public key in comments.
Secret identity_file(const Identity& identity, std::string_view created_rfc3339);

/// Encrypts what is written and hands it to `next`, chunks sealed in parallel. finish() finishes
/// `next` too. A block of the lanes is 1 MiB.
Result<stream::SinkPtr> seal(const std::vector<Recipient>& recipients, stream::SinkPtr next,
                             stream::Lanes lanes = {});

/// Reads raw bytes from `offset` to the end of the object, or `bytes` of them.
using OpenRange = std::function<Result<stream::SourcePtr>(std::uint64_t offset,
                                                          std::optional<std::uint64_t> bytes)>;

/// A sealed object whose header was opened; gives plaintext from any offset by ranged reads.
/// Thread-safe as far as the OpenRange is.
class Sealed {
public:
    /// Reads the header. Code::unauthenticated when no identity fits ("none of the N keys opens
    /// this: it is sealed to …"), Code::corrupt when the header is damaged. `object_bytes` is the
    /// object's whole size.
    static Result<Sealed> open(OpenRange open_range, std::uint64_t object_bytes,
                               const std::vector<Identity>& identities);
    /// Size of the plaintext, computed from the object's size: proven only once the end was read.
    std::uint64_t plain_bytes() const { return plain_bytes_; }
    /// Plaintext from `offset`, `bytes` long. Truncation, extra bytes and changed chunks are
    /// Code::corrupt. Bytes come out chunk by chunk as they are authenticated; a read that reaches
    /// the end of the plaintext succeeds only when the last chunk is marked final. A range that is
    /// not inside the plaintext is Code::invalid.
    Result<stream::SourcePtr> read(std::uint64_t offset, std::optional<std::uint64_t> bytes,
                                   stream::Lanes lanes = {}) const;

private:
    OpenRange open_range_;
    std::uint64_t payload_offset_ = 0;
    std::uint64_t object_bytes_ = 0;
    std::uint64_t plain_bytes_ = 0;
    Key<32> payload_key_;
};

}  // namespace ds::crypto
