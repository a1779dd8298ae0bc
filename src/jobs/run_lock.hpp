#pragma once

#include <string>
#include <vector>

#include "archive/layout.hpp"
#include "stores/store.hpp"
#include "sys/files.hpp"

namespace ds::jobs {

/// Says "this backup is being written by a living process of this machine": a locked file
/// `<state>/runs/<id>`, which names the place and the stores. When the process dies in any way the
/// lock is free, and the next run knows that what lies there without a manifest is rubbish.
class RunLock {
public:
    static Result<RunLock> take(const sys::fs::path& state, const archive::Place& place,
                                const std::vector<std::string>& locations);
    RunLock(RunLock&&) noexcept = default;
    RunLock& operator=(RunLock&&) = delete;
    /// Removes the file: the run ended and cleaned up after itself.
    ~RunLock();

private:
    RunLock() = default;
    sys::fs::path path_;
    sys::Fd fd_;
};

/// Removes what dead runs of this machine left in `store`, and unfinished uploads of any machine
/// that are older than two days. Never touches a backup that has a manifest. Returns the number of
/// objects and uploads removed.
Result<std::size_t> sweep(const sys::fs::path& state, stores::Store& store);

}  // namespace ds::jobs
