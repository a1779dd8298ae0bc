#include "engines/postgres/dump_format/dump_format_block.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace ds::engines::postgres {
namespace {

constexpr std::string_view end_marker = "\\.";
// pg_dump ends the lines with "\.\n\n\n": the marker's own newline and two more.
constexpr int newlines_after_marker = 2;

Error corrupt_at(std::uint64_t offset, std::string_view what) {
    return fail(Code::corrupt, fmt::format("dump at byte {}: {}", offset, what));
}

}  // namespace

std::size_t BlockHead::push(View piece) {
    const auto count = std::min(piece.size(), bytes - filled_);
    std::copy_n(piece.begin(), count, bytes_.begin() + static_cast<std::ptrdiff_t>(filled_));
    filled_ += count;
    return count;
}

Status BlockHead::expect(SpanKind kind, std::uint64_t offset) const {
    const auto byte = std::to_integer<int>(bytes_[0]);
    if (byte == (kind == SpanKind::rows ? 1 : 3)) return {};
    return corrupt_at(offset, fmt::format("a block of kind {} instead of {}", byte,
                                          kind == SpanKind::rows ? "rows" : "large objects"));
}

Result<std::int32_t> BlockHead::dump_id(std::uint64_t offset) const {
    const auto id = load_le32(bytes_.data() + 2);
    if (bytes_[1] != std::byte{0} || id == 0 || id > INT32_MAX) {
        return corrupt_at(offset, "no data block begins here");
    }
    return static_cast<std::int32_t>(id);
}

bool IntField::take(View& piece) {
    const auto count = std::min(piece.size(), bytes_.size() - filled_);
    std::copy_n(piece.begin(), count, bytes_.begin() + static_cast<std::ptrdiff_t>(filled_));
    piece = piece.subspan(count);
    filled_ += count;
    if (filled_ < bytes_.size()) return false;
    filled_ = 0;
    return true;
}

Result<std::uint32_t> IntField::length(std::uint64_t offset) const {
    const auto value = load_le32(bytes_.data() + 1);
    if (bytes_[0] != std::byte{0} || value > INT32_MAX)
        return corrupt_at(offset, "broken chunk length");
    return value;
}

Result<std::uint32_t> IntField::oid(std::uint64_t offset) const {
    const auto value = load_le32(bytes_.data() + 1);
    const auto sign = std::to_integer<unsigned>(bytes_[0]);
    if (sign == 0 && value <= INT32_MAX) return value;
    if (sign == 1 && value > 0 && value <= 1U << 31) return 0 - value;
    return corrupt_at(offset, "broken oid of a large object");
}

Result<std::size_t> RowsBody::push(View piece, std::uint64_t offset) {
    const auto size = piece.size();
    while (!piece.empty() && !done_) {
        const auto at = offset + (size - piece.size());
        if (chunk_left_ == 0) {
            if (!length_field_.take(piece)) break;
            DS_TRY(chunk_left_, length_field_.length(at));
            if (chunk_left_ == 0) DS_DO(end_of_chunks(at));
            continue;
        }
        const auto count = std::min<std::size_t>(chunk_left_, piece.size());
        DS_DO(chunk(piece.first(count), at));
        chunk_left_ -= static_cast<std::uint32_t>(count);
        piece = piece.subspan(count);
    }
    return size - piece.size();
}

Status RowsBody::end_of_chunks(std::uint64_t offset) {
    if (marker_ != Marker::seen || newlines_after_marker_ != newlines_after_marker) {
        return corrupt_at(offset, "the rows end without their end marker");
    }
    done_ = true;
    return {};
}

Status RowsBody::chunk(View bytes, std::uint64_t offset) {
    if (marker_ == Marker::held1 || marker_ == Marker::held2) DS_DO(held(bytes));
    if (marker_ == Marker::seen) return after_marker(bytes, offset);
    return lines(bytes, offset);
}

