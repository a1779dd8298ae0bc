#include "cli/remote.hpp"

#include <algorithm>
#include <cstdlib>

#include "net/url.hpp"

namespace ds::cli {
namespace {

constexpr std::size_t answer_bytes_max = 32 * MiB;
constexpr std::size_t text_bytes_max = 4000;
constexpr std::size_t page_rows = 500;
constexpr std::size_t names_max = 10'000;
constexpr std::size_t id_letters = 26;
constexpr std::string_view api = "/api/v1/";

Code code_of(std::string_view name, int status) {
    if (const auto code = code_named(name)) return *code;
    switch (status) {
        case 401: return Code::unauthenticated;
        case 403: return Code::denied;
        case 404: return Code::not_found;
        case 502:
        case 503:
        case 504: return Code::unavailable;
        default: return status >= 500 ? Code::failed : Code::invalid;
    }
}

bool is_id(std::string_view text) {
    return text.size() == id_letters && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
           });
}

/// "plans" → "plan", "copies" → "copy", for what is told.
std::string one_of(std::string path) {
    if (path.ends_with("ies")) return path.substr(0, path.size() - 3) + "y";
    if (path.ends_with('s')) path.pop_back();
    return path;
}

net::HttpOptions http_options() {
    net::HttpOptions options;
    options.user_agent = "dumpstation/" DS_VERSION;
    if (const char* file = std::getenv("DUMPSTATION_CA_FILE")) options.ca_file = file;
    return options;
}

Error no_such(const std::string& path, const std::string& name) {
    return fail(Code::not_found,
                fmt::format("there is no {} {}", one_of(path), printable(name, 100)),
                fmt::format("`dumpstation api GET {}` shows what there is.", path));
}

Error not_ours(const std::string& base, int status) {
    return fail(
        Code::invalid,
        fmt::format("what answers at {} (status {}) is not a DumpStation server", base, status),
        "Check the address, and that it is the server's own or a proxy's that leads there.");
}

}  // namespace

Result<std::string> server_url(const std::string& typed) {
    constexpr const char* hint = "It looks like https://backup.example.com:8422.";
    const auto url = net::Url::parse(typed);
    if (!url) return fail(url.error().code(), url.error().message(), hint);
    if ((url->scheme != "http" && url->scheme != "https") || url->host.empty())
        return fail(Code::invalid, "a server's address begins with http:// or https://", hint);
    if (!url->user.empty() || !url->password.empty() || !url->options.empty())
        return fail(Code::invalid, "a server's address has no user, password or options in it",
                    hint);
    auto text = lower(url->origin()) + net::percent_encoded(url->path, "/");
    while (text.ends_with('/')) text.pop_back();
    return text;
}

std::string text_in(const json::Value& row, std::string_view field) {
    const auto* object = row.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(field);
    if (value == nullptr || !value->is_string()) return {};
    return printable(value->get_string(), text_bytes_max);
}

json::Value cleaned(json::Value row) {
    if (row.is_string()) return json::Value(printable(row.get_string(), text_bytes_max));
    if (auto* items = row.if_array()) {
        for (auto& item : *items) item = cleaned(std::move(item));
    }
    if (auto* fields = row.if_object()) {
        for (auto& field : *fields) field.value() = cleaned(std::move(field.value()));
    }
    return row;
}

Remote::Remote(std::string base, Secret token, std::stop_token stop, Renew renew)
    : base_{std::move(base)},
      origin_{base_.substr(0, base_.find('/', base_.find("://") + 3))},
      prefix_{base_.substr(origin_.size())},
      token_{std::move(token)},
      stop_{std::move(stop)},
      renew_{std::move(renew)},
      http_{http_options()} {}

Result<json::Value> Remote::get(const std::string& path, const net::Fields& query) {
    return ask("GET", path, {}, query);
}

Result<json::Value> Remote::post(const std::string& path, const json::bj::object& body) {
    return ask("POST", path, json::to_text(body));
}

Result<json::Value> Remote::patch(const std::string& path, const json::bj::object& body) {
    return ask("PATCH", path, json::to_text(body));
}

Result<json::Value> Remote::remove(const std::string& path) { return ask("DELETE", path, {}); }

