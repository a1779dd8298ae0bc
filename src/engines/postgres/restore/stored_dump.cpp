#include "engines/postgres/restore/stored_dump.hpp"

#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::engines::postgres {
namespace {

template <class T>
Result<T> described(const json::Value& value, const char* what) {
    T item{};
    DS_DO(json::read_into(item, value, "")
              .while_doing(fmt::format("reading the {} of the backup", what)));
    return item;
}

// Spans cover the stream without a gap, so that a range can be trusted to be what it is called.
Status check_spans(const DumpIndex& index) {
    std::uint64_t at = 0;
    for (const auto& span : index.spans) {
        if (span.offset != at || span.bytes > index.bytes - at) {
            return fail(Code::corrupt,
                        fmt::format("the index of the dump has a gap at byte {}", at));
        }
        at += span.bytes;
    }
    if (at != index.bytes || index.spans.empty() || index.spans.front().kind != SpanKind::header) {
        return fail(Code::corrupt, "the index of the dump is not complete");
    }
    return {};
}

Result<Toc> read_toc(PartReader& backup, const Span& header) {
    if (header.bytes > toc_bytes_max)
        return fail(Code::corrupt, "the table of contents is too large");
    DS_TRY(const auto source, backup.open(dump_part, 0, header.bytes));
    DS_TRY(const auto bytes, stream::read_all(*source, static_cast<std::size_t>(header.bytes)));
    if (crypto::sha256_hex(bytes) != header.sha256) {
        return fail(Code::corrupt, "the table of contents is not the one that was written");
    }
    DS_TRY(auto parsed, parse_toc(bytes, toc_bytes_max));
    if (!parsed || parsed->second != bytes.size()) {
        return fail(Code::corrupt, "the table of contents breaks off");
    }
    return std::move(parsed->first);
}

}  // namespace

Result<DumpIndex> stored_index(const PartReader& backup) {
    DS_TRY(auto index, described<DumpIndex>(backup.index(dump_part), "index"));
    DS_DO(check_spans(index));
    return index;
}

Result<Facts> stored_facts(const PartReader& backup) {
    return described<Facts>(backup.facts(), "facts");
}

Result<StoredDump> open_dump(PartReader& backup) {
    StoredDump dump;
    DS_TRY(dump.facts, stored_facts(backup));
    DS_TRY(dump.index, stored_index(backup));
    DS_TRY(dump.toc, read_toc(backup, dump.index.spans.front()));
    // The archive's header has the bare number: "17.11 (Debian 17.11-0+deb13u1)".
    DS_TRY(dump.dump_major, major_of("pg_dump (PostgreSQL) " + dump.toc.tool_version.value_or("")));
    for (const auto& span : dump.index.spans) {
        if (span.kind == SpanKind::header || span.kind == SpanKind::trailer) continue;
        if (dump.toc.find(span.dump_id) == nullptr) {
            return fail(Code::corrupt,
                        fmt::format("the index names entry {}, which the dump does not have",
                                    span.dump_id));
        }
    }
    return dump;
}

}  // namespace ds::engines::postgres
