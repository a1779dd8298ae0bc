#include "engines/postgres/dump_format/toc.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

namespace ds::engines::postgres {
namespace {

constexpr std::string_view magic = "PGDMP";
constexpr std::size_t fixed_bytes = 11;  // magic, version, int and offset sizes, format
constexpr std::size_t int_bytes = 5;     // sign, then the magnitude
constexpr std::uint8_t format_custom = 1;
constexpr std::uint8_t minor_min = 14, minor_max = 16;

}  // namespace

std::string TocEntry::label() const {
    return schema && !schema->empty() ? *schema + "." + tag : tag;
}

const TocEntry* Toc::find(std::int32_t dump_id) const {
    const auto found = std::ranges::find(entries, dump_id, &TocEntry::dump_id);
    return found == entries.end() ? nullptr : &*found;
}

/// Takes whole values off the front. A value that is not all there is left alone: "false".
class TocReader::Cursor {
public:
    Cursor(View bytes, std::uint64_t offset, std::size_t bytes_max)
        : bytes_{bytes}, offset_{offset}, bytes_max_{bytes_max} {}

    std::size_t at() const { return at_; }
    Error corrupt(std::string_view what) const {
        return fail(Code::corrupt,
                    fmt::format("table of contents at byte {}: {}", offset_ + at_, what));
    }

    /// Nothing: not all of them are there yet.
    Result<std::optional<View>> raw(std::size_t count) {
        if (count > bytes_max_ || offset_ + at_ > bytes_max_ - count) {
            return corrupt(fmt::format("broken, or longer than {} bytes", bytes_max_));
        }
        if (bytes_.size() - at_ < count) return std::optional<View>{};
        at_ += count;
        return std::optional{bytes_.subspan(at_ - count, count)};
    }
    Result<bool> integer(std::int32_t& value) {
        DS_TRY(const auto bytes, raw(int_bytes));
        if (!bytes) return false;
        const auto sign = std::to_integer<unsigned>((*bytes)[0]);
        const auto magnitude = load_le32(bytes->data() + 1);
        if (sign > 1 || magnitude > INT32_MAX || (sign == 1 && magnitude == 0)) {
            at_ -= int_bytes;
            return corrupt("not a number");
        }
        value = static_cast<std::int32_t>(magnitude) * (sign == 1 ? -1 : 1);
        return true;
    }
    Result<bool> integer(std::int32_t& value, std::int32_t low, std::int32_t high,
                         std::string_view what) {
        DS_TRY(const bool there, integer(value));
        if (there && (value < low || value > high)) {
            at_ -= int_bytes;
            return corrupt(fmt::format("{} is {}", what, value));
        }
        return there;
    }
    Result<bool> text(std::optional<std::string>& value) {
        const auto begin = at_;
        std::int32_t length = 0;
        DS_TRY(const bool there, integer(length));
        if (!there) return false;
        if (length < -1) return corrupt("a text of negative length");
        if (length == -1) {
            value.reset();
            return true;
        }
        DS_TRY(const auto bytes, raw(static_cast<std::size_t>(length)));
        if (!bytes) {
            at_ = begin;
            return false;
        }
        value.emplace(text_of(*bytes));
        // pg_restore would read only up to it.
        if (value->find('\0') != std::string::npos) return corrupt("a text with a zero byte in it");
        return true;
    }
    Result<bool> text(std::string& value) {
        std::optional<std::string> item;
        DS_TRY(const bool there, text(item));
        if (there && !item) return corrupt("a text is missing");
        if (there) value = std::move(*item);
        return there;
    }

private:
    View bytes_;
    std::size_t at_ = 0;
    std::uint64_t offset_;
    std::size_t bytes_max_;
};

Result<std::size_t> TocReader::push(View bytes) {
    if (complete()) return std::size_t{0};
    const auto held = pending_.size();
    if (held > 0) append(pending_, bytes);
    const auto all = held > 0 ? View{pending_} : bytes;
    Cursor in{all, taken_, bytes_max_};
    DS_DO(read_fields(in));
    taken_ += in.at();
    if (complete()) {
        const auto consumed = in.at() - held;
        pending_ = {};
        return consumed;
    }
    if (held > 0) {
        pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(in.at()));
    } else {
        append(pending_, bytes.subspan(in.at()));
    }
    return bytes.size();
}

