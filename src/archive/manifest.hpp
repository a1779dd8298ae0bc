#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "model/summary.hpp"

/// How a backup lies in a store: docs/format/archive.md, to the byte.
namespace ds::archive {

/// One object of a backup besides the manifest and its signature.
struct PartRecord {
    std::string name;               // "database.dump"
    std::string object;             // "database.dump.zst.age", in the backup's directory
    std::uint64_t bytes = 0;        // as stored
    std::string sha256;             // hex, of the stored bytes
    std::uint64_t plain_bytes = 0;  // after decryption and decompression
    std::string compression;        // "zstd:3" … "none"
    bool sealed = false;            // encrypted with age
};
BOOST_DESCRIBE_STRUCT(PartRecord, (),
                      (name, object, bytes, sha256, plain_bytes, compression, sealed))

/// The backup of the same source that came before, by the hash of its manifest: a chain that shows
/// removal and replacement.
struct Previous {
    std::string id;
    std::string manifest_sha256;
};
BOOST_DESCRIBE_STRUCT(Previous, (), (id, manifest_sha256))

/// What makes a set of objects a backup. Written last. Plain JSON without secrets; signed in a file
/// beside it.
struct Manifest {
    std::string format;   // always format_name
    int version = 0;      // 1; a reader refuses what is newer than it knows
    std::string id;       // ULID
    std::string name;     // "brave-otter-20261123-0517"
    std::string engine;   // "postgres"
    std::string method;   // "logical"
    std::string source;   // the database's stable name in keys
    std::string started;  // RFC 3339, UTC
    std::string finished;
    std::string writer;  // "dumpstation 0.1.0"
    model::Summary summary;
    std::vector<std::string> recipients;  // whom the sealed parts are encrypted to
    std::vector<PartRecord> parts;
    std::uint64_t sequence = 0;  // 1, 2, 3 … per source
    std::optional<Previous> previous;
    std::string signer;  // public key of the signature

    std::uint64_t stored_bytes() const;
    std::uint64_t plain_bytes() const;
    const PartRecord* find(std::string_view part) const;
    bool sealed() const { return !recipients.empty(); }
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
                      (format, version, id, name, engine, method, source, started, finished, writer,
                       summary, recipients, parts, sequence, previous, signer))

constexpr std::string_view format_name = "dumpstation backup";
constexpr int format_version = 1;
constexpr std::size_t manifest_bytes_max = 1 * MiB;

std::string write_manifest(const Manifest& manifest);
/// Reads hostile bytes: every field is checked, names and keys above all. Code::corrupt or
/// Code::unsupported (newer version).
Result<Manifest> read_manifest(std::string_view text);

}  // namespace ds::archive
