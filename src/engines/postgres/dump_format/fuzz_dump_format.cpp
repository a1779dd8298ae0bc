#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>

#include "engines/postgres/dump_format/dump_format.hpp"
#include "engines/postgres/dump_format/toc_edit.hpp"

/// libFuzzer's door to the readers of dumps. The first byte says in pieces of what size the rest
/// comes. Broken promises of ours abort by DS_CHECK; the rest is for the sanitizers.
namespace ds::engines::postgres {
namespace {

constexpr std::size_t toc_max = 1 * MiB;

void edit(const Toc& toc) {
    const auto roles = roles_named(toc);
    auto renamed = toc;
    (void)rename_roles(renamed, {{"alice", "b\"ob"}});
    auto dropped = toc;
    const auto missing = roles ? *roles : std::set<std::string>{"alice"};
    if (drop_roles(dropped, missing)) {
        const auto left = roles_named(dropped);
        DS_CHECK(left && left->empty(), "a role that was dropped is still named");
    }
    std::vector<TableName> tables;
    for (const auto& entry : toc.entries) {
        const auto name = TableName::parse(entry.tag);
        if (name) DS_CHECK(TableName::parse(name->text()), "a name does not read what it wrote");
        if (entry.desc == "TABLE" && tables.size() < 3)
            tables.push_back({entry.schema.value_or(""), entry.tag});
    }
    (void)select_tables(toc, tables);
}

void read_toc(View bytes) {
    const auto parsed = parse_toc(bytes, toc_max);
    if (!parsed || !*parsed) return;
    const auto& [toc, length] = **parsed;
    const auto again = write_toc(toc);
    DS_CHECK(std::ranges::equal(View{again}, bytes.first(length)), "written as it was not read");
    edit(toc);
}

void unwrap(View bytes, const Span& span) {
    auto rest = bytes.subspan(span.offset, span.bytes);
    const auto read = [&](Room room) -> Result<std::size_t> {
        const auto count = std::min<std::size_t>({room.size(), rest.size(), 3 + span.bytes % 61});
        std::copy_n(rest.begin(), count, room.begin());
        rest = rest.subspan(count);
        return count;
    };
    std::uint64_t rows = 0;
    if (span.kind == SpanKind::rows) {
        const auto count = [&](View lines) -> Status {
            rows += static_cast<std::uint64_t>(std::ranges::count(lines, std::byte{'\n'}));
            return {};
        };
        DS_CHECK(unwrap_rows(read, span.dump_id, count), "the parser took what unwrapping refuses");
    } else if (span.kind == SpanKind::blobs) {
        BlobVisitor visitor;
        visitor.end = [&]() -> Status {
            ++rows;
            return {};
        };
        DS_CHECK(unwrap_blobs(read, span.dump_id, visitor),
                 "the parser took what unwrapping refuses");
    }
    DS_CHECK(rows == span.rows, "unwrapping finds another number of rows");
}

Result<DumpIndex> index_of(View bytes, std::size_t piece) {
    DumpParser parser;
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(piece, bytes.size()));
        DS_DO(parser.push(part));
        bytes = bytes.subspan(part.size());
    }
    return parser.finish();
}

void read_dump(View bytes, std::size_t piece) {
    const auto whole = index_of(bytes, bytes.size());
    const auto pieces = index_of(bytes, piece);
    DS_CHECK(whole.has_value() == pieces.has_value(), "the size of the pieces matters");
    if (!whole) return;
    DS_CHECK(!first_difference(*whole, *pieces), "the size of the pieces matters to the index");
    for (const auto& span : whole->spans) unwrap(bytes, span);
}

}  // namespace
}  // namespace ds::engines::postgres

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto bytes = std::as_bytes(std::span{data, size});
    ds::engines::postgres::read_toc(bytes.subspan(1));
    ds::engines::postgres::read_dump(bytes.subspan(1), 1 + data[0]);
    return 0;
}
