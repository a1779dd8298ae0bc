#include "server/testing/conformance.hpp"

#include <algorithm>

#include "api/openapi.hpp"
#include "base/text.hpp"

namespace ds::server::testing {
namespace {

bool fits(std::string_view pattern, std::string_view path) {
    const auto wanted = split(pattern, '/');
    const auto given = split(path, '/');
    return wanted.size() == given.size() &&
           std::equal(wanted.begin(), wanted.end(), given.begin(),
                      [](const std::string& a, const std::string& b) {
                          return a.starts_with('{') || a == b;
                      });
}

bool is_of(const json::Value& value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    return value.is_number();
}

bool is_of_any(const json::Value& value, const json::Value& types) {
    if (types.is_string()) return is_of(value, types.as_string());
    const auto& all = types.as_array();
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& type) { return is_of(value, type.as_string()); });
}

bool is_one_of(const json::Value& value, const json::bj::array& words) {
    return std::find(words.begin(), words.end(), value) != words.end();
}

}  // namespace

Conformance::Conformance(const std::vector<api::Route>& routes)
    : document_{api::openapi_document(routes)} {}

const json::Value* Conformance::operation(const std::string& method,
                                          const std::string& path) const {
    const json::Value* found = nullptr;
    for (const auto& [pattern, methods] : document_.at("paths").as_object()) {
        if (!fits(pattern, path)) continue;
        const auto* one = methods.as_object().if_contains(lower(method));
        // A path that is written out wins over one with a place for an id.
        if (one != nullptr && (found == nullptr || pattern == path)) found = one;
    }
    return found;
}

std::string Conformance::complaint(const std::string& method, const std::string& target,
                                   const std::string& sent, const http::testing::Answer& answer) {
    const auto path = target.substr(0, target.find('?'));
    const auto* known = operation(method, path);
    if (known == nullptr)
        return answer.status == 404 || answer.status == 405 ? "" : "not in the document";
    if (answer.status < 300) {
        did(method, path);
        if (auto wrong = complaint_of_request(*known, sent); !wrong.empty()) return wrong;
    }
    const auto& responses = known->at("responses").as_object();
    const auto* response = responses.if_contains(std::to_string(answer.status));
    const bool problem = answer.status >= 400;
    if (response == nullptr && problem &&
        answer.header("Content-Type") == "application/problem+json")
        response = &responses.at("default");
    if (response == nullptr && (answer.status == 304 || answer.status == 503)) return "";
    if (response == nullptr) return fmt::format("status {} is not in the document", answer.status);
    const auto* content = response->as_object().if_contains("content");
    if (content == nullptr) return "";
    const auto body = json::parse(answer.body);
    if (!body) return "the body is not JSON";
    return check(content->as_object().begin()->value().at("schema"), *body, "body");
}

std::string Conformance::complaint_of_request(const json::Value& operation,
                                              const std::string& sent) const {
    const auto* described = operation.as_object().if_contains("requestBody");
    if (described == nullptr || sent.empty()) return "";
    const auto body = json::parse(sent);
    if (!body) return "the request is not JSON";
    const auto& content = described->at("content").as_object();
    return check(content.begin()->value().at("schema"), *body, "the request");
}

void Conformance::did(const std::string& method, const std::string& path) {
    if (const auto* known = operation(method, path))
        did_.emplace(known->at("operationId").as_string());
}

std::vector<std::string> Conformance::never_did() const {
    std::vector<std::string> missing;
    for (const auto& [_, methods] : document_.at("paths").as_object()) {
        for (const auto& [_, one] : methods.as_object()) {
            const std::string id{one.at("operationId").as_string()};
            if (!did_.contains(id)) missing.push_back(id);
        }
    }
    return missing;
}

const json::Value& Conformance::resolved(const json::Value& schema) const {
    const auto* reference = schema.as_object().if_contains("$ref");
    if (reference == nullptr) return schema;
    const std::string path{reference->as_string()};
    return document_.at("components").at("schemas").at(path.substr(path.rfind('/') + 1));
}

std::string Conformance::check(const json::Value& given, const json::Value& value,
                               const std::string& at) const {
    const auto& schema = resolved(given).as_object();
    const auto* type = schema.if_contains("type");
    if (type != nullptr && !is_of_any(value, *type))
        return at + " is not of type " + json::to_text(*type);
    const auto* words = schema.if_contains("enum");
    if (words != nullptr && !is_one_of(value, words->as_array()))
        return at + " is none of the known words";
    if (value.is_object()) return check_object(schema, value, at);
    const auto* items = schema.if_contains("items");
    if (!value.is_array() || items == nullptr) return "";
    for (std::size_t index = 0; index < value.as_array().size(); ++index) {
        auto wrong = check(*items, value.as_array()[index], fmt::format("{}[{}]", at, index));
        if (!wrong.empty()) return wrong;
    }
    return "";
}

std::string Conformance::check_object(const json::bj::object& schema, const json::Value& value,
                                      const std::string& at) const {
    const auto& object = value.as_object();
    if (const auto* required = schema.if_contains("required")) {
        for (const auto& name : required->as_array()) {
            if (!object.contains(name.as_string()))
                return at + " lacks " + std::string{name.as_string()};
        }
    }
    const auto* properties = schema.if_contains("properties");
    const auto* others = schema.if_contains("additionalProperties");
    for (const auto& [name, field] : object) {
        const auto* known =
            properties != nullptr ? properties->as_object().if_contains(name) : nullptr;
        const auto place = at + "." + std::string{name};
        if (known == nullptr && others != nullptr && others->is_object()) known = others;
        if (known == nullptr &&
            (properties != nullptr || (others != nullptr && !others->is_object())))
            return place + " is not in the document";
        if (known == nullptr) continue;
        if (auto wrong = check(*known, field, place); !wrong.empty()) return wrong;
    }
    return "";
}

}  // namespace ds::server::testing
