#pragma once

#include "catalog/sql/session.hpp"
#include "model/record.hpp"

/// From a described struct to its row and back: texts, numbers, flags and words are columns of
/// their own; everything else is JSON in a text column.
namespace ds::catalog {

using sql::Row;
using sql::Session;
using sql::Value;
using sql::Values;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                         boost::describe::mod_inherited>;

template <class T>
Value to_column(const T& field) {
    if constexpr (std::same_as<T, std::string>) {
        return field;
    } else if constexpr (std::integral<T>) {
        return static_cast<std::int64_t>(field);
    } else if constexpr (std::floating_point<T>) {
        return static_cast<double>(field);
    } else if constexpr (json::DescribedEnum<T>) {
        return std::string{boost::describe::enum_to_string(field, "?")};
    } else {
        return json::write(field);
    }
}

template <class T>
Status from_column(T& field, const Value& value, std::string_view name) {
    if constexpr (std::same_as<T, std::string>) {
        field = sql::text_of(value);
    } else if constexpr (std::integral<T>) {
        field = static_cast<T>(sql::number_of(value));
    } else if constexpr (std::floating_point<T>) {
        field = static_cast<T>(std::get<double>(value));
    } else if constexpr (json::DescribedEnum<T>) {
        if (!boost::describe::enum_from_string(sql::text_of(value).c_str(), field))
            return fail(Code::corrupt, fmt::format("catalog: unknown word in column {}", name));
    } else {
        DS_TRY(field, json::read<T>(sql::text_of(value), json::Written::by_older_version));
    }
    return {};
}

/// `"id", "organization", …`
template <class T>
const std::string& column_list() {
    static const auto list = [] {
        std::string text;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", member.name);
        });
        return text;
    }();
    return list;
}

template <class T>
bool has_column(std::string_view name) {
    bool found = false;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { found |= name == member.name; });
    return found;
}

template <class T>
Values to_columns(const T& item) {
    Values values;
    boost::mp11::mp_for_each<Members<T>>(
        [&](auto member) { values.push_back(to_column(item.*member.pointer)); });
    return values;
}

template <class T>
Result<T> from_columns(const Row& row) {
    T item{};
    std::size_t at = 0;
    Status status;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        if (status) status = from_column(item.*member.pointer, row.at(at), member.name);
        ++at;
    });
    if (!status) return std::move(status.error());
    return item;
}

}  // namespace ds::catalog
