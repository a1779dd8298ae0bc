#include "engines/postgres/dump_format/dump_format.hpp"

#include <unordered_map>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "engines/postgres/dump_format/dump_format_block.hpp"

namespace ds::engines::postgres {
namespace {

// A block that the table of contents promises.
struct Promise {
    const TocEntry* entry;
    SpanKind kind;
    bool kept = false;
};

std::string object_of(const TocEntry& entry, SpanKind kind) {
    if (kind == SpanKind::rows) return entry.label();
    // One group up to 16; since 17 several, each tagged with its range of oids.
    return entry.tag == "BLOBS" ? "large objects" : "large objects " + entry.tag;
}

Result<SpanKind> kind_of(const TocEntry& entry) {
    if (entry.desc == "BLOBS") return SpanKind::blobs;
    if (entry.desc != "TABLE DATA") {
        return fail(Code::unsupported, fmt::format("data of unknown kind '{}'", entry.desc));
    }
    if (!entry.copy_stmt) {
        return fail(Code::unsupported, fmt::format("{} is not dumped as COPY", entry.label()),
                    "Dump without --inserts.");
    }
    return SpanKind::rows;
}

}  // namespace

// The stream is: toc, then (head, body)*, and ends before a head.
struct DumpParser::State {
    enum class Phase { toc, head, rows, blobs };

    DumpParser& parser;
    Phase phase = Phase::toc;
    std::uint64_t offset = 0;  // of the next byte
    TocReader toc_reader{toc_bytes_max};
    Toc toc;
    std::unordered_map<std::int32_t, Promise> promises;
    BlockHead head;
    RowsBody rows;
    BlobsBody blobs;
    crypto::Sha256 sha;
    Span span{};
    DumpIndex index;
    std::optional<Error> failure;

    explicit State(DumpParser& owner) : parser{owner} {}
    Result<std::size_t> step(View bytes);
    Result<std::size_t> step_toc(View bytes);
    Result<std::size_t> step_head(View bytes);
    Status begin_data();
    Status begin_block();
    template <class Body>
    Result<std::size_t> step_body(Body& body, View bytes);
    Status push(View bytes);
    Result<DumpIndex> finish();
    bool span_complete() const;
    void finish_span();
};

Status DumpParser::State::push(View bytes) {
    while (!bytes.empty()) {
        DS_TRY(const auto count, step(bytes));
        sha.update(bytes.first(count));
        span.bytes += count;
        offset += count;
        bytes = bytes.subspan(count);
        if (span_complete()) finish_span();
    }
    return {};
}

Result<std::size_t> DumpParser::State::step(View bytes) {
    switch (phase) {
        case Phase::toc: return step_toc(bytes);
        case Phase::head: return step_head(bytes);
        case Phase::rows: return step_body(rows, bytes);
        default: return step_body(blobs, bytes);
    }
}

Result<std::size_t> DumpParser::State::step_toc(View bytes) {
    DS_TRY(const auto count, toc_reader.push(bytes));
    if (toc_reader.complete()) {
        toc = toc_reader.take();
        DS_DO(begin_data());
    }
    return count;
}

Status DumpParser::State::begin_data() {
    for (const auto& entry : toc.entries) {
        if (!entry.had_dumper) continue;
        DS_TRY(const auto kind, kind_of(entry));
        promises.emplace(entry.dump_id, Promise{&entry, kind});
    }
    if (toc.compressed() && !promises.empty()) {
        return fail(Code::unsupported, "the data in this dump is compressed by pg_dump",
                    "Dump with `pg_dump -Fc -Z0`.");
    }
    phase = Phase::head;
    return {};
}

Result<std::size_t> DumpParser::State::step_head(View bytes) {
    const auto count = head.push(bytes);
    if (head.done()) DS_DO(begin_block());
    return count;
}

Status DumpParser::State::begin_block() {
    DS_TRY(const auto id, head.dump_id(span.offset));
    const auto found = promises.find(id);
    if (found == promises.end()) {
        return fail(Code::corrupt,
                    fmt::format("dump at byte {}: a data block for entry {}, which has none",
                                span.offset, id));
    }
    auto& [entry, kind, kept] = found->second;
    DS_DO(head.expect(kind, span.offset));
    const auto object = object_of(*entry, kind);
    if (std::exchange(kept, true)) {
        return fail(Code::corrupt,
                    fmt::format("dump at byte {}: {} is there twice", span.offset, object));
    }
    if (entry->data_state == 2 && entry->data_offset != span.offset) {
        return fail(Code::corrupt, fmt::format("dump at byte {}: {} should be at byte {}",
                                               span.offset, object, entry->data_offset));
    }
    head.restart();
    span.kind = kind, span.dump_id = id, span.object = object;
    if (kind == SpanKind::rows) {
        rows = RowsBody{};
        if (parser.on_rows) {
            rows = RowsBody{[this, id](View lines) { return parser.on_rows(id, lines); }};
        }
        phase = Phase::rows;
    } else {
        blobs = BlobsBody{};
        phase = Phase::blobs;
    }
    return {};
}

template <class Body>
Result<std::size_t> DumpParser::State::step_body(Body& body, View bytes) {
    DS_TRY(const auto count, body.push(bytes, offset));
    if (body.done()) phase = Phase::head;
    return count;
}

bool DumpParser::State::span_complete() const { return phase == Phase::head && head.empty(); }

void DumpParser::State::finish_span() {
    if (span.kind == SpanKind::rows) {
        span.rows = rows.rows();
        span.content = rows.content().hex();
    } else if (span.kind == SpanKind::blobs) {
        span.rows = blobs.objects();
        span.content = blobs.content().hex();
    }
    span.sha256 = sha.finish_hex();
    index.spans.push_back(std::exchange(span, Span{}));
    span.offset = offset;
}

Result<DumpIndex> DumpParser::State::finish() {
    if (!span_complete()) {
        const auto where = phase == Phase::toc    ? std::string{"the table of contents"}
                           : phase == Phase::head ? std::string{"the head of a data block"}
                                                  : span.object;
        return fail(Code::corrupt,
                    fmt::format("the dump breaks off after {} bytes, in {}", offset, where));
    }
    for (const auto& entry : toc.entries) {
        const auto promise = promises.find(entry.dump_id);
        if (promise == promises.end() || promise->second.kept) continue;
        return fail(Code::corrupt, fmt::format("the dump ends after {} bytes without {}", offset,
                                               object_of(entry, promise->second.kind)));
    }
    index.bytes = offset;
    return std::move(index);
}

DumpParser::DumpParser() : state_{std::make_unique<State>(*this)} {}
DumpParser::~DumpParser() = default;

Status DumpParser::push(View bytes) {
    if (state_->failure) return *state_->failure;
    auto done = state_->push(bytes);
    if (!done) state_->failure = done.error();
    return done;
}

Result<DumpIndex> DumpParser::finish() {
    if (state_->failure) return *state_->failure;
    auto index = state_->finish();
    state_->failure = index ? fail(Code::internal, "the dump was finished before") : index.error();
    return index;
}

const Toc* DumpParser::toc() const {
    return state_->phase == State::Phase::toc ? nullptr : &state_->toc;
}

}  // namespace ds::engines::postgres
