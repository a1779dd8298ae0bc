#include "console/table.hpp"

#include <algorithm>

// The bytes themselves lie in files.S, with a pair of symbols around each.
#include <table.inc>

namespace ds::console {

std::span<const File> files() { return embedded_files(); }

const File* find(std::string_view path) {
    const auto all = files();
    const auto found = std::lower_bound(
        all.begin(), all.end(), path,
        [](const File& file, std::string_view wanted) { return file.path < wanted; });
    return found != all.end() && found->path == path ? &*found : nullptr;
}

}  // namespace ds::console
