#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/layout.hpp"
#include "archive/manifest.hpp"
#include "stores/store.hpp"

namespace ds::archive {

/// A backup as it lies in a store.
struct Stored {
    Place place;
    Manifest manifest;
    std::string manifest_sha256;
    std::string manifest_text;  // the bytes that were signed
};

/// Something that has a manifest but cannot be believed.
struct Unreadable {
    Place place;
    std::string why;
};

/// What a store holds, newest first.
struct Shelf {
    std::vector<Stored> backups;
    std::vector<Unreadable> unreadable;
    std::vector<Place>
        unfinished;  // objects without a manifest: being written, or left by a run that died
};

/// Reads every manifest of a store, or of one source; without a source, those of databases only.
Result<Shelf> read_shelf(stores::Store& store, std::string_view source, const sys::Run& run);

/// The catalogs of servers that were backed up to this store.
Result<Shelf> read_catalogs(stores::Store& store, const sys::Run& run);

/// Reads and checks one manifest, also that it belongs to this place.
Result<Stored> read_stored(stores::Store& store, const Place& place);

/// The newest complete backup of a source, reading one manifest only; nothing when there is none.
Result<std::optional<Stored>> find_newest(stores::Store& store, std::string_view source);

/// Makes the newest backup of the source in this store the one before `manifest`, unless that has
/// a newer one already; its sequence becomes that one's.
Status chain_behind_newest(stores::Store& store, std::string_view source, Manifest& manifest);

/// "latest", a name, an id, or an unambiguous beginning of one. Code::not_found tells what there
/// is.
Result<Stored> find_backup(stores::Store& store, std::string_view wanted, const sys::Run& run);

}  // namespace ds::archive
