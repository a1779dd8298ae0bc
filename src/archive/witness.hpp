#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "archive/shelf.hpp"
#include "base/json.hpp"
#include "sys/files.hpp"

namespace ds::archive {

/// The newest backup of a source that this machine has seen in a store.
struct Sighting {
    std::uint64_t sequence = 0;
    std::string id;
    std::string name;
    std::string manifest_sha256;
    std::string signer;
};
BOOST_DESCRIBE_STRUCT(Sighting, (), (sequence, id, name, manifest_sha256, signer))

/// What this machine remembers of stores, so that a store that was rolled back to an older state is
/// noticed:
/// `<state>/witness.json`, by "<location> <source>". A lost file costs only that memory.
class Witness {
public:
    static Result<Witness> load(const sys::fs::path& state);
    std::optional<Sighting> last(const std::string& location, const std::string& source) const;
    /// What was seen there is to be gone, for good reason. In memory, until something else is seen.
    void forget(const std::string& location, const std::string& source);
    /// Remembers the backup if it is newer than what is known; writes the file.
    Status saw(const std::string& location, const Stored& stored);

private:
    sys::fs::path path_;
    std::map<std::string, Sighting> sightings_;
};

}  // namespace ds::archive