Status RowsBody::lines(View bytes, std::uint64_t offset) {
    auto rest = bytes;
    while (!rest.empty()) {
        // Newlines inside values are written as `\n`, so this byte only ends lines.
        const auto* newline =
            static_cast<const std::byte*>(std::memchr(rest.data(), '\n', rest.size()));
        if (newline == nullptr) break;
        const auto line = rest.first(static_cast<std::size_t>(newline - rest.data()));
        if (row_open_) {
            row_.push(line);
            row_.finish(content_);
            row_open_ = false;
        } else if (line.size() == end_marker.size() && text_of(line) == end_marker) {
            marker_ = Marker::seen;
            if (rest.size() < bytes.size()) DS_DO(tell(bytes.first(bytes.size() - rest.size())));
            return after_marker(rest.subspan(line.size() + 1), offset);
        } else {
            content_.add(line);
        }
        ++rows_;
        rest = rest.subspan(line.size() + 1);
    }
    auto told = bytes;
    if (!rest.empty()) {
        const bool maybe_marker = !row_open_ && end_marker.starts_with(text_of(rest));
        if (maybe_marker) {
            marker_ = rest.size() == 1 ? Marker::held1 : Marker::held2;
            told = bytes.first(bytes.size() - rest.size());
        } else {
            row_.push(rest);
            row_open_ = true;
        }
    }
    return told.empty() ? Status{} : tell(told);
}

// Goes on with an open row that is `\` or `\.` so far.
Status RowsBody::held(View& bytes) {
    if (marker_ == Marker::held1 && bytes.front() == std::byte{'.'}) {
        marker_ = Marker::held2;
        bytes = bytes.subspan(1);
        if (bytes.empty()) return {};
    }
    if (marker_ == Marker::held2 && bytes.front() == std::byte{'\n'}) {
        marker_ = Marker::seen;
        bytes = bytes.subspan(1);
        return {};
    }
    const auto row_start = view_of(end_marker.substr(0, marker_ == Marker::held1 ? 1 : 2));
    marker_ = Marker::none;
    row_.push(row_start);
    row_open_ = true;
    return tell(row_start);
}

Status RowsBody::after_marker(View bytes, std::uint64_t offset) {
    for (const auto byte : bytes) {
        if (byte != std::byte{'\n'} || ++newlines_after_marker_ > newlines_after_marker) {
            return corrupt_at(offset, "rows after the end marker");
        }
    }
    return {};
}

Result<std::size_t> BlobsBody::push(View piece, std::uint64_t offset) {
    const auto size = piece.size();
    while (!piece.empty() && stage_ != Stage::done) {
        const auto at = offset + (size - piece.size());
        if (stage_ == Stage::chunk) {
            const auto count = std::min<std::size_t>(chunk_left_, piece.size());
            DS_DO(chunk(piece.first(count)));
            piece = piece.subspan(count);
            continue;
        }
        if (!field_.take(piece)) break;
        if (stage_ == Stage::oid) {
            DS_TRY(const auto oid, field_.oid(at));
            DS_DO(begin(oid));
        } else {
            DS_TRY(chunk_left_, field_.length(at));
            if (chunk_left_ > 0)
                stage_ = Stage::chunk;
            else
                DS_DO(end());
        }
    }
    return size - piece.size();
}

Status BlobsBody::begin(std::uint32_t oid) {
    oid_ = oid;
    stage_ = oid == 0 ? Stage::done : Stage::length;
    return oid != 0 && visitor_.begin ? visitor_.begin(oid) : Status{};
}

Status BlobsBody::chunk(View bytes) {
    sha_.update(bytes);
    chunk_left_ -= static_cast<std::uint32_t>(bytes.size());
    if (chunk_left_ == 0) stage_ = Stage::length;
    return visitor_.data ? visitor_.data(bytes) : Status{};
}

Status BlobsBody::end() {
    Bytes summary;
    append_le32(summary, oid_);
    const auto sum = sha_.finish();
    append(summary, sum);
    content_.add(summary);
    ++objects_;
    stage_ = Stage::oid;
    return visitor_.end ? visitor_.end() : Status{};
}

}  // namespace ds::engines::postgres
