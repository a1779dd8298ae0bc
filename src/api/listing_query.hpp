#pragma once

#include "api/route.hpp"
#include "catalog/columns.hpp"
#include "catalog/listing.hpp"

namespace ds::api {

namespace sql = catalog::sql;

/// Which of a row's columns a list may be filtered and sorted by.
struct Columns {
    std::vector<std::string> texts;
    std::vector<std::string> numbers;  // whole numbers and flags

    bool has(std::string_view name) const;
};

template <class T>
Columns columns_of(const std::vector<std::string>& hidden) {
    Columns columns;
    boost::mp11::mp_for_each<catalog::Members<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        if (std::find(hidden.begin(), hidden.end(), member.name) != hidden.end()) return;
        if constexpr (std::same_as<Field, std::string> || json::DescribedEnum<Field>) {
            columns.texts.emplace_back(member.name);
        } else if constexpr (std::integral<Field>) {
            columns.numbers.emplace_back(member.name);
        }
    });
    return columns;
}

/// Reads ?limit=50&cursor=…&sort=-taken&q=words&state=failed&rows.gte=100. Unknown options are
/// refused by name.
Result<catalog::Listing> read_listing(const http::Request& request, const Columns& columns,
                                      const std::vector<std::string>& search_columns);

}  // namespace ds::api
