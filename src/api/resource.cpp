#include "api/resource.hpp"

namespace ds::api {
namespace {

Result<std::map<std::string, std::string>> unsealed(const Services& services,
                                                    const std::string& sealed,
                                                    const std::string& row) {
    DS_TRY(const auto secret, services.office.vault.open_sealed(sealed, row));
    if (secret.empty()) return std::map<std::string, std::string>{};
    return json::read<std::map<std::string, std::string>>(secret.reveal());
}

Shape changed_schema(Shape whole, std::string rename,
                     std::function<void(json::bj::object&)> change) {
    return [whole = std::move(whole), rename = std::move(rename),
            change = std::move(change)](Schemas& schemas) -> json::Value {
        Schemas apart;
        const auto reference = whole(apart);
        const std::string path{reference.at("$ref").get_string()};
        const auto name = path.substr(path.rfind('/') + 1);
        for (auto& [key, schema] : apart) {
            if (key != name && !schemas.contains(key)) schemas[key] = schema;
        }
        const auto shown = rename.empty() ? name : rename;
        auto schema = apart.at(name).get_object();
        change(schema);
        schemas[shown] = std::move(schema);
        return json::bj::object{{"$ref", "#/components/schemas/" + shown}};
    };
}

/// A text, or null: none any more. What is left out is kept.
json::Value secret_schema(bool is_text) {
    const json::bj::object text{{"type", json::bj::array{"string", "null"}}};
    if (is_text) return text;
    return json::bj::object{{"type", json::bj::array{"object", "null"}},
                            {"additionalProperties", text}};
}

}  // namespace

std::string etag_of(std::uint64_t version) { return fmt::format("\"{}\"", version); }

Status check_if_match(const Call& call, std::uint64_t version) {
    const auto* wanted = call.request.headers.find("If-Match");
    if (wanted == nullptr || *wanted == "*" || *wanted == etag_of(version)) return {};
    return fail(Code::stale, "it was changed meanwhile", "Read it again, and repeat the change.");
}

Result<std::string> merged_secret(const Services& services, const std::string& sealed,
                                  const std::string& row, const json::Value& value, bool is_text) {
    const auto& vault = services.office.vault;
    if (is_text) {
        if (value.is_null()) return std::string{};
        if (!value.is_string()) return fail(Code::invalid, "secret: not a text");
        return vault.seal(Secret{std::string{value.get_string()}}, row);
    }
    DS_TRY(auto secrets, unsealed(services, sealed, row));
    if (value.is_null()) return std::string{};
    if (!value.is_object()) return fail(Code::invalid, "secrets: not an object of texts");
    for (const auto& [key, secret] : value.get_object()) {
        const std::string name{key};
        if (secret.is_null()) {
            secrets.erase(name);
        } else if (secret.is_string()) {
            secrets[name] = std::string{secret.get_string()};
        } else {
            return fail(Code::invalid, "secrets: not an object of texts");
        }
    }
    if (secrets.empty()) return std::string{};
    return vault.seal(Secret{json::write(secrets)}, row);
}

std::vector<std::string> secrets_set(const Services& services, const std::string& sealed,
                                     const std::string& row, bool is_text) {
    if (sealed.empty()) return {};
    if (is_text) return {"secret"};
    std::vector<std::string> names;
    if (const auto secrets = unsealed(services, sealed, row)) {
        for (const auto& [name, _] : *secrets) names.push_back(name);
    }
    return names;
}

Shape list_of(Shape item) {
    return [item = std::move(item)](Schemas& schemas) -> json::Value {
        const json::bj::object items{{"type", "array"}, {"items", item(schemas)}};
        return json::bj::object{{"type", "object"},
                                {"required", json::bj::array{"items"}},
                                {"properties", json::bj::object{{"items", items}}}};
    };
}

Shape page_of(Shape item) {
    return [list = list_of(std::move(item))](Schemas& schemas) -> json::Value {
        auto page = list(schemas);
        page.at("properties").get_object()["next"] = json::bj::object{{"type", "string"}};
        return page;
    };
}

Shape without(Shape whole, Names hidden) {
    return changed_schema(
        std::move(whole), {}, [hidden = std::move(hidden)](json::bj::object& schema) {
            auto& properties = schema.at("properties").get_object();
            const bool secrets = properties.contains("sealed");
            json::bj::array required;
            for (const auto& name : schema.at("required").get_array()) {
                if (!has(hidden, name.get_string())) required.push_back(name);
            }
            for (const auto& name : hidden) properties.erase(name);
            if (secrets) {
                properties["secrets_set"] = json::bj::object{
                    {"type", "array"}, {"items", json::bj::object{{"type", "string"}}}};
            }
            schema["required"] = std::move(required);
            schema["additionalProperties"] = false;
        });
}

Shape body_of(Shape whole, BodyShape body) {
    const auto name = body.name;
    return changed_schema(std::move(whole), name,
                          [body = std::move(body)](json::bj::object& schema) {
                              auto& properties = schema.at("properties").get_object();
                              json::bj::object kept;
                              for (const auto& field : body.writable)
                                  kept[field] = properties.at(field);
                              if (!body.secret.empty())
                                  kept[body.secret] = secret_schema(body.secret_is_text);
                              schema["properties"] = std::move(kept);
                              schema[needed_in_body] = json::to_value(body.required);
                          });
}

Shape asked(Shape whole, Names required) {
    return changed_schema(std::move(whole), {},
                          [required = std::move(required)](json::bj::object& schema) {
                              schema[needed_in_body] = json::to_value(required);
                          });
}

}  // namespace ds::api
