#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

/// Pages of relation files, as they lie on disk (PostgreSQL manual, "Database Page Layout";
/// src/include/storage/checksum_impl.h).
namespace ds::engines::postgres {

constexpr std::size_t page_bytes = 8192;
constexpr std::uint32_t segment_pages = 131'072;  // of one file of a relation

/// A position in the log.
using Lsn = std::uint64_t;
/// "16/B374D848"; nothing for anything else.
std::optional<Lsn> parse_lsn(std::string_view text);
std::string text_of_lsn(Lsn lsn);

/// What the page's checksum should be. `block` counts from the beginning of the relation.
std::uint16_t page_checksum(View page, std::uint32_t block);

enum class PageState { sound, empty, newer, damaged };
/// `newer`: written since `began`, so that what was read may be half of it; the log has it whole.
PageState check_page(View page, std::uint32_t block, Lsn began);

/// The number of the first block in a file of a relation: "base/5/16384.2" → 262144; nothing when
/// it is no relation's file. `path` is relative to the data directory or to a tablespace.
std::optional<std::uint32_t> first_block_of(std::string_view path);

}  // namespace ds::engines::postgres
