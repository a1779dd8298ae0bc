#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/age.hpp"
#include "crypto/primitives.hpp"

/// The textual header of an age file: the file key, wrapped once per recipient, and a MAC.
namespace ds::crypto {

using FileKey = Key<16>;

/// One wrapped file key: "-> type arguments…" and a body.
struct Stanza {
    std::vector<std::string> arguments;  // [0] is the type
    Bytes body;
};

struct AgeHeader {
    /// A header larger than this is refused unread.
    static constexpr std::size_t bytes_max = 64 * KiB;

    std::vector<Stanza> stanzas;
    std::string authenticated;  // what the MAC covers: up to and including "---"
    Mac mac;

    /// Where the header ends in `text`, npos when its last line is not in it. Anything may follow.
    static std::size_t end_in(std::string_view text);
    /// A whole header and nothing else. Code::corrupt when it is not one.
    static Result<AgeHeader> parse(std::string_view text);
    /// The header's text. Code::invalid when the recipients cannot go together.
    static Result<std::string> write(const std::vector<Recipient>& recipients,
                                     const FileKey& file_key);

    /// The file key, with the MAC checked. Errors as Sealed::open says.
    Result<FileKey> unwrap(const std::vector<Identity>& identities) const;

private:
    static Result<Stanza> wrap(const Recipient& recipient, const FileKey& file_key);
    Result<bool> try_identity(const Stanza& stanza, const Identity& identity,
                              FileKey& file_key) const;
    Error none_fits(std::size_t identities) const;
};

}  // namespace ds::crypto
