#include "engines/postgres/proof/inspect.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/dump_format/toc_sql.hpp"
#include "engines/postgres/restore/stored_dump.hpp"

namespace ds::engines::postgres {
namespace {

constexpr const char* globals_part = "globals.sql";
constexpr std::size_t piece_bytes = 256 * KiB;

// How many columns "COPY public.t (a, b) FROM stdin;" names; nothing when it names none.
std::optional<std::size_t> columns_of(const std::string& copy_stmt) {
    const auto statements = split_sql(copy_stmt);
    if (!statements || statements->empty()) return {};
    std::optional<std::size_t> count;
    for (const auto& token : statements->front().tokens) {
        if (token.is_symbol('(')) count = 1;
        if (token.is_symbol(')')) return count;
        if (count && token.is_symbol(',')) ++*count;
    }
    return {};
}

// Counts the columns of every row as it goes by. In COPY text a tab within a value is written as
// \t, so each tab is the end of a column.
class ColumnCheck {
public:
    void rows(const Toc& toc, std::int32_t dump_id, View lines) {
        if (dump_id != dump_id_) begin(toc, dump_id);
        while (!lines.empty()) {
            const auto* newline =
                static_cast<const std::byte*>(std::memchr(lines.data(), '\n', lines.size()));
            const auto length = newline == nullptr
                                    ? lines.size()
                                    : static_cast<std::size_t>(newline - lines.data());
            const auto line = lines.first(length);
            tabs_ +=
                static_cast<std::size_t>(std::count(line.begin(), line.end(), std::byte{'\t'}));
            if (newline == nullptr) return;
            end_of_row();
            lines = lines.subspan(length + 1);
        }
    }
    Check result() const { return {"columns of every row", problem_.empty(), rows_, problem_}; }

private:
    std::int32_t dump_id_ = 0;
    std::string object_;
    std::optional<std::size_t> columns_;
    std::size_t tabs_ = 0;
    std::uint64_t row_ = 0, rows_ = 0;
    std::string problem_;

    void begin(const Toc& toc, std::int32_t dump_id) {
        dump_id_ = dump_id;
        const auto* entry = toc.find(dump_id);
        object_ = entry == nullptr ? std::string{} : entry->label();
        columns_ =
            entry != nullptr && entry->copy_stmt ? columns_of(*entry->copy_stmt) : std::nullopt;
        tabs_ = row_ = 0;
    }
    void end_of_row() {
        ++row_;
        ++rows_;
        if (problem_.empty() && columns_ && tabs_ + 1 != *columns_) {
            problem_ = fmt::format("{}: row {} has {} columns of {}", printable(object_), row_,
                                   tabs_ + 1, *columns_);
        }
        tabs_ = 0;
    }
};

// A part that is there but wrong is a finding; one that cannot be reached is not.
bool is_finding(const Error& error) {
    return error.code() == Code::corrupt || error.code() == Code::not_found;
}

Status follow(PartReader& backup, DumpParser& parser, const sys::Run& run) {
    DS_TRY(const auto source, backup.open(dump_part, 0, std::nullopt));
    Bytes buffer(piece_bytes);
    for (;;) {
        DS_DO(run.check());
        DS_TRY(const auto got, source->read(buffer));
        if (got == 0) return {};
        run.progress.advance(got, 0);
        DS_DO(parser.push(View{buffer}.first(got)));
    }
}

Check compare_index(const DumpIndex& expected, DumpIndex found) {
    // Names were made fit for people when the index was stored.
    std::map<std::int32_t, std::string> names;
    for (const auto& span : expected.spans) names[span.dump_id] = span.object;
    for (auto& span : found.spans) {
        if (names.contains(span.dump_id)) span.object = names[span.dump_id];
    }
    const auto difference = first_difference(expected, found);
    return {"blocks and their content", !difference, found.spans.size(), difference.value_or("")};
}

// The counts that the snapshot had, against those of the blocks; that these are so was compared
// already.
Check compare_counts(const Facts& facts, const DumpIndex& index) {
    Check check{"row counts", true, 0, {}};
    std::map<std::string, const Span*> spans;
    for (const auto& span : index.spans) {
        if (span.kind == SpanKind::rows) spans[span.object] = &span;
    }
    for (const auto& table : facts.tables) {
        if (table.kind == "materialized view") continue;
        ++check.compared;
        const auto name = qualified(table.schema, table.name);
        const auto span = spans.find(name);
        const auto rows = span == spans.end() ? 0 : span->second->rows;
        if (span != spans.end() && rows == table.rows) continue;
        if (check.ok)
            check.detail = fmt::format("{}: {} rows of {}", printable(name), rows, table.rows);
        check.ok = false;
    }
    return check;
}

Result<Check> read_other_part(PartReader& backup, const std::string& part, const sys::Run& run) {
    Check check{part + " is complete", true, 0, {}};
    const auto read = [&]() -> Status {
        DS_TRY(const auto source, backup.open(part, 0, std::nullopt));
        Bytes buffer(piece_bytes);
        for (;;) {
            DS_DO(run.check());
            DS_TRY(const auto got, source->read(buffer));
            if (got == 0) return {};
            check.compared += got;
        }
    };
    if (const auto status = read(); !status) {
        if (!is_finding(status.error())) return status.error();
        check.ok = false;
        check.detail = status.error().message();
    }
    return check;
}

}  // namespace

Result<std::vector<Check>> inspect(PartReader& backup, const sys::Run& run) {
    DS_TRY(const auto facts, stored_facts(backup));
    DS_TRY(const auto index, stored_index(backup));
    run.progress.step("inspect");
    run.progress.expect(index.bytes);
    DumpParser parser;
    ColumnCheck columns;
    parser.on_rows = [&](std::int32_t dump_id, View lines) -> Status {
        columns.rows(*parser.toc(), dump_id, lines);
        return {};
    };
    std::vector<Check> checks;
    auto status = follow(backup, parser, run);
    auto found = status ? parser.finish() : Result<DumpIndex>{std::move(status.error())};
    if (!found && !is_finding(found.error())) return std::move(found.error());
    checks.push_back({"structure of the dump", found.has_value(), index.spans.size(),
                      found ? std::string{} : found.error().message()});
    if (found) {
        checks.push_back(compare_index(index, *found));
        checks.push_back(columns.result());
        checks.push_back(compare_counts(facts, index));
    }
    DS_TRY(checks.emplace_back(), read_other_part(backup, globals_part, run));
    return checks;
}

}  // namespace ds::engines::postgres
