#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <fmt/core.h>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

/// A plain struct described once with BOOST_DESCRIBE_STRUCT gets its JSON both ways from here.
/// Reading is strict about types and names the place of an error: "parts[2].bytes: not a whole
/// number". About missing and unknown fields it depends on who wrote; see Written.
namespace ds::json {

namespace bj = boost::json;
using Value = bj::value;

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && std::is_class_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
Value to_value(const T& item) {
    if constexpr (std::same_as<T, Value>) {
        return item;
    } else if constexpr (std::same_as<T, bool> || std::floating_point<T>) {
        return item;
    } else if constexpr (std::signed_integral<T>) {
        return static_cast<std::int64_t>(item);
    } else if constexpr (std::unsigned_integral<T>) {
        return static_cast<std::uint64_t>(item);
    } else if constexpr (std::convertible_to<T, std::string_view>) {
        return bj::string{std::string_view{item}};
    } else if constexpr (IsVector<T>::value) {
        bj::array array;
        array.reserve(item.size());
        for (const auto& element : item) array.push_back(to_value(element));
        return array;
    } else if constexpr (IsMap<T>::value) {
        bj::object object;
        for (const auto& [key, element] : item) object.emplace(key, to_value(element));
        return object;
    } else if constexpr (DescribedEnum<T>) {
        return bj::string{boost::describe::enum_to_string(item, "?")};
    } else {
        static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        bj::object object;
        using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                                 boost::describe::mod_inherited>;
        boost::mp11::mp_for_each<Members>([&](auto member) {
            const auto& field = item.*member.pointer;
            if constexpr (IsOptional<std::remove_cvref_t<decltype(field)>>::value) {
                if (field) object.emplace(member.name, to_value(*field));
            } else {
                object.emplace(member.name, to_value(field));
            }
        });
        return object;
    }
}

inline Error wrong(const std::string& path, std::string_view expected) {
    return fail(Code::corrupt, fmt::format("{}: {}", path.empty() ? "document" : path, expected));
}

/// Programs write every field (only std::optional may be absent), and newer ones write more, which
/// older readers ignore. People leave out what they do not care about (it keeps its value), and a
/// field that we do not know is a typing error. What an older version of ours wrote lacks fields
/// that came later, and they keep their values.
enum class Written { by_program, by_person, by_older_version };

template <class T>
constexpr bool has_member(std::string_view name) {
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_members<
        T, boost::describe::mod_public | boost::describe::mod_inherited>>(
        [&](auto member) { found = found || name == member.name; });
    return found;
}

template <class T>
Status reject_unknown(const bj::object& object, const std::string& path) {
    for (const auto& [key, _] : object) {
        const std::string name{key};
        if (!has_member<T>(name))
            return wrong(path.empty() ? printable(name, 80) : path + "." + printable(name, 80),
                         "there is no such field");
    }
    return {};
}

template <class T>
Status read_into(T& item, const Value& value, const std::string& path,
                 Written written = Written::by_program) {
    if constexpr (std::same_as<T, Value>) {
        item = value;
    } else if constexpr (std::same_as<T, bool>) {
        if (!value.is_bool()) return wrong(path, "not true or false");
        item = value.get_bool();
    } else if constexpr (std::floating_point<T>) {
        if (!value.is_number()) return wrong(path, "not a number");
        item = value.to_number<T>();
    } else if constexpr (std::integral<T>) {
        boost::json::error_code error;
        const T number = value.is_number() ? value.to_number<T>(error) : T{};
        if (!value.is_number() || error) return wrong(path, "not a whole number in range");
        item = number;
    } else if constexpr (std::same_as<T, std::string>) {
        if (!value.is_string()) return wrong(path, "not a text");
        item = std::string{value.get_string()};
    } else if constexpr (IsVector<T>::value) {
        if (!value.is_array()) return wrong(path, "not a list");
        item.clear();
        item.reserve(value.get_array().size());
        for (const auto& element : value.get_array()) {
            const auto at = fmt::format("{}[{}]", path, item.size());
            DS_DO(read_into(item.emplace_back(), element, at, written));
        }
    } else if constexpr (IsMap<T>::value) {
        if (!value.is_object()) return wrong(path, "not an object");
        item.clear();
        for (const auto& [key, element] : value.get_object()) {
            const std::string name{key};
            DS_DO(read_into(item[name], element, path + "." + name, written));
        }
    } else if constexpr (IsOptional<T>::value) {
        DS_DO(read_into(item.emplace(), value, path, written));
    } else if constexpr (DescribedEnum<T>) {
        if (!value.is_string()) return wrong(path, "not a text");
        if (!boost::describe::enum_from_string(std::string{value.get_string()}.c_str(), item)) {
            return wrong(path, "not one of the known words");
        }
    } else {
        static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        if (!value.is_object()) return wrong(path, "not an object");
        if (written == Written::by_person) DS_DO(reject_unknown<T>(value.get_object(), path));
        using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                                 boost::describe::mod_inherited>;
        Status status;
        boost::mp11::mp_for_each<Members>([&](auto member) {
            if (!status) return;
            auto& field = item.*member.pointer;
            const auto at = path.empty() ? std::string{member.name} : path + "." + member.name;
            const auto* found = value.get_object().if_contains(member.name);
            if (found != nullptr) {
                status = read_into(field, *found, at, written);
            } else if constexpr (!IsOptional<std::remove_cvref_t<decltype(field)>>::value) {
                if (written == Written::by_program) status = wrong(at, "missing");
            }
        });
        return status;
    }
    return {};
}

/// Parses hostile text: depth is bounded, duplicate handling is the library's (last wins), errors
/// are values.
Result<Value> parse(std::string_view text);

/// Compact by default; `pretty` indents by two for people and for files that people read.
std::string to_text(const Value& value, bool pretty = false);

template <class T>
std::string write(const T& item, bool pretty = false) {
    return to_text(to_value(item), pretty);
}

template <class T>
Result<T> read(std::string_view text, Written written = Written::by_program) {
    DS_TRY(const auto value, parse(text));
    T item{};
    DS_DO(read_into(item, value, "", written));
    return item;
}

}  // namespace ds::json
