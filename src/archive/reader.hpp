#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "archive/shelf.hpp"
#include "codec/codec.hpp"
#include "crypto/age.hpp"
#include "stores/store.hpp"

namespace ds::archive {

/// Opens the parts of a stored backup: fetches, decrypts and decompresses, whole or by range. Short
/// ranges come from a few unpacked frames that are kept, so that reading thousands of small tables
/// does not unpack a frame for each. Thread-safe. The store must outlive it.
class Reader {
public:
    Reader(stores::Store& store, Stored stored, std::vector<crypto::Identity> identities);
    ~Reader();

    const Stored& stored() const { return stored_; }
    const Manifest& manifest() const { return stored_.manifest; }

    /// Plaintext of a part from `offset`, `bytes` long (nothing: to the end).
    Result<stream::SourcePtr> open(const std::string& part, std::uint64_t offset = 0,
                                   std::optional<std::uint64_t> bytes = {});
    /// A small part as JSON.
    Result<json::Value> read_json(const std::string& part);

private:
    struct Opened;
    Result<std::shared_ptr<Opened>> opened(const std::string& part);

    stores::Store& store_;
    Stored stored_;
    std::vector<crypto::Identity> identities_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Opened>> opened_;
};

/// How a record's objects are opened; shared with the verifier, which hashes on the way.
Result<codec::OpenRange> open_seal(const PartRecord& record, codec::OpenRange raw,
                                   const std::vector<crypto::Identity>& identities,
                                   std::uint64_t& packed_bytes);

}  // namespace ds::archive
