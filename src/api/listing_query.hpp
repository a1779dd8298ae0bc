#pragma once

#include "api/fields.hpp"
#include "api/route.hpp"
#include "catalog/tables.hpp"

namespace ds::api {

/// Which of a row's columns a list may be filtered and sorted by.
struct Columns {
    Names texts;
    Names numbers = {};                       // whole numbers and flags
    std::map<std::string, Names> words = {};  // of a text that is one of a closed list
    bool labelled = false;                    // ?label=env:prod
    Names sorts = {};                         // by these alone; empty: by any

    bool has(std::string_view name) const;
    Names all() const;
};

template <class T>
Columns columns_of(const catalog::Table<T>& table, const Names& hidden) {
    Columns columns;
    columns.sorts = catalog::sorts_of(table.name());
    boost::mp11::mp_for_each<catalog::Members<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        const std::string name{member.name};
        if (has(hidden, name)) return;
        if constexpr (std::same_as<Field, std::string> || json::DescribedEnum<Field>) {
            columns.texts.push_back(name);
        } else if constexpr (std::integral<Field>) {
            columns.numbers.push_back(name);
        }
        if constexpr (json::DescribedEnum<Field>) {
            boost::mp11::mp_for_each<boost::describe::describe_enumerators<Field>>(
                [&](auto word) { columns.words[name].emplace_back(word.name); });
        }
    });
    columns.labelled = catalog::has_column<T>("labels");
    return columns;
}

/// Reads ?limit=50&cursor=…&sort=-taken&q=words&label=env:prod&state.in=failed,partly&rows.gte=100.
/// Unknown options are refused by name.
Result<catalog::Listing> read_listing(const http::Request& request, const Columns& columns,
                                      const Names& search_columns);

/// The same options, for the description of a list.
std::vector<Option> options_of(const Columns& columns, bool searched);

}  // namespace ds::api