Status TocReader::read_fields(Cursor& in) {
    while (field_ != Field::end) {
        DS_TRY(const bool done, read_field(in));
        if (!done) return {};
        if (field_ == Field::data_state) DS_DO(finish_entry());
        field_ = after(field_);
    }
    return check_ids();
}

TocReader::Field TocReader::after(Field field) const {
    switch (field) {
        case Field::count:
        case Field::data_state: return entries_left_ > 0 ? Field::dump_id : Field::end;
        case Field::table_am: return toc_.version_minor >= 16 ? Field::relkind : Field::owner;
        default: return static_cast<Field>(static_cast<int>(field) + 1);
    }
}

Status TocReader::finish_entry() {
    toc_.entries.push_back(std::exchange(entry_, {}));
    --entries_left_;
    return {};
}

Result<bool> TocReader::read_field(Cursor& in) {
    switch (field_) {
        case Field::dump_id: return in.integer(entry_.dump_id, 1, INT32_MAX, "an entry's number");
        case Field::had_dumper: {
            std::int32_t flag = 0;
            DS_TRY(const bool there, in.integer(flag, 0, 1, "a yes or no"));
            entry_.had_dumper = flag == 1;
            return there;
        }
        case Field::section: return in.integer(entry_.section, 1, 4, "a section");
        case Field::relkind: return in.integer(entry_.relkind, 0, 255, "a kind of relation");
        case Field::dependencies: return read_dependency(in);
        case Field::data_state: return read_data_state(in);
        default: return field_ < Field::dump_id ? read_header_field(in) : read_entry_text(in);
    }
}

Result<bool> TocReader::read_header_field(Cursor& in) {
    switch (field_) {
        case Field::fixed: return read_fixed(in);
        case Field::compression: return read_compression(in);
        case Field::created: return read_created(in);
        case Field::database: return in.text(toc_.database);
        case Field::server_version: return in.text(toc_.server_version);
        case Field::tool_version: return in.text(toc_.tool_version);
        default: return in.integer(entries_left_, 0, INT32_MAX, "the number of entries");
    }
}

Result<bool> TocReader::read_entry_text(Cursor& in) {
    switch (field_) {
        case Field::table_oid: return in.text(entry_.table_oid);
        case Field::oid: return in.text(entry_.oid);
        case Field::tag: return in.text(entry_.tag);
        case Field::desc: return in.text(entry_.desc);
        case Field::defn: return in.text(entry_.defn);
        case Field::drop_stmt: return in.text(entry_.drop_stmt);
        case Field::copy_stmt: return in.text(entry_.copy_stmt);
        case Field::schema: return in.text(entry_.schema);
        case Field::tablespace: return in.text(entry_.tablespace);
        case Field::table_am: return in.text(entry_.table_am);
        case Field::owner: return in.text(entry_.owner);
        default: {
            // WITH OIDS, which no server has had since 12: always this word.
            std::string word;
            DS_TRY(const bool there, in.text(word));
            if (there && word != "false") return in.corrupt("the OIDS field is not 'false'");
            return there;
        }
    }
}

