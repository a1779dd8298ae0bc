#include "engines/postgres/physical/tar.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

// Where fields of a header lie, and how long they are.
constexpr std::size_t name_at = 0, name_bytes = 100, size_at = 124, size_bytes = 12;
constexpr std::size_t time_at = 136, time_bytes = 12;
constexpr std::size_t sum_at = 148, sum_bytes = 8, type_at = 156, magic_at = 257;
constexpr std::size_t prefix_at = 345, prefix_bytes = 155;
constexpr std::uint64_t file_bytes_max = std::uint64_t{1} << 60;

constexpr std::array<std::byte, 2 * tar_block_bytes> nothing{};

Error bad(std::string what) {
    return fail(Code::corrupt, "the tar of a base backup is not sound: " + std::move(what));
}

std::string_view field(View header, std::size_t at, std::size_t bytes) {
    const auto text = text_of(header.subspan(at, bytes));
    return text.substr(0, text.find('\0'));
}

/// Octal text, or the base-256 form of numbers that are too large for it.
Result<std::uint64_t> number_in(View header, std::size_t at, std::size_t bytes) {
    const auto raw = header.subspan(at, bytes);
    std::uint64_t number = 0;
    if (raw.front() == std::byte{0x80}) {
        for (std::size_t place = 1; place < raw.size(); ++place) {
            if (number > UINT64_MAX >> 8) return bad("a number is too large");
            number = number << 8 | std::to_integer<std::uint64_t>(raw[place]);
        }
        return number;
    }
    const auto digits = trimmed(field(header, at, bytes));
    if (digits.empty()) return bad("a number is missing");
    for (const char digit : digits) {
        if (digit < '0' || digit > '7') return bad("a number has other than octal digits");
        number = number * 8 + static_cast<std::uint64_t>(digit - '0');
    }
    return number;
}

Status check_sum(View header) {
    DS_TRY(const auto told, number_in(header, sum_at, sum_bytes));
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < header.size(); ++at) {
        const bool in_sum = at >= sum_at && at < sum_at + sum_bytes;
        sum += in_sum ? ' ' : std::to_integer<std::uint64_t>(header[at]);
    }
    if (sum == told) return {};
    return bad("the checksum of a header is wrong");
}

/// "./base/5/" → "base/5"; Code::corrupt for what leads out of the directory.
Result<std::string> safe_path(std::string path) {
    if (path.starts_with("./")) path.erase(0, 2);
    while (path.ends_with('/')) path.pop_back();
    for (const auto& part : split(path, '/')) {
        if (part.empty() || part == "." || part == "..")
            return bad(fmt::format("it has the path \"{}\"", printable(path, 200)));
    }
    return path;
}

bool is_empty(View block) {
    return std::all_of(block.begin(), block.end(), [](std::byte b) { return b == std::byte{}; });
}

Result<TarEntry::Kind> kind_of(std::byte type, const std::string& path) {
    switch (static_cast<char>(type)) {
        case '0':
        case '\0': return TarEntry::Kind::file;
        case '5': return TarEntry::Kind::directory;
        default:
            return bad(fmt::format("\"{}\" is neither file nor directory", printable(path, 200)));
    }
}

}  // namespace

View tar_end() { return nothing; }

Status TarReader::add(View bytes) {
    while (!bytes.empty()) {
        const auto wanted = contents_ > 0  ? contents_
                            : padding_ > 0 ? padding_
                                           : std::uint64_t{tar_block_bytes} - header_.size();
        const auto piece =
            bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(wanted, bytes.size())));
        bytes = bytes.subspan(piece.size());
        at_ += piece.size();
        if (contents_ > 0) {
            DS_DO(visitor_.contents(piece));
            contents_ -= piece.size();
            if (contents_ == 0) DS_DO(end());
        } else if (padding_ > 0) {
            padding_ -= piece.size();
        } else {
            append(header_, piece);
            if (header_.size() == tar_block_bytes) DS_DO(take_header());
        }
    }
    return {};
}

Status TarReader::take_header() {
    const auto header = std::move(header_);
    header_.clear();
    if (is_empty(header)) {
        ++empty_blocks_;
        return {};
    }
    if (empty_blocks_ > 0) return bad("something comes behind its end");
    if (field(header, magic_at, 6) != "ustar") return bad("a header is not of the ustar form");
    DS_DO(check_sum(header));
    std::string path{field(header, name_at, name_bytes)};
    if (const auto prefix = field(header, prefix_at, prefix_bytes); !prefix.empty())
        path = std::string{prefix} + "/" + path;
    TarEntry entry;
    DS_TRY(entry.kind, kind_of(header[type_at], path));
    DS_TRY(entry.path, safe_path(std::move(path)));
    DS_TRY(entry.bytes, number_in(header, size_at, size_bytes));
    DS_TRY(entry.changed, number_in(header, time_at, time_bytes));
    if (entry.bytes > file_bytes_max) return bad("a file is too large to be one");
    if (entry.kind == TarEntry::Kind::directory && entry.bytes > 0)
        return bad("a directory has contents");
    return begin(std::move(entry));
}

Status TarReader::begin(TarEntry entry) {
    entry.offset = at_;
    contents_ = entry.bytes;
    padding_ = (tar_block_bytes - entry.bytes % tar_block_bytes) % tar_block_bytes;
    in_file_ = true;
    DS_DO(visitor_.begin(entry));
    return contents_ == 0 ? end() : Status{};
}

Status TarReader::end() {
    in_file_ = false;
    return visitor_.end();
}

Status TarReader::finish() {
    if (!header_.empty() || in_file_ || padding_ > 0) return bad("it ends in the middle");
    return {};
}

}  // namespace ds::engines::postgres
