#include "api/openapi.hpp"

#include <set>

#include "api/audit.hpp"
#include "api/caller.hpp"

namespace ds::api {
namespace {

json::Value text_schema() { return json::bj::object{{"type", "string"}}; }

json::Value problem_schema() {
    json::bj::object properties;
    for (const char* name : {"type", "title", "code", "detail", "hint", "field"})
        properties[name] = text_schema();
    properties["status"] = json::bj::object{{"type", "integer"}};
    return json::bj::object{
        {"type", "object"},
        {"properties", std::move(properties)},
        {"required", json::bj::array{"type", "title", "status", "code", "detail"}}};
}

json::Value content(std::string_view type, json::Value schema) {
    return json::bj::object{{type, json::bj::object{{"schema", std::move(schema)}}}};
}

json::Value parameter(std::string_view name, std::string_view place, bool required,
                      std::string_view description) {
    json::bj::object one{{"name", name}, {"in", place}, {"schema", text_schema()}};
    if (required) one["required"] = true;
    if (!description.empty()) one["description"] = description;
    return one;
}

json::bj::array parameters_of(const Route& route) {
    json::bj::array parameters;
    for (const auto& segment : split(route.pattern, '/')) {
        if (segment.starts_with('{'))
            parameters.push_back(parameter(segment.substr(1, segment.size() - 2), "path", true,
                                           "The id of the row"));
    }
    for (const auto& option : route.options) {
        auto one = parameter(option.name, "query", false, option.description);
        if (!option.words.empty())
            one.at("schema").get_object()["enum"] = json::to_value(option.words);
        parameters.push_back(std::move(one));
    }
    if (route.method == "POST")
        parameters.push_back(parameter("Idempotency-Key", "header", false,
                                       "The same key and body again does nothing twice"));
    if (route.method == "PATCH" || route.method == "DELETE")
        parameters.push_back(
            parameter("If-Match", "header", false, "The ETag that was read; 412 if it changed"));
    return parameters;
}

constexpr std::string_view body_suffix = "_body";

/// A body may leave out any field but those it says it needs, so its schemas are of their own,
/// under names of their own.
void as_body(json::Value& schema) {
    if (auto* array = schema.if_array()) {
        for (auto& one : *array) as_body(one);
    } else if (auto* object = schema.if_object()) {
        if (auto* reference = object->if_contains("$ref"))
            *reference = std::string{reference->get_string()} + std::string{body_suffix};
        if (object->contains("properties")) {
            object->erase("required");
            if (auto* needed = object->if_contains(needed_in_body)) {
                if (!needed->get_array().empty()) (*object)["required"] = std::move(*needed);
                object->erase(needed_in_body);
            }
            (*object)["additionalProperties"] = false;
        }
        for (auto& [_, inner] : *object) as_body(inner);
    }
}

json::Value body_schema(const Shape& takes, Schemas& schemas) {
    Schemas apart;
    auto schema = takes(apart);
    as_body(schema);
    for (auto& [name, one] : apart) {
        as_body(one);
        schemas[std::string{name} + std::string{body_suffix}] = std::move(one);
    }
    return schema;
}

json::Value responses_of(const Route& route, Schemas& schemas) {
    json::bj::object good{{"description", "Done"}};
    if (route.gives) good["content"] = content("application/json", route.gives(schemas));
    return json::bj::object{
        {std::to_string(route.status), std::move(good)},
        {"default",
         json::bj::object{
             {"description", "What went wrong, as RFC 9457 says"},
             {"content", content("application/problem+json",
                                 json::bj::object{{"$ref", "#/components/schemas/Problem"}})}}}};
}

/// "GET /api/v1/plans/{id}/upcoming" → "get_plans_id_upcoming".
std::string operation_id(const Route& route) {
    std::string id = lower(route.method);
    for (const auto& segment : split(std::string_view{route.pattern}.substr(1), '/')) {
        if (segment == "api" || segment == "v1") continue;
        id += '_';
        for (const char c : segment) {
            if (c == '-')
                id += '_';
            else if (c != '{' && c != '}')
                id += c;
        }
    }
    return id;
}

json::Value operation(const Route& route, Schemas& schemas) {
    json::bj::object one{
        {"operationId", operation_id(route)},        {"summary", route.summary},
        {"tags", json::bj::array{route.tag}},        {"parameters", parameters_of(route)},
        {"responses", responses_of(route, schemas)}, {"x-scope", name_of(route.scope)},
        {"x-audit", name_of(audited(route))}};
    if (route.takes) {
        one["requestBody"] = json::bj::object{
            {"content", content("application/json", body_schema(route.takes, schemas))}};
    }
    if (route.scope == Scope::nobody) one["security"] = json::bj::array{};
    if (route.person) one["x-person"] = true;
    return one;
}

}  // namespace

json::Value openapi_document(const std::vector<Route>& routes) {
    Schemas schemas;
    schemas["Problem"] = problem_schema();
    json::bj::object paths;
    for (const auto& route : routes) {
        auto& path = paths[route.pattern];
        if (!path.is_object()) path = json::bj::object{};
        path.get_object()[lower(route.method)] = operation(route, schemas);
    }
    const json::bj::object bearer{{"type", "http"}, {"scheme", "bearer"}};
    return json::bj::object{
        {"openapi", "3.1.0"},
        {"info", json::bj::object{{"title", "DumpStation"}, {"version", DS_VERSION}}},
        {"security", json::bj::array{json::bj::object{{"token", json::bj::array{}}}}},
        {"paths", std::move(paths)},
        {"components", json::bj::object{{"securitySchemes", json::bj::object{{"token", bearer}}},
                                        {"schemas", std::move(schemas)}}}};
}

}  // namespace ds::api