Result<bool> TocReader::read_fixed(Cursor& in) {
    DS_TRY(const auto bytes, in.raw(fixed_bytes));
    if (!bytes) return false;
    if (text_of(bytes->first(magic.size())) != magic) {
        return fail(Code::corrupt, "not a dump in pg_dump's custom format");
    }
    const auto byte = [&](std::size_t at) { return std::to_integer<std::uint8_t>((*bytes)[at]); };
    toc_.version_major = byte(5), toc_.version_minor = byte(6), toc_.version_rev = byte(7);
    toc_.int_bytes = byte(8), toc_.offset_bytes = byte(9);
    if (toc_.version_major != 1 || toc_.version_minor < minor_min ||
        toc_.version_minor > minor_max) {
        return fail(Code::unsupported,
                    fmt::format("dump archive version {}.{} is unknown here", toc_.version_major,
                                toc_.version_minor),
                    "Known are dumps by pg_dump 12 to 18.");
    }
    if (byte(10) != format_custom) {
        return fail(Code::unsupported, "this dump is not in the custom format",
                    "Dump with `pg_dump -Fc`.");
    }
    if (toc_.int_bytes != 4 || toc_.offset_bytes != 8) {
        return fail(Code::unsupported,
                    fmt::format("this dump has integers of {} and offsets of {} bytes",
                                toc_.int_bytes, toc_.offset_bytes));
    }
    return true;
}

Result<bool> TocReader::read_compression(Cursor& in) {
    if (toc_.version_minor < 15)
        return in.integer(toc_.compression_level, -1, 9, "the compression");
    DS_TRY(const auto bytes, in.raw(1));
    if (!bytes) return false;
    toc_.compression_algorithm = std::to_integer<std::uint8_t>((*bytes)[0]);
    if (toc_.compression_algorithm > 3) return in.corrupt("unknown compression");
    return true;
}

Result<bool> TocReader::read_created(Cursor& in) {
    DS_TRY(const auto bytes, in.raw(int_bytes * std::size(toc_.created)));
    if (!bytes) return false;
    Cursor part{*bytes, 0, SIZE_MAX};
    for (auto& number : toc_.created) {
        if (!part.integer(number)) return in.corrupt("the time of the dump is not a number");
    }
    return true;
}

Result<bool> TocReader::read_dependency(Cursor& in) {
    std::optional<std::string> word;
    while (true) {
        DS_TRY(const bool there, in.text(word));
        if (!there || !word) return there;
        std::int32_t id = 0;
        const auto* end = word->data() + word->size();
        const auto [stop, error] = std::from_chars(word->data(), end, id);
        if (error != std::errc{} || stop != end || std::to_string(id) != *word) {
            return in.corrupt("a dependency is not a number");
        }
        entry_.dependencies.push_back(id);
    }
}

Result<bool> TocReader::read_data_state(Cursor& in) {
    DS_TRY(const auto bytes, in.raw(1 + toc_.offset_bytes));
    if (!bytes) return false;
    entry_.data_state = std::to_integer<std::uint8_t>((*bytes)[0]);
    entry_.data_offset = load_le32(bytes->data() + 1) |
                         static_cast<std::uint64_t>(load_le32(bytes->data() + 5)) << 32;
    const bool data = entry_.data_state == 1 || entry_.data_state == 2;
    if ((!data && entry_.data_state != 3) || data != entry_.had_dumper) {
        return in.corrupt(fmt::format("whether '{}' has data is in doubt", entry_.tag));
    }
    return true;
}

Status TocReader::check_ids() const {
    std::vector<std::int32_t> ids;
    ids.reserve(toc_.entries.size());
    for (const auto& entry : toc_.entries) ids.push_back(entry.dump_id);
    std::ranges::sort(ids);
    if (const auto twice = std::ranges::adjacent_find(ids); twice != ids.end()) {
        return fail(Code::corrupt,
                    fmt::format("table of contents: entry {} is there twice", *twice));
    }
    return {};
}

Result<std::optional<std::pair<Toc, std::size_t>>> parse_toc(View bytes, std::size_t bytes_max) {
    TocReader reader{bytes_max};
    DS_TRY(const auto consumed, reader.push(bytes));
    if (!reader.complete()) return std::optional<std::pair<Toc, std::size_t>>{};
    return std::optional{std::pair{reader.take(), consumed}};
}

}  // namespace ds::engines::postgres
