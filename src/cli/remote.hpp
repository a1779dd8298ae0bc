#pragma once

#include <functional>
#include <map>

#include "base/json.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"

namespace ds::cli {

/// Rows of a list, from the newest or in the list's own order; `more`: there were more than asked.
struct Rows {
    json::bj::array items;
    bool more = false;
};

/// What rows are called, by id.
struct Names {
    std::map<std::string, std::string> known;
    /// The name, or the id of a row that is gone.
    std::string of(const std::string& id) const;
};

/// A DumpStation server, asked over its API. Its problem answers come back as the Error they were
/// there; the token shows up nowhere but in the request.
class Remote {
public:
    /// `base`: "https://backup.example.com[:port][/prefix]", see server_url(). No token: for what
    /// needs none.
    /// `renew` gives the token that follows one that the server takes no more; empty: there is
    /// none.
    using Renew = std::function<Result<Secret>(const Secret& old)>;
    Remote(std::string base, Secret token, std::stop_token stop, Renew renew = {});

    const std::string& base() const { return base_; }

    /// Paths are below /api/v1, or begin with a slash. An answer without a body is null.
    Result<json::Value> get(const std::string& path, const net::Fields& query = {});
    Result<json::Value> post(const std::string& path, const json::bj::object& body = {});
    Result<json::Value> patch(const std::string& path, const json::bj::object& body);
    Result<json::Value> remove(const std::string& path);
    /// `path` as typed, with "?name=value" if wanted; an empty body is not sent.
    Result<json::Value> ask(const std::string& method, const std::string& path,
                            const std::string& body, const net::Fields& query = {});

    /// The list at `path`, page by page, up to `rows_max`.
    Result<Rows> list(const std::string& path, net::Fields query, std::size_t rows_max);
    /// The one row of the list at `path` that has this id or this name; Code::not_found, and
    /// Code::conflict when the name is not enough.
    Result<json::Value> find(const std::string& path, const std::string& name);
    /// The same for rows without names.
    Result<json::Value> get_one(const std::string& path, const std::string& id);
    Result<Names> names(const std::string& path);

private:
    Result<net::HttpResponse> send(net::HttpRequest request);
    Result<json::Value> read_answer(const net::HttpResponse& answer) const;
    Error problem(const net::HttpResponse& answer) const;

    std::string base_;
    std::string origin_;
    std::string prefix_;
    Secret token_;
    std::stop_token stop_;
    Renew renew_;
    net::HttpClient http_;
};

/// The URL of a server as we write it everywhere: without a slash at its end. No user, password or
/// options; http or https.
Result<std::string> server_url(const std::string& typed);

/// Every text in it made safe for a terminal: a server may be anybody.
json::Value cleaned(json::Value row);

/// A row as a described struct that names some of its fields, to be shown.
template <class T>
Result<T> row_as(const json::Value& row) {
    T item;
    DS_DO(json::read_into(item, cleaned(row), "").while_doing("reading the server's answer"));
    return item;
}
template <class T>
Result<std::vector<T>> rows_as(const json::bj::array& rows) {
    std::vector<T> items;
    for (const auto& row : rows) {
        DS_TRY(auto item, row_as<T>(row));
        items.push_back(std::move(item));
    }
    return items;
}

/// The text in a field of an answer, safe to be shown, or "".
std::string text_in(const json::Value& row, std::string_view field);

}  // namespace ds::cli
