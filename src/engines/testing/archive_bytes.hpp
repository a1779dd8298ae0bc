#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

/// Writes pg_dump's custom format byte by byte, independently of the code under test, also in ways
/// that pg_dump never would.
namespace ds::engines::testing {

using Text = std::optional<std::string>;

class ArchiveBytes {
public:
    Bytes bytes;

    ArchiveBytes& byte(unsigned value) {
        bytes.push_back(static_cast<std::byte>(value));
        return *this;
    }
    ArchiveBytes& number(std::int64_t value) {
        byte(value < 0 ? 1 : 0);
        append_le32(bytes, static_cast<std::uint32_t>(value < 0 ? -value : value));
        return *this;
    }
    ArchiveBytes& text(const Text& value) {
        if (!value) return number(-1);
        number(static_cast<std::int64_t>(value->size()));
        return raw(*value);
    }
    ArchiveBytes& raw(std::string_view value) {
        append(bytes, view_of(value));
        return *this;
    }

    /// Up to and including the number of entries.
    ArchiveBytes& head(unsigned minor, std::int64_t entries, int compression = 0) {
        raw("PGDMP").byte(1).byte(minor).byte(0).byte(4).byte(8).byte(1);
        if (minor >= 15)
            byte(static_cast<unsigned>(compression));
        else
            number(compression);
        for (const int part : {7, 32, 14, 13, 7, 126, -1}) number(part);
        return text("shop").text("17.10").text("17.11 (Debian 17.11-1)").number(entries);
    }

    struct Entry {
        int id = 1;
        std::string desc = "TABLE";
        std::string tag = "orders";
        Text schema = "public";
        bool data = false;
        Text defn, copy;
        std::vector<int> needs;
        unsigned state = 0;  // 0: what fits `data`
        std::uint64_t offset = 0;
    };
    ArchiveBytes& entry(unsigned minor, const Entry& entry) {
        number(entry.id).number(entry.data ? 1 : 0).text("1259").text("16384");
        text(entry.tag).text(entry.desc).number(entry.data ? 3 : 2);
        text(entry.defn).text(Text{}).text(entry.copy).text(entry.schema).text("").text("heap");
        if (minor >= 16) number('r');
        text("alice").text("false");
        for (const int id : entry.needs) text(std::to_string(id));
        text(Text{}).byte(entry.state != 0 ? entry.state : entry.data ? 1U : 3U);
        for (unsigned shift = 0; shift < 64; shift += 8) byte(entry.offset >> shift & 0xff);
        return *this;
    }

    ArchiveBytes& block(unsigned kind, int id) { return byte(kind).number(id); }
    ArchiveBytes& chunks(const std::vector<std::string>& chunks) {
        for (const auto& chunk : chunks) text(chunk);
        return number(0);
    }
    /// As pg_dump writes a table: a chunk per line, then the end marker.
    ArchiveBytes& rows(int id, const std::vector<std::string>& lines) {
        block(1, id);
        for (const auto& line : lines) text(line + "\n");
        return chunks({"\\.\n\n\n"});
    }
};

/// A table of contents with the tables public.orders (1, data 11), public.empty (2, data 12) and
/// large objects (13), then their data.
inline Bytes sample_archive(unsigned minor = 16) {
    ArchiveBytes archive;
    archive.head(minor, 5);
    archive.entry(minor, {.id = 1, .defn = "CREATE TABLE public.orders (a text);\n"});
    archive.entry(minor, {.id = 2, .tag = "empty", .defn = "CREATE TABLE public.empty ();\n"});
    archive.entry(minor, {.id = 11,
                          .desc = "TABLE DATA",
                          .data = true,
                          .copy = "COPY public.orders (a) FROM stdin;\n",
                          .needs = {1}});
    archive.entry(minor, {.id = 12,
                          .desc = "TABLE DATA",
                          .tag = "empty",
                          .data = true,
                          .copy = "COPY public.empty  FROM stdin;\n",
                          .needs = {2}});
    archive.entry(minor,
                  {.id = 13, .desc = "BLOBS", .tag = "BLOBS", .schema = Text{}, .data = true});
    archive.rows(11, {"one", "\\\\.", "", "\\N", "last"}).rows(12, {});
    archive.block(3, 13).number(16400).chunks({"hel", "lo\n"}).number(16401).chunks({});
    // 3000000000, written as if it were an int.
    return archive.number(-1294967296).chunks({"high"}).number(0).bytes;
}

}  // namespace ds::engines::testing
