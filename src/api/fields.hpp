#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "catalog/columns.hpp"

/// From a request's body to a row, and from a row to an answer's body.
namespace ds::api {

namespace sql = catalog::sql;

using Names = std::vector<std::string>;

inline bool has(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Puts what the body names into the item. Only `writable` fields; others are refused by name, as
/// a typing error must not look like a change. `besides` are handled by the caller.
template <class T>
Status apply(T& item, const json::bj::object& body, const Names& writable,
             const Names& besides = {}) {
    for (const auto& [key, value] : body) {
        const std::string name{key};
        if (has(besides, name)) continue;
        if (!has(writable, name)) {
            return fail(Code::invalid,
                        name + ": " +
                            (catalog::has_column<T>(name) ? "cannot be written"
                                                          : "there is no such field"));
        }
    }
    Status status;
    boost::mp11::mp_for_each<catalog::Members<T>>([&](auto member) {
        const auto* value = body.if_contains(member.name);
        if (!status || value == nullptr || !has(writable, member.name)) return;
        status =
            json::read_into(item.*member.pointer, *value, member.name, json::Written::by_person);
    });
    if (!status) return fail(Code::invalid, status.error().message());
    return {};
}

/// The row as JSON without what stays inside.
template <class T>
json::Value shown(const T& item, const Names& hidden) {
    auto value = json::to_value(item);
    for (const auto& name : hidden) value.get_object().erase(name);
    return value;
}

}  // namespace ds::api
