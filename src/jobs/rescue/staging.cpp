#include "jobs/rescue/staging.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ds::jobs {
namespace {

constexpr std::string_view half_done = ".rescue";
constexpr std::string_view last_file = "catalog.sqlite";

Error failed(std::string what, const std::error_code& error) {
    return sys::errno_error(error.value(), std::move(what));
}

Status check_empty(const sys::fs::path& into) {
    std::error_code error;
    sys::fs::directory_iterator entries{into, error};
    if (error) return failed("cannot read " + into.string(), error);
    for (const auto& entry : entries) {
        const auto name = entry.path().filename();
        // A file system of its own has lost+found.
        if (name == half_done || name == "lost+found") continue;
        return fail(Code::conflict, fmt::format("{} is not empty", into.string()),
                    "A server is rescued into a new directory: give --into another one.");
    }
    return {};
}

}  // namespace

Result<Staging> Staging::open(sys::fs::path into) {
    std::error_code error;
    const bool there = sys::fs::exists(into, error);
    if (error) return failed("cannot look at " + into.string(), error);
    if (!there) DS_DO(sys::make_directories(into, 0700));
    Staging staging{std::move(into), !there};
    DS_DO(check_empty(staging.into_));
    sys::fs::remove_all(staging.path_, error);
    if (error) return failed("cannot clear " + staging.path_.string(), error);
    DS_DO(sys::make_directories(staging.path_, 0700));
    return staging;
}

Staging::Staging(sys::fs::path into, bool made)
    : into_{std::move(into)}, path_{into_ / half_done}, made_{made} {}

Staging::Staging(Staging&& other) noexcept
    : into_{std::move(other.into_)},
      path_{std::move(other.path_)},
      made_{other.made_},
      open_{std::exchange(other.open_, false)} {}

Staging::~Staging() {
    if (!open_) return;
    std::error_code ignored;
    sys::fs::remove_all(path_, ignored);
    if (made_) sys::fs::remove(into_, ignored);  // only when empty
}

Status Staging::finish() {
    std::error_code error;
    std::vector<sys::fs::path> names;
    for (const auto& entry : sys::fs::directory_iterator{path_, error})
        names.push_back(entry.path().filename());
    if (error) return failed("cannot read " + path_.string(), error);
    std::partition(names.begin(), names.end(), [](const auto& name) { return name != last_file; });
    DS_DO(sys::sync_directory(path_));
    for (const auto& name : names) {
        sys::fs::rename(path_ / name, into_ / name, error);
        if (error) return failed("cannot move to " + (into_ / name).string(), error);
    }
    DS_DO(sys::sync_directory(into_));
    open_ = false;
    sys::fs::remove(path_, error);
    return {};
}

}  // namespace ds::jobs
