#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stores/store.hpp"
#include "sys/run.hpp"

namespace ds::stores {

struct CheckResult {
    std::string name;  // "a range is read"
    bool ok = false;
    std::string detail;  // what was found; the error when not ok
    std::uint64_t milliseconds = 0;
};

struct CheckSize {
    unsigned listed_keys = 1005;             // more than a page of any provider
    std::size_t large_bytes = 33 * MiB + 1;  // more than two parts of any upload
};

/// Tries on a real store whatever a backup relies on, below a prefix that nobody can guess, and
/// removes what it wrote even when checks fail. Fails itself only when it was cancelled. Needs
/// about twice `large_bytes` of memory.
Result<std::vector<CheckResult>> check_store(Store& store, const sys::Run& run,
                                             const CheckSize& size = {});

}  // namespace ds::stores
