#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/layout.hpp"
#include "archive/manifest.hpp"
#include "codec/codec.hpp"
#include "crypto/age.hpp"
#include "crypto/sign.hpp"
#include "stores/store.hpp"
#include "stream/fan.hpp"
#include "sys/run.hpp"

namespace ds::archive {

/// How parts are stored.
struct Recipe {
    codec::Compression compression;
    std::vector<crypto::Recipient> recipients;  // none: not encrypted
    stream::Lanes lanes;
};

/// The backup in one store, as the writer left it.
struct Copy {
    std::string location;
    std::optional<Error> error;  // nothing: complete
};

/// Writes one backup to several stores at once. A store that fails is dropped and its copy marked;
/// the others go on. Until seal() succeeds there is no backup, and destroying the writer takes back
/// what it stored. One thread at a time.
class Writer {
public:
    Writer(const std::vector<stores::Store*>& stores, Place place, Recipe recipe,
           const sys::Run& run);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Reads `source` to its end and stores it as a part. Fails when the source fails or no store
    /// is left.
    Status add(const std::string& name, stream::Source& source, std::uint64_t bytes_estimate);

    /// Writes RESTORE.txt, the signature and, last, the manifest, everywhere. `manifest` comes
    /// without parts, recipients, place and signer. `may_end` is asked just before the manifest:
    /// its error ends the backup. Fails when no copy is complete.
    Result<Manifest> seal(Manifest manifest, const std::vector<model::RestoreStep>& steps,
                          const crypto::SigningKey& key,
                          const std::function<Status()>& may_end = {});

    std::vector<Copy> copies() const;

private:
    struct Destination {
        stores::Store* store = nullptr;
        std::optional<Error> error;
        std::vector<std::string> keys;  // finished objects, to be taken back on failure
    };

    Status store_part(PartRecord record, stream::Source& source, std::uint64_t bytes_estimate,
                      bool packed);
    Result<std::unique_ptr<stream::Fan>> open_everywhere(const std::string& key,
                                                         std::uint64_t bytes_estimate,
                                                         std::vector<Destination*>& reached);
    Result<stream::SinkPtr> wrap(stream::SinkPtr stored, bool packed) const;
    void drop(Destination& destination, Error error);
    void put_everywhere(std::string_view object, std::string_view text);
    void confirm_parts();
    bool any_alive() const;
    Error why_none() const;

    std::vector<Destination> destinations_;
    Place place_;
    Recipe recipe_;
    sys::Run run_;
    std::vector<PartRecord> parts_;
    bool sealed_ = false;
};

}  // namespace ds::archive
