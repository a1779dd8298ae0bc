#include "sys/memory.hpp"

#include <algorithm>

#include <unistd.h>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "sys/files.hpp"

namespace ds::sys {
namespace {

constexpr std::size_t file_bytes_max = 64 * KiB;

std::string first_line(const fs::path& file) {
    const auto bytes = read_file(file, file_bytes_max);
    if (!bytes) return {};
    const auto text = text_of(*bytes);
    return std::string{trimmed(text.substr(0, text.find('\n')))};
}

/// Of control groups version 2: "0::/system.slice/dumpstation.service". "max" is no limit.
std::uint64_t group_limit() {
    const auto line = first_line("/proc/self/cgroup");
    if (!line.starts_with("0::/")) return UINT64_MAX;
    auto least = UINT64_MAX;
    const fs::path root{"/sys/fs/cgroup"};
    for (auto group = root / line.substr(4); group != root.parent_path();
         group = group.parent_path()) {
        const auto limit = parse_unsigned(first_line(group / "memory.max"), "memory.max");
        if (limit) least = std::min(least, *limit);
    }
    return least;
}

}  // namespace

std::uint64_t memory_of_machine() {
    const auto pages = ::sysconf(_SC_PHYS_PAGES), page_bytes = ::sysconf(_SC_PAGESIZE);
    const auto physical = static_cast<std::uint64_t>(std::max(pages, 0L)) *
                          static_cast<std::uint64_t>(std::max(page_bytes, 0L));
    return std::min(physical, group_limit());
}

}  // namespace ds::sys
