#include "engines/postgres/restore/loader_span.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "base/guarded.hpp"
#include "base/text.hpp"
#include "engines/postgres/restore/blob_writer.hpp"
#include "stream/handoff.hpp"

namespace ds::engines::postgres {
namespace {

// Pieces of 256 KiB that wait between the thread that reads the store and the one that feeds the
// server.
constexpr std::size_t pieces_ahead = 8;
// Below this a thread of its own costs more than it gains.
constexpr std::uint64_t small_span_bytes = MiB;

// The bytes of one span out of a source that goes on after it.
class SpanBytes {
public:
    SpanBytes(stream::Source& source, const Span& span, const sys::Run& run)
        : source_{source}, left_{span.bytes}, run_{run} {}

    Result<std::size_t> operator()(Room room) {
        DS_DO(run_.check());
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), left_));
        if (wanted == 0) return std::size_t{0};
        DS_TRY(const auto got, source_.read(room.first(wanted)));
        if (got == 0)
            return fail(Code::corrupt, fmt::format("the dump ends {} bytes early", left_));
        left_ -= got;
        run_.progress.advance(got, got);
        return got;
    }

private:
    stream::Source& source_;
    std::uint64_t left_;
    const sys::Run& run_;
};

// Rows of one span, unwrapped ahead of the COPY that takes them.
class RowsAhead {
public:
    RowsAhead(const Span& span, stream::Source& source, const sys::Run& run)
        : pieces_{slots(span)} {
        const auto produce = [this, &span, &source, &run] {
            // Seen by the consumer only after close(), which orders the two.
            status_ = guarded([&] {
                return unwrap_rows(SpanBytes{source, span, run}, span.dump_id,
                                   [&](View lines) { return hand_over(lines); });
            });
            pieces_.close();
        };
        if (span.bytes <= small_span_bytes) {
            produce();
        } else {
            thread_ = std::jthread{produce};
        }
    }
    ~RowsAhead() { pieces_.abandon(); }

    /// Empty at the end. Valid until the next call.
    Result<View> next() {
        auto piece = pieces_.pop();
        if (!piece) {
            DS_DO(status_);
            return View{};
        }
        current_ = std::move(*piece);
        return View{current_};
    }

private:
    stream::Handoff<Bytes> pieces_;
    Bytes current_;
    Status status_;
    std::jthread thread_;  // last: joined before the others go

    Status hand_over(View lines) {
        if (pieces_.push(Bytes{lines.begin(), lines.end()})) return {};
        return fail(Code::cancelled, "the server takes no more rows");
    }

    static std::size_t slots(const Span& span) {
        return span.bytes <= small_span_bytes ? SIZE_MAX : pieces_ahead;
    }
};

Error mismatch(const Span& span, std::uint64_t taken) {
    return fail(Code::corrupt, fmt::format("{}: the server took {} rows of {}",
                                           printable(span.object), taken, span.rows));
}

}  // namespace

SpanLoader::SpanLoader(Connection& connection, PartReader& backup, const Toc& toc,
                       Transaction transaction)
    : connection_{connection}, backup_{backup}, toc_{toc}, transaction_{transaction} {}

Status SpanLoader::load(const std::vector<Span>& batch, const sys::Run& run) {
    const auto begin = batch.front().offset;
    const auto bytes = batch.back().offset + batch.back().bytes - begin;
    DS_TRY(const auto source, backup_.open(dump_part, begin, bytes));
    auto at = begin;
    for (const auto& span : batch) {
        // Between two spans of a batch lies only what is empty or was not asked for.
        for (Bytes skipped(64 * KiB); at < span.offset;) {
            const auto room = std::min<std::uint64_t>(skipped.size(), span.offset - at);
            DS_TRY(const auto got,
                   source->read(Room{skipped}.first(static_cast<std::size_t>(room))));
            if (got == 0) return fail(Code::corrupt, "the dump ends early");
            at += got;
        }
        DS_DO(run.check());
        DS_DO((span.kind == SpanKind::rows ? load_rows(span, *source, run)
                                           : load_blobs(span, *source, run))
                  .while_doing("loading " + printable(span.object)));
        at += span.bytes;
    }
    loaded_.bytes += bytes;
    return {};
}

Status SpanLoader::load_rows(const Span& span, stream::Source& source, const sys::Run& run) {
    const auto* entry = toc_.find(span.dump_id);
    if (entry == nullptr || !entry->copy_stmt) {
        return fail(Code::corrupt,
                    fmt::format("entry {} has rows but no COPY statement", span.dump_id));
    }
    bool frozen = false;
    if (transaction_ == Transaction::one_per_table) {
        DS_TRY(frozen, is_new_plain_table(*entry));
    }
    const auto statement = copy_in_statement(*entry->copy_stmt, frozen);
    if (!statement) return fail(Code::unsupported, "a COPY statement of a form that is not known");
    if (frozen) {
        // A table emptied in the same transaction takes its rows frozen: no later vacuum has to
        // touch them again, and with wal_level minimal they do not go through the WAL.
        DS_DO(connection_.exec(fmt::format("BEGIN; TRUNCATE TABLE ONLY {}.{}",
                                           quoted_name(*entry->schema), quoted_name(entry->tag))));
    }
    DS_TRY(const auto taken, copy(*statement, span, source, run));
    if (taken != span.rows) return mismatch(span, taken);
    if (frozen) DS_DO(connection_.exec("COMMIT"));
    ++loaded_.tables;
    loaded_.rows += taken;
    return {};
}

Result<std::uint64_t> SpanLoader::copy(const std::string& statement, const Span& span,
                                       stream::Source& source, const sys::Run& run) {
    RowsAhead rows{span, source, run};
    return connection_.copy_in(statement, [&] { return rows.next(); });
}

Status SpanLoader::load_blobs(const Span& span, stream::Source& source, const sys::Run& run) {
    const bool own = transaction_ == Transaction::one_per_table;
    if (own) DS_DO(connection_.exec("BEGIN"));
    BlobWriter writer{connection_};
    DS_DO(unwrap_blobs(SpanBytes{source, span, run}, span.dump_id, writer.visitor()));
    DS_DO(writer.finish());
    if (writer.objects() != span.rows) return mismatch(span, writer.objects());
    if (own) DS_DO(connection_.exec("COMMIT"));
    loaded_.large_objects += writer.objects();
    return {};
}

Result<bool> SpanLoader::is_new_plain_table(const TocEntry& data) {
    if (!data.schema) return false;
    if (!plain_tables_) {
        plain_tables_.emplace();
        // Only tables that the dump itself creates: those of an extension may hold rows that came
        // with it.
        for (const auto& entry : toc_.entries) {
            if (entry.desc == "TABLE" && entry.schema)
                (*plain_tables_)[{*entry.schema, entry.tag}] = false;
        }
        DS_DO(connection_.each(
            "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c "
            "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'",
            {}, [&](Row& row) -> Status {
                const auto found = plain_tables_->find({row[0].value_or(""), row[1].value_or("")});
                if (found != plain_tables_->end()) found->second = true;
                return {};
            }));
    }
    const auto found = plain_tables_->find({*data.schema, data.tag});
    return found != plain_tables_->end() && found->second;
}

}  // namespace ds::engines::postgres
