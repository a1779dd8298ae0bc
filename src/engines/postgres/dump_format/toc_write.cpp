#include "engines/postgres/dump_format/toc.hpp"

namespace ds::engines::postgres {
namespace {

struct Writer {
    Bytes out;

    void byte(std::uint8_t value) { out.push_back(std::byte{value}); }
    void integer(std::int32_t value) {
        byte(value < 0 ? 1 : 0);
        const auto bits = static_cast<std::uint32_t>(value);
        append_le32(out, value < 0 ? 0 - bits : bits);
    }
    void text(const std::string& value) {
        DS_CHECK(value.size() <= INT32_MAX, "a text of a table of contents is too long");
        integer(static_cast<std::int32_t>(value.size()));
        append(out, view_of(value));
    }
    void text(const std::optional<std::string>& value) {
        if (value)
            text(*value);
        else
            integer(-1);
    }
};

void write_head(Writer& to, const Toc& toc) {
    append(to.out, view_of("PGDMP"));
    for (const auto value : {toc.version_major, toc.version_minor, toc.version_rev, toc.int_bytes,
                             toc.offset_bytes, std::uint8_t{1}}) {
        to.byte(value);
    }
    if (toc.version_minor >= 15)
        to.byte(toc.compression_algorithm);
    else
        to.integer(toc.compression_level);
    for (const auto number : toc.created) to.integer(number);
    to.text(toc.database);
    to.text(toc.server_version);
    to.text(toc.tool_version);
}

void write_entry(Writer& to, const Toc& toc, const TocEntry& entry) {
    to.integer(entry.dump_id);
    to.integer(entry.had_dumper ? 1 : 0);
    for (const auto* text : {&entry.table_oid, &entry.oid, &entry.tag, &entry.desc}) to.text(*text);
    to.integer(entry.section);
    for (const auto* text : {&entry.defn, &entry.drop_stmt, &entry.copy_stmt, &entry.schema,
                             &entry.tablespace, &entry.table_am}) {
        to.text(*text);
    }
    if (toc.version_minor >= 16) to.integer(entry.relkind);
    to.text(entry.owner);
    to.text(std::string{"false"});
    for (const auto id : entry.dependencies) to.text(std::to_string(id));
    to.text(std::optional<std::string>{});
    to.byte(entry.data_state);
    append_le32(to.out, static_cast<std::uint32_t>(entry.data_offset));
    append_le32(to.out, static_cast<std::uint32_t>(entry.data_offset >> 32));
}

}  // namespace

Bytes write_toc(const Toc& toc) {
    DS_CHECK(toc.int_bytes == 4 && toc.offset_bytes == 8, "only the usual sizes can be written");
    Writer to;
    write_head(to, toc);
    to.integer(static_cast<std::int32_t>(toc.entries.size()));
    for (const auto& entry : toc.entries) write_entry(to, toc, entry);
    return std::move(to.out);
}

}  // namespace ds::engines::postgres
