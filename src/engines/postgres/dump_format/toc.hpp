#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"

/// The header and table of contents of pg_dump's custom format. Source: PostgreSQL
/// src/bin/pg_dump/pg_backup_archiver.{c,h} (WriteHead, WriteToc) and pg_backup_custom.c; archive
/// versions 1.14 (PostgreSQL 12 to 15), 1.15 (16) and 1.16 (17, 18).
namespace ds::engines::postgres {

struct TocEntry {
    std::int32_t dump_id = 0;
    bool had_dumper = false;  // it has data
    std::string table_oid;
    std::string oid;
    std::string tag;
    std::string desc;          // "TABLE DATA", "INDEX" …
    std::int32_t section = 0;  // 1 none, 2 pre-data, 3 data, 4 post-data
    std::optional<std::string> defn, drop_stmt, copy_stmt, schema, tablespace, table_am;
    std::int32_t relkind = 0;  // since 1.16
    std::optional<std::string> owner;
    std::vector<std::int32_t> dependencies;  // may repeat, may name entries that are not there
    std::uint8_t data_state = 0;             // 1 position not set, 2 set, 3 no data
    std::uint64_t data_offset = 0;

    /// "public.orders" for people, not quoted; the tag alone where there is no schema.
    std::string label() const;
};

struct Toc {
    std::uint8_t version_major = 1, version_minor = 0, version_rev = 0;
    std::uint8_t int_bytes = 4, offset_bytes = 8;
    std::uint8_t compression_algorithm = 0;  // since 1.15; before: an int level
    std::int32_t compression_level = 0;      // before 1.15
    std::int32_t created[7] = {};            // sec min hour mday mon year isdst, as struct tm
    std::optional<std::string> database, server_version, tool_version;
    std::vector<TocEntry> entries;

    const TocEntry* find(std::int32_t dump_id) const;
    bool compressed() const { return compression_algorithm != 0 || compression_level != 0; }
};

/// What a table of contents may have at most: that of half a million tables stays below it. In
/// memory it takes up to five times as much.
constexpr std::size_t toc_bytes_max = 1 * GiB;

/// Reads header and table of contents in pieces of any size. Holds what was read so far and at most
/// one unfinished string. Hostile input: strings, entries and the whole are bounded by `bytes_max`,
/// nothing is reserved on the word of a length, and dump ids are unique. Doubts are Code::corrupt,
/// other formats and versions Code::unsupported.
class TocReader {
public:
    explicit TocReader(std::size_t bytes_max) : bytes_max_{bytes_max} {}
    /// Says how many bytes belonged to the table of contents: fewer than given only at its end.
    Result<std::size_t> push(View bytes);
    bool complete() const { return field_ == Field::end; }
    /// Of the table of contents, once it is complete.
    std::uint64_t bytes() const { return taken_; }
    Toc take() { return std::move(toc_); }

private:
    enum class Field {
        fixed,
        compression,
        created,
        database,
        server_version,
        tool_version,
        count,
        // Of each entry:
        dump_id,
        had_dumper,
        table_oid,
        oid,
        tag,
        desc,
        section,
        defn,
        drop_stmt,
        copy_stmt,
        schema,
        tablespace,
        table_am,
        relkind,
        owner,
        with_oids,
        dependencies,
        data_state,
        end
    };
    class Cursor;

    std::size_t bytes_max_;
    std::uint64_t taken_ = 0;  // bytes of complete fields
    Bytes pending_;            // the start of a field whose rest is still to come
    Field field_ = Field::fixed;
    std::int32_t entries_left_ = 0;
    Toc toc_;
    TocEntry entry_;

    Status read_fields(Cursor& in);
    Result<bool> read_field(Cursor& in);
    Result<bool> read_header_field(Cursor& in);
    Result<bool> read_entry_text(Cursor& in);
    Result<bool> read_fixed(Cursor& in);
    Result<bool> read_compression(Cursor& in);
    Result<bool> read_created(Cursor& in);
    Result<bool> read_dependency(Cursor& in);
    Result<bool> read_data_state(Cursor& in);
    Field after(Field field) const;
    Status finish_entry();
    Status check_ids() const;
};

/// Reads the header and table of contents from the start of a dump, and says how long they are.
/// Nothing: more bytes are needed.
Result<std::optional<std::pair<Toc, std::size_t>>> parse_toc(View bytes, std::size_t bytes_max);
/// The same bytes pg_dump would write for it: write_toc(parse_toc(x)) == x.
Bytes write_toc(const Toc& toc);

}  // namespace ds::engines::postgres
