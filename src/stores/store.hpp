#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "stream/stream.hpp"
#include "sys/run.hpp"

namespace ds::stores {

/// An object's name inside a store: segments of [A-Za-z0-9._-] joined by '/', no empty, "." or ".."
/// segment, at most 512 bytes. Anything else is refused by every driver, whoever asks.
Status check_key(std::string_view key);

struct ObjectInfo {
    std::string key;
    std::uint64_t bytes = 0;
    std::chrono::system_clock::time_point modified;
};

struct Range {
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> bytes;  // nothing: to the end
};

struct PutOptions {
    std::uint64_t bytes_estimate = 0;  // 0 = unknown; decides the part size of multipart uploads
    bool only_if_absent = false;  // Code::exists instead of replacing; see Traits::conditional_put
};

struct Traits {
    std::string location;  // for people: the URL without secrets and options
    bool conditional_put =
        false;  // only_if_absent is atomic here; else somebody else may slip in between
};

/// A place that keeps named objects. Promises every driver makes, proven by the contract suite: an
/// object appears whole or not at all; what was finished can be read at once; list() visits each
/// key once, in no promised order; remove() of a missing key is fine; stat() and open() of a
/// missing key are Code::not_found. May be used from several threads; a Source or Sink belongs to
/// one thread at a time. Sinks and Sources must not outlive their Store.
class Store {
public:
    virtual ~Store() = default;
    virtual Traits traits() const = 0;
    virtual Result<stream::SinkPtr> create(const std::string& key, const PutOptions& options) = 0;
    /// What of `range` lies past the end is left out, so a range behind the end is empty. An object
    /// that is replaced while it is read is Code::conflict or read in its old state, never a
    /// mixture.
    virtual Result<stream::SourcePtr> open(const std::string& key, Range range) = 0;
    virtual Result<ObjectInfo> stat(const std::string& key) = 0;
    /// Visits every object whose key starts with `prefix`; an error of `visit` ends the walk and is
    /// returned.
    virtual Status list(const std::string& prefix,
                        const std::function<Status(const ObjectInfo&)>& visit) = 0;
    virtual Status remove(const std::string& key) = 0;
    /// Removes what interrupted writers left under `prefix` (temp files, unfinished multipart
    /// uploads) and that is older than `age`. Returns how many it removed.
    virtual Result<std::size_t> sweep(const std::string& prefix, std::chrono::seconds age) = 0;
};

/// Writes a small object in one go.
Status put(Store& store, const std::string& key, View bytes, const PutOptions& options = {});
/// Reads a small object whole; larger than `bytes_max` is Code::exhausted.
Result<Bytes> get(Store& store, const std::string& key, std::size_t bytes_max);

}  // namespace ds::stores
