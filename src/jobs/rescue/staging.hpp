#pragma once

#include "sys/files.hpp"

namespace ds::jobs {

/// A state directory that is filled out of sight, and then is there as a whole or not at all.
class Staging {
public:
    /// `into` must be empty or not exist: Code::conflict otherwise. What a rescue that died left
    /// half done is cleared away.
    static Result<Staging> open(sys::fs::path into);
    Staging(Staging&& other) noexcept;
    Staging& operator=(Staging&&) = delete;
    ~Staging();

    /// Where the new state is made. On the same file system as its place.
    const sys::fs::path& path() const { return path_; }
    /// Moves everything to its place, the catalog last, so that what is broken off before has no
    /// catalog.
    Status finish();

private:
    Staging(sys::fs::path into, bool made);

    sys::fs::path into_, path_;
    bool made_ = false;  // the directory is ours, to be taken away again
    bool open_ = true;
};

}  // namespace ds::jobs
