#include "engines/postgres/restore/loader.hpp"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/connection/sessions.hpp"
#include "engines/postgres/restore/loader_span.hpp"

namespace ds::engines::postgres {
namespace {

// Neighbours are read together up to this much; above it a table is worth a connection of its own.
constexpr std::uint64_t batch_bytes_max = 4 * MiB;

std::uint64_t bytes_of(const std::vector<Span>& batch) {
    return batch.back().offset + batch.back().bytes - batch.front().offset;
}

bool has_data(const Span& span) {
    return (span.kind == SpanKind::rows || span.kind == SpanKind::blobs) && span.rows > 0;
}

// "… FROM stdin;\n" without what follows the relation and its columns.
std::optional<std::string_view> copy_head(const std::string& copy_stmt) {
    auto text = trimmed(copy_stmt);
    constexpr std::string_view tail = " FROM stdin;";
    if (!text.starts_with("COPY ") || !text.ends_with(tail)) return {};
    return text.substr(0, text.size() - tail.size());
}

}  // namespace

std::vector<std::vector<Span>> reading_order(std::vector<Span> spans) {
    std::erase_if(spans, [](const Span& span) { return !has_data(span); });
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.offset < b.offset; });
    std::vector<std::vector<Span>> batches;
    for (auto& span : spans) {
        const bool joins =
            !batches.empty() &&
            span.offset + span.bytes - batches.back().front().offset <= batch_bytes_max;
        if (!joins) batches.emplace_back();
        batches.back().push_back(std::move(span));
    }
    std::sort(batches.begin(), batches.end(),
              [](const auto& a, const auto& b) { return bytes_of(a) > bytes_of(b); });
    return batches;
}

std::optional<std::string> copy_in_statement(const std::string& copy_stmt, bool freeze) {
    const auto head = copy_head(copy_stmt);
    if (!head) return {};
    return fmt::format("{} FROM stdin{}", *head, freeze ? " WITH (FREEZE)" : "");
}

Status prepare_for_data(Connection& connection, const Toc& toc) {
    DS_DO(connection.exec(
        "SET check_function_bodies = false; SET xmloption = content; SET synchronous_commit = off; "
        "SET default_transaction_read_only = off; SET bytea_output = hex;"
        "SET client_min_messages = error"));
    for (const auto& entry : toc.entries) {
        // "SET client_encoding = 'LATIN1';": of the names in COPY statements and of the rows.
        if (entry.desc != "ENCODING" || !entry.defn) continue;
        DS_DO(connection.exec(*entry.defn).while_doing("taking over the dump's encoding"));
    }
    return {};
}

Result<Loaded> load_data(const LoadRequest& request, const sys::Run& run) {
    const auto batches = reading_order(request.spans);
    std::mutex mutex;
    Loaded total;  // guarded by mutex
    const auto work = [&](Connection& connection, const NextItem& next,
                          const sys::Run& inner) -> Status {
        DS_DO(prepare_for_data(connection, request.toc));
        SpanLoader loader{connection, request.backup, request.toc,
                          SpanLoader::Transaction::one_per_table};
        while (const auto item = next()) DS_DO(loader.load(batches[*item], inner));
        const std::lock_guard lock{mutex};
        total.add(loader.loaded());
        return {};
    };
    DS_DO(share_among_sessions(request.target, request.jobs, batches.size(), work, run));
    return total;
}

Result<Loaded> load_data_in_transaction(Connection& connection, const LoadRequest& request,
                                        const sys::Run& run) {
    DS_DO(prepare_for_data(connection, request.toc));
    SpanLoader loader{connection, request.backup, request.toc,
                      SpanLoader::Transaction::of_the_caller};
    for (const auto& batch : reading_order(request.spans)) DS_DO(loader.load(batch, run));
    return loader.loaded();
}

}  // namespace ds::engines::postgres
