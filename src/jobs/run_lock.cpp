#include "jobs/run_lock.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::jobs {
namespace {

constexpr std::size_t file_bytes_max = 64 * KiB;
constexpr auto foreign_age =
    std::chrono::hours{48};  // a run on another machine is long over, or has a manifest

sys::fs::path runs_directory(const sys::fs::path& state) { return state / "runs"; }

/// Removes every object of a place that has no manifest.
Result<std::size_t> clear_place(stores::Store& store, const archive::Place& place) {
    std::vector<std::string> keys;
    bool complete = false;
    DS_TRY(std::size_t removed, store.sweep(place.prefix(), std::chrono::seconds{0}));
    DS_DO(store.list(place.prefix(), [&](const stores::ObjectInfo& info) -> Status {
        const auto located = archive::locate(info.key);
        complete = complete || (located && located->object == archive::manifest_object);
        keys.push_back(info.key);
        return {};
    }));
    if (complete) return removed;
    for (const auto& key : keys) {
        DS_DO(store.remove(key));
        ++removed;
    }
    return removed;
}

/// One file of a run, if its writer is dead.
struct DeadRun {
    sys::fs::path path;
    sys::Fd fd;  // holds the lock while we sweep
    archive::Place place;
    std::vector<std::string> locations;
};

std::optional<DeadRun> open_dead(const sys::fs::path& path) {
    DeadRun dead{path, sys::Fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)}, {}, {}};
    if (!dead.fd || ::flock(dead.fd.get(), LOCK_EX | LOCK_NB) != 0) return {};
    const auto bytes = sys::read_file(path, file_bytes_max);
    if (!bytes) return {};
    auto lines = split(trimmed(text_of(*bytes)), '\n');
    dead.place = {lines[0], path.filename().string()};
    dead.locations.assign(lines.begin() + 1, lines.end());
    if (!archive::is_plain_name(dead.place.source) || !sys::is_ulid(dead.place.id)) return {};
    return dead;
}

std::string text_of_run(const archive::Place& place, const std::vector<std::string>& locations) {
    auto text = place.source + "\n";
    for (const auto& location : locations) text += location + "\n";
    return text;
}

}  // namespace

Result<RunLock> RunLock::take(const sys::fs::path& state, const archive::Place& place,
                              const std::vector<std::string>& locations) {
    DS_DO(sys::make_directories(state, 0700));
    DS_DO(sys::make_directories(runs_directory(state), 0700));
    RunLock lock;
    lock.path_ = runs_directory(state) / place.id;
    lock.fd_ = sys::Fd{::open(lock.path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!lock.fd_) return sys::errno_error(errno, "cannot create " + lock.path_.string());
    if (::flock(lock.fd_.get(), LOCK_EX | LOCK_NB) != 0)
        return sys::errno_error(errno, "cannot lock " + lock.path_.string());
    const auto text = text_of_run(place, locations);
    DS_DO(sys::write_all(lock.fd_.get(), view_of(text), lock.path_.string()));
    if (::fsync(lock.fd_.get()) != 0)
        return sys::errno_error(errno, "cannot sync " + lock.path_.string());
    DS_DO(sys::sync_directory(runs_directory(state)));
    return lock;
}

RunLock::~RunLock() {
    if (fd_) ::unlink(path_.c_str());
}

Result<std::size_t> sweep(const sys::fs::path& state, stores::Store& store) {
    DS_TRY(std::size_t removed, store.sweep(std::string{archive::root}, foreign_age));
    const auto location = store.traits().location;
    std::error_code none;
    for (const auto& entry : sys::fs::directory_iterator{runs_directory(state), none}) {
        auto dead = open_dead(entry.path());
        if (!dead) continue;
        const auto here = std::find(dead->locations.begin(), dead->locations.end(), location);
        if (here == dead->locations.end()) continue;
        DS_TRY(const auto cleared, clear_place(store, dead->place));
        removed += cleared;
        dead->locations.erase(here);
        if (dead->locations.empty())
            ::unlink(dead->path.c_str());
        else
            DS_DO(sys::write_file(dead->path, view_of(text_of_run(dead->place, dead->locations)),
                                  0600));
    }
    return removed;
}

}  // namespace ds::jobs