Result<json::Value> Remote::ask(const std::string& method, const std::string& path,
                                const std::string& body, const net::Fields& query) {
    net::HttpRequest request;
    request.method = method;
    request.origin = origin_;
    request.path = prefix_ + (path.starts_with('/') ? path : std::string{api} + path);
    request.query = query;
    request.body = view_of(body);
    request.answer_bytes_max = answer_bytes_max;
    request.headers.emplace_back("Accept", "application/json");
    if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
    DS_TRY(auto answer, send(request));
    if (answer.status == 401 && renew_) {
        DS_TRY(token_, renew_(token_));
        DS_TRY(answer, send(std::move(request)));
    }
    return read_answer(answer);
}

Result<net::HttpResponse> Remote::send(net::HttpRequest request) {
    if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_.reveal());
    auto answer = http_.send(request, stop_);
    if (!answer)
        return std::move(answer.error())
            .hinting("Is `dumpstation serve` at work there, and is the address right?");
    return answer;
}

Result<json::Value> Remote::read_answer(const net::HttpResponse& answer) const {
    if (!answer.ok()) return problem(answer);
    if (answer.body.empty()) return json::Value{};
    auto value = json::parse(text_of(answer.body));
    if (!value) return not_ours(base_, answer.status);
    return value;
}

Error Remote::problem(const net::HttpResponse& answer) const {
    const auto body = json::parse(text_of(answer.body)).value_or(json::Value{});
    const auto detail = text_in(body, "detail");
    if (detail.empty()) {
        if (answer.status < 500) return not_ours(base_, answer.status);
        return fail(Code::unavailable, fmt::format("{} answers {}", base_, answer.status),
                    "A proxy before it, or the server itself, is in trouble; its log says more.");
    }
    const auto code = code_of(text_in(body, "code"), answer.status);
    auto error = fail(code, detail, text_in(body, "hint"));
    if (code == Code::unauthenticated && !token_.empty())
        return std::move(error).hinting("Sign in again: `dumpstation login " + base_ + "`.");
    if (code == Code::denied)
        return std::move(error).hinting("`dumpstation whoami` tells what you may do.");
    return error;
}

Result<Rows> Remote::list(const std::string& path, net::Fields query, std::size_t rows_max) {
    Rows rows;
    query.emplace_back("limit", std::to_string(std::min(rows_max, page_rows)));
    const auto first = query;
    while (true) {
        DS_TRY(const auto page, get(path, query));
        const auto* object = page.if_object();
        const auto* items = object == nullptr ? nullptr : object->if_contains("items");
        if (items == nullptr || !items->is_array()) return not_ours(base_, 200);
        for (const auto& item : items->get_array()) {
            if (rows.items.size() < rows_max) rows.items.push_back(item);
        }
        const auto next = text_in(page, "next");
        rows.more = !next.empty();
        if (!rows.more || rows.items.size() >= rows_max) return rows;
        query = first;
        query.emplace_back("cursor", next);
    }
}

Result<json::Value> Remote::find(const std::string& path, const std::string& name) {
    if (is_id(name)) {
        auto row = get(path + "/" + name);
        if (row || row.error().code() != Code::not_found) return row;
    }
    DS_TRY(auto rows, list(path, {{"name", name}}, 2));
    if (rows.items.size() == 1) return std::move(rows.items[0]);
    if (rows.items.empty()) return no_such(path, name);
    return fail(Code::conflict,
                fmt::format("{} is the name of several {}", printable(name, 100), path),
                fmt::format("Give its id; `dumpstation api GET '{}?name={}'` shows them.", path,
                            net::percent_encoded(name)));
}

Result<json::Value> Remote::get_one(const std::string& path, const std::string& id) {
    if (!is_id(id)) return no_such(path, id);
    auto row = get(path + "/" + id);
    if (!row && row.error().code() == Code::not_found) return no_such(path, id);
    return row;
}

Result<Names> Remote::names(const std::string& path) {
    DS_TRY(const auto rows, list(path, {}, names_max));
    Names names;
    for (const auto& row : rows.items) names.known[text_in(row, "id")] = text_in(row, "name");
    return names;
}

std::string Names::of(const std::string& id) const {
    const auto found = known.find(id);
    return printable(found == known.end() ? id : found->second, 60);
}

}  // namespace ds::cli
