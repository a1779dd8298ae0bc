#include "policy/cron/field.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::policy {
namespace {

Error refused(const FieldKind& kind, std::string_view item, std::string_view why) {
    auto allowed = fmt::format("{} to {}", kind.lowest, kind.highest);
    if (!kind.words.empty())
        allowed += fmt::format(" or {} to {}", kind.words.front(), kind.words.back());
    return fail(Code::invalid, fmt::format("{} '{}': {}", kind.name, printable(item, 40), why),
                fmt::format("Allowed are {}, * for all, lists (a,b), ranges (a-b) and steps (*/n, "
                            "a-b/n){}.",
                            allowed, kind.last ? ", and L for the last day" : ""));
}

std::optional<unsigned> value_of(std::string_view text, const FieldKind& kind) {
    const auto word = std::find(kind.words.begin(), kind.words.end(), text);
    if (word != kind.words.end())
        return kind.lowest + static_cast<unsigned>(word - kind.words.begin());
    const auto number = parse_unsigned(text, kind.name);
    if (!number || *number < kind.lowest || *number > kind.highest) return {};
    return static_cast<unsigned>(*number);
}

struct Range {
    unsigned first = 0;
    unsigned last = 0;
};

/// "*", "a" or "a-b".
Result<Range> parse_range(std::string_view text, const FieldKind& kind) {
    if (text == "*" || (kind.question_mark && text == "?")) return Range{kind.lowest, kind.highest};
    const auto dash = text.find('-');
    const auto first = value_of(text.substr(0, dash), kind);
    if (!first) return refused(kind, text, "not a value of this field");
    if (dash == std::string_view::npos) return Range{*first, *first};
    auto last = value_of(text.substr(dash + 1), kind);
    if (!last) return refused(kind, text, "does not end with a value of this field");
    // A week may be said to end on Sunday: fri-sun.
    if (kind.highest == 7 && *last == 0 && *first > 0) last = 7;
    if (*last < *first)
        return refused(kind, text, "runs backwards; write two ranges with a comma between");
    return Range{*first, *last};
}

Status add_item(std::string_view item, const FieldKind& kind, Field& field) {
    if (kind.last && item == "l") {
        field.last = true;
        return {};
    }
    const auto slash = item.find('/');
    const auto range_text = item.substr(0, slash);
    DS_TRY(const auto range, parse_range(range_text, kind));
    unsigned step = 1;
    if (slash != std::string_view::npos) {
        if (range.first == range.last && range_text.find('-') == std::string_view::npos)
            return refused(kind, item, "a step needs a range or a star before it");
        const auto number = parse_unsigned(item.substr(slash + 1), kind.name);
        // A larger step would be quietly the same as none: */90 minutes would run every hour.
        if (!number || *number == 0 || *number > kind.highest)
            return refused(kind, item, fmt::format("a step is 1 to {}", kind.highest));
        step = static_cast<unsigned>(*number);
    }
    for (auto value = range.first; value <= range.last; value += step)
        field.values |= std::uint64_t{1} << value;
    return {};
}

}  // namespace

Result<Field> parse_field(std::string_view text, const FieldKind& kind) {
    Field field;
    field.star = text.starts_with('*') || text.starts_with('?');
    for (const auto& item : split(text, ',')) DS_DO(add_item(item, kind, field));
    return field;
}

}  // namespace ds::policy
