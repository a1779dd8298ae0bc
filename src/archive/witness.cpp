#include "archive/witness.hpp"

namespace ds::archive {
namespace {

constexpr std::size_t file_bytes_max = 16 * MiB;

std::string name_of(const std::string& location, const std::string& source) {
    return location + " " + source;
}

}  // namespace

Result<Witness> Witness::load(const sys::fs::path& state) {
    Witness witness;
    witness.path_ = state / "witness.json";
    const auto bytes = sys::read_file(witness.path_, file_bytes_max);
    if (!bytes && bytes.error().code() == Code::not_found) return witness;
    if (!bytes) return Error{bytes.error()};
    auto sightings = json::read<std::map<std::string, Sighting>>(text_of(*bytes));
    if (!sightings) {
        return std::move(sightings.error())
            .while_doing("reading " + witness.path_.string())
            .hinting(
                "The file only helps to notice rolled back stores; remove it to start afresh.");
    }
    witness.sightings_ = std::move(*sightings);
    return witness;
}

std::optional<Sighting> Witness::last(const std::string& location,
                                      const std::string& source) const {
    const auto found = sightings_.find(name_of(location, source));
    if (found == sightings_.end()) return {};
    return found->second;
}

void Witness::forget(const std::string& location, const std::string& source) {
    sightings_.erase(name_of(location, source));
}

Status Witness::saw(const std::string& location, const Stored& stored) {
    auto& sighting = sightings_[name_of(location, stored.place.source)];
    const auto& m = stored.manifest;
    if (m.sequence < sighting.sequence) return {};
    if (m.sequence == sighting.sequence && sighting.manifest_sha256 == stored.manifest_sha256)
        return {};
    sighting = {m.sequence, m.id, m.name, stored.manifest_sha256, m.signer};
    DS_DO(sys::make_directories(path_.parent_path(), 0700));
    return sys::write_file(path_, view_of(json::write(sightings_, true)), 0600);
}

}  // namespace ds::archive
