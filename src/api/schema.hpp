#pragma once

#include <functional>
#include <string>

#include "base/json.hpp"

namespace ds::api {

/// Schemas by name, as they stand in the OpenAPI document.
using Schemas = json::bj::object;

/// Writes a type's schema into `schemas` and returns the reference to it.
using Shape = std::function<json::Value(Schemas&)>;

/// Where the schema of a request's body lists the fields that it cannot do without: those of an
/// answer are all there, those of a request all but these may be left out.
constexpr std::string_view needed_in_body = "x-needed";

/// JSON Schema (draft 2020-12, as OpenAPI 3.1 uses it) of a described type.
template <class T>
json::Value schema_of(Schemas& schemas);

namespace detail {

/// "ds::model::Store" → "Store".
std::string short_name(std::string_view type);

template <class T>
std::string type_name() {
    // "std::string ds::api::detail::type_name() [T = ds::model::Store]"
    const std::string_view text = __PRETTY_FUNCTION__;
    const auto begin = text.find("T = ") + 4;
    return short_name(text.substr(begin, text.rfind(']') - begin));
}

template <class T>
json::Value object_schema(Schemas& schemas) {
    json::bj::object properties;
    json::bj::array required;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public |
                                                             boost::describe::mod_inherited>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        properties[member.name] = schema_of<Field>(schemas);
        if constexpr (!json::IsOptional<Field>::value) required.push_back(member.name);
    });
    return json::bj::object{{"type", "object"},
                            {"properties", std::move(properties)},
                            {"required", std::move(required)}};
}

template <class T>
json::Value enum_schema() {
    json::bj::array words;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto word) { words.push_back(word.name); });
    return json::bj::object{{"type", "string"}, {"enum", std::move(words)}};
}

template <class T>
struct Inner;
template <template <class...> class Outer, class T, class... More>
struct Inner<Outer<T, More...>> {
    using Type = T;
};

}  // namespace detail

template <class T>
json::Value schema_of(Schemas& schemas) {
    if constexpr (std::same_as<T, json::Value>) {
        return json::bj::object{};
    } else if constexpr (std::same_as<T, bool>) {
        return json::bj::object{{"type", "boolean"}};
    } else if constexpr (std::integral<T>) {
        json::bj::object schema{{"type", "integer"}};
        if constexpr (std::unsigned_integral<T>) schema["minimum"] = 0;
        return schema;
    } else if constexpr (std::floating_point<T>) {
        return json::bj::object{{"type", "number"}};
    } else if constexpr (std::same_as<T, std::string>) {
        return json::bj::object{{"type", "string"}};
    } else if constexpr (json::IsMap<T>::value) {
        return json::bj::object{
            {"type", "object"},
            {"additionalProperties", schema_of<typename T::mapped_type>(schemas)}};
    } else if constexpr (json::IsVector<T>::value) {
        return json::bj::object{{"type", "array"},
                                {"items", schema_of<typename T::value_type>(schemas)}};
    } else if constexpr (json::IsOptional<T>::value) {
        return schema_of<typename detail::Inner<T>::Type>(schemas);
    } else if constexpr (json::DescribedEnum<T>) {
        return detail::enum_schema<T>();
    } else {
        const auto name = detail::type_name<T>();
        if (!schemas.contains(name)) {
            schemas[name] = json::bj::object{};  // ends recursion
            schemas[name] = detail::object_schema<T>(schemas);
        }
        return json::bj::object{{"$ref", "#/components/schemas/" + name}};
    }
}

template <class T>
Shape shape() {
    return [](Schemas& schemas) { return schema_of<T>(schemas); };
}

}  // namespace ds::api
