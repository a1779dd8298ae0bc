#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/dump_format/dump_format.hpp"

namespace ds::engines::postgres {
namespace {

std::string name_of(const Span& span) {
    if (span.kind == SpanKind::header) return "table of contents";
    return span.object.empty() ? fmt::format("entry {}", span.dump_id) : printable(span.object);
}

// The most telling difference of two spans of the same entry; empty when there is none.
std::string difference(const Span& expected, const Span& found) {
    if (found.kind != expected.kind) return "other kind of data";
    if (found.rows != expected.rows) {
        return fmt::format("{} {} of {}", found.rows,
                           found.kind == SpanKind::blobs ? "objects" : "rows", expected.rows);
    }
    if (found.content != expected.content) return "same number of rows, but other content";
    if (found.bytes != expected.bytes)
        return fmt::format("{} bytes of {}", found.bytes, expected.bytes);
    if (found.sha256 != expected.sha256) return "other bytes (SHA-256 differs)";
    if (found.offset != expected.offset) return "at another place";
    if (found.object != expected.object) return "other name";
    return {};
}

}  // namespace

std::optional<std::string> first_difference(const DumpIndex& expected, const DumpIndex& found) {
    // The header and trailer have no number of their own, which is 0 for both.
    std::map<std::pair<std::int32_t, bool>, const Span*> left;
    const auto key = [](const Span& span) {
        return std::pair{span.dump_id, span.kind == SpanKind::header};
    };
    for (const auto& span : found.spans) {
        if (!left.emplace(key(span), &span).second) return name_of(span) + ": there twice";
    }
    for (const auto& span : expected.spans) {
        const auto other = left.find(key(span));
        if (other == left.end()) return name_of(span) + ": missing";
        const auto what = difference(span, *other->second);
        if (!what.empty()) return name_of(span) + ": " + what;
        left.erase(other);
    }
    if (!left.empty()) return name_of(*left.begin()->second) + ": not expected";
    if (found.bytes != expected.bytes) {
        return fmt::format("the whole: {} bytes of {}", found.bytes, expected.bytes);
    }
    return {};
}

}  // namespace ds::engines::postgres
