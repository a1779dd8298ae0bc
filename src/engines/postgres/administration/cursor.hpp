#pragma once

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "engines/postgres/connection/connection.hpp"

namespace ds::engines::postgres {

/// Where a page ended: by which columns it was ordered, and their values in its last row.
struct PageEnd {
    std::vector<std::string> by;
    std::vector<std::string> after;
};
BOOST_DESCRIBE_STRUCT(PageEnd, (), (by, after))

inline std::string write_cursor(const std::vector<std::string>& by, const Parameters& after) {
    PageEnd end{by, {}};
    // As hexadecimal: in a database of SQL_ASCII they may be anything.
    for (const auto& value : after) end.after.push_back(to_hex(view_of(value.value_or(""))));
    return to_hex(view_of(json::write(end)));
}

/// The values behind which the next page begins; none for "". Code::invalid for a cursor that is
/// not ours, or of another order.
inline Result<Parameters> read_cursor(const std::string& cursor,
                                      const std::vector<std::string>& by) {
    if (cursor.empty()) return Parameters{};
    const auto read = [&]() -> Result<Parameters> {
        DS_TRY(const auto bytes, from_hex(cursor));
        DS_TRY(const auto end, json::read<PageEnd>(std::string{text_of(bytes)}));
        if (end.by != by || end.after.size() != by.size())
            return fail(Code::invalid, "another order");
        Parameters values;
        for (const auto& value : end.after) {
            DS_TRY(const auto plain, from_hex(value));
            const auto text = text_of(plain);
            if (text.find('\0') != text.npos) return fail(Code::invalid, "a NUL");
            values.emplace_back(text);
        }
        return values;
    };
    auto values = read();
    if (values) return values;
    return fail(Code::invalid, "cursor: it is not one of this list",
                "Take `next` of the page before, or leave it out.");
}

}  // namespace ds::engines::postgres
