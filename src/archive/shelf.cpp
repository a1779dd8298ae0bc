#include "archive/shelf.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/text.hpp"
#include "crypto/sha256.hpp"

namespace ds::archive {
namespace {

constexpr std::size_t readers_max = 8;  // manifests fetched at once
constexpr std::size_t places_max =
    1'000'000;  // more in one store is not a list for people any more

/// Every place that has objects, and whether a manifest is among them.
using Places = std::map<std::string, std::pair<Place, bool>>;

Result<Places> find_places(stores::Store& store, const std::string& prefix) {
    Places places;
    DS_DO(store.list(prefix, [&](const stores::ObjectInfo& info) -> Status {
        const auto located = locate(info.key);
        if (!located) return {};
        if (prefix == root && is_catalog(located->place.source)) return {};
        if (places.size() >= places_max)
            return fail(Code::exhausted, "more than a million backups in one store");
        auto& entry =
            places.try_emplace(located->place.prefix(), located->place, false).first->second;
        entry.second = entry.second || located->object == manifest_object;
        return {};
    }));
    return places;
}

void sort_newest_first(Shelf& shelf) {
    const auto newer = [](const auto& a, const auto& b) { return a.place.id > b.place.id; };
    std::sort(shelf.backups.begin(), shelf.backups.end(), newer);
    std::sort(shelf.unreadable.begin(), shelf.unreadable.end(), newer);
}

/// Damage of one manifest must not hide the others; a store that cannot be reached must not look
/// empty.
bool is_damage(const Error& error) {
    return error.code() == Code::corrupt || error.code() == Code::unsupported ||
           error.code() == Code::exhausted;
}

Result<Shelf> read_places(stores::Store& store, const Places& places, const sys::Run& run) {
    Shelf shelf;
    std::vector<Place> complete;
    for (const auto& [_, entry] : places)
        (entry.second ? complete : shelf.unfinished).push_back(entry.first);

    std::mutex mutex;
    std::optional<Error> first_error;
    std::atomic<std::size_t> next = 0;
    const auto fetch = [&] {
        for (std::size_t i = next++; i < complete.size() && !run.stop.stop_requested();
             i = next++) {
            auto stored = read_stored(store, complete[i]);
            const std::lock_guard lock{mutex};
            if (stored)
                shelf.backups.push_back(std::move(*stored));
            else if (is_damage(stored.error()))
                shelf.unreadable.push_back({complete[i], stored.error().message()});
            else if (stored.error().code() == Code::not_found)
                continue;  // removed since it was listed
            else
                first_error = std::move(stored.error());
        }
    };
    {
        std::vector<std::jthread> readers;
        for (std::size_t i = 0; i < std::min(readers_max, complete.size()); ++i)
            readers.emplace_back(fetch);
    }
    DS_DO(run.check());
    if (first_error) return *first_error;
    sort_newest_first(shelf);
    return shelf;
}

Error damaged(const Unreadable& backup) {
    return fail(Code::corrupt, backup.place.prefix() + ": " + backup.why,
                "Its data may still be whole: see docs/user/damage.md. `dumpstation list` shows "
                "the other backups.");
}

}  // namespace

Result<Stored> read_stored(stores::Store& store, const Place& place) {
    DS_TRY(const auto bytes, stores::get(store, place.key(manifest_object), manifest_bytes_max));
    DS_TRY(auto manifest, read_manifest(text_of(bytes)));
    if (manifest.id != place.id || manifest.source != place.source) {
        return fail(Code::corrupt, fmt::format("manifest: swapped: it belongs to {}/{}",
                                               manifest.source, manifest.id));
    }
    return Stored{place, std::move(manifest), crypto::sha256_hex(bytes),
                  std::string{text_of(bytes)}};
}

Result<Shelf> read_shelf(stores::Store& store, std::string_view source, const sys::Run& run) {
    DS_TRY(const auto places,
           find_places(store, source.empty() ? std::string{root} : backups_prefix(source)));
    return read_places(store, places, run);
}

Result<Shelf> read_catalogs(stores::Store& store, const sys::Run& run) {
    DS_TRY(const auto places, find_places(store, std::string{root} + std::string{catalog_sources}));
    return read_places(store, places, run);
}

Result<std::optional<Stored>> find_newest(stores::Store& store, std::string_view source) {
    DS_TRY(const auto places, find_places(store, backups_prefix(source)));
    // Ids sort by time, and so do the places of one source.
    for (auto entry = places.rbegin(); entry != places.rend(); ++entry) {
        if (!entry->second.second) continue;
        DS_TRY(auto stored, read_stored(store, entry->second.first));
        return std::optional{std::move(stored)};
    }
    return std::optional<Stored>{};
}

Status chain_behind_newest(stores::Store& store, std::string_view source, Manifest& manifest) {
    DS_TRY(const auto newest, find_newest(store, source));
    if (!newest || newest->manifest.sequence <= manifest.sequence) return {};
    manifest.sequence = newest->manifest.sequence;
    manifest.previous = Previous{newest->manifest.id, newest->manifest_sha256};
    return {};
}

Result<Stored> find_backup(stores::Store& store, std::string_view wanted, const sys::Run& run) {
    DS_TRY(auto shelf, read_shelf(store, "", run));
    const auto location = store.traits().location;
    // A damaged newer backup must not silently make an older one the latest.
    const auto damaged_at_first =
        !shelf.unreadable.empty() && (shelf.backups.empty() || shelf.unreadable.front().place.id >
                                                                   shelf.backups.front().place.id);
    if (wanted == "latest" && damaged_at_first) return damaged(shelf.unreadable.front());
    if (wanted == "latest") {
        if (shelf.backups.empty()) {
            return fail(Code::not_found, "no backup in " + location,
                        "`dumpstation backup … --to` makes one.");
        }
        return std::move(shelf.backups.front());
    }
    std::vector<Stored*> fitting;
    for (auto& stored : shelf.backups) {
        if (stored.manifest.name == wanted || stored.place.id == wanted) return std::move(stored);
        if (stored.manifest.name.starts_with(wanted) || stored.place.id.starts_with(wanted))
            fitting.push_back(&stored);
    }
    if (fitting.size() == 1) return std::move(*fitting.front());
    for (const auto& unreadable : shelf.unreadable) {
        if (unreadable.place.id == wanted) return damaged(unreadable);
    }
    const auto name = printable(wanted, 80);
    if (fitting.size() > 1) {
        return fail(Code::invalid, fmt::format("'{}' fits {} backups", name, fitting.size()),
                    "Give more letters of the name.");
    }
    // Its name may stand in a manifest that cannot be read any more.
    if (!shelf.unreadable.empty()) {
        return damaged(shelf.unreadable.front())
            .while_doing(fmt::format("looking for '{}' in {}", name, location));
    }
    return fail(Code::not_found, fmt::format("no backup '{}' in {}", name, location),
                "`dumpstation list` shows what is there.");
}

}  // namespace ds::archive
