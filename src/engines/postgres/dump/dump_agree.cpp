#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/connection/utf8.hpp"
#include "engines/postgres/dump/dump.hpp"

// The proof that what went by is what the snapshot had.
namespace ds::engines::postgres {
namespace {

struct Dumped {
    Span* span;
    const TocEntry* entry;
};

// Names in a dump are in the database's encoding; OIDs find the tables whatever that is.
std::map<std::string, Dumped> spans_by_oid(const Toc& toc, DumpIndex& index) {
    std::map<std::string, Dumped> all;
    for (auto& span : index.spans) {
        span.object = utf8_safe(span.object);
        const auto* entry = span.kind == SpanKind::rows ? toc.find(span.dump_id) : nullptr;
        if (entry != nullptr) all[entry->oid] = {&span, entry};
    }
    return all;
}

Error differs(std::string message) {
    return fail(Code::corrupt, "the dump does not agree with the snapshot: " + std::move(message),
                "The backup was given up; the next run tries again.");
}

}  // namespace

Status agree(const Toc& toc, DumpIndex& index, Facts& facts) {
    const auto dumped = spans_by_oid(toc, index);
    for (auto& table : facts.tables) {
        if (table.kind == "materialized view") continue;
        const auto name = utf8_safe(qualified(table.schema, table.name));
        const auto found = dumped.find(table.oid);
        if (found == dumped.end()) return differs(fmt::format("the rows of {} are missing", name));
        auto& span = *found->second.span;
        if (span.rows != table.rows) {
            return differs(fmt::format("{} has {} rows in the dump and {} in the snapshot", name,
                                       span.rows, table.rows));
        }
        span.object = name;
        table.content = span.content;
    }
    std::uint64_t large_objects = 0;
    for (const auto& span : index.spans) {
        if (span.kind == SpanKind::blobs) large_objects += span.rows;
    }
    if (large_objects != facts.large_objects) {
        return differs(
            fmt::format("it has {} large objects of {}", large_objects, facts.large_objects));
    }
    return {};
}

}  // namespace ds::engines::postgres
