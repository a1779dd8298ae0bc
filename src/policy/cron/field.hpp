#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace ds::policy {

/// What one field of a cron line may hold.
struct FieldKind {
    std::string_view name;
    unsigned lowest = 0;
    unsigned highest = 0;
    std::span<const std::string_view> words;  // "jan" stands for `lowest`, "feb" for the next
    bool question_mark = false;               // `?` is allowed, as another word for `*`
    bool last = false;                        // `L` is allowed
};

/// What a field of a cron line says.
struct Field {
    std::uint64_t values = 0;  // bit n for the value n
    bool star = false;         // begins with `*` or `?`
    bool last = false;         // names `L`
};

/// Reads one field, in lower case. Code::invalid tells which field is wrong and what it may hold.
Result<Field> parse_field(std::string_view text, const FieldKind& kind);

}  // namespace ds::policy
