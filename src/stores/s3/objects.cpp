#include "stores/s3/objects.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "net/url.hpp"
#include "net/xml.hpp"
#include "stores/s3/verdict.hpp"

namespace ds::stores::s3 {
namespace {

constexpr std::size_t page_bytes_max = 16 * MiB;
constexpr std::size_t uploads_max = 100'000;

Result<net::XmlNode> read_page(const net::HttpResponse& response, std::string_view root,
                               const std::string& what) {
    auto page = net::parse_xml(text_of(response.body)).while_doing(what);
    if (page && page->name != root) {
        return fail(Code::corrupt,
                    fmt::format("the server answers with <{}>", printable(page->name, 60)))
            .while_doing(what);
    }
    return page;
}

Result<Head> read_head(const net::HttpResponse& response, const std::string& what) {
    Head head;
    const auto length =
        parse_unsigned(response.header("content-length").value_or(""), "Content-Length");
    if (!length) return fail(Code::corrupt, "the server does not tell the size").while_doing(what);
    head.bytes = *length;
    const auto modified = net::parse_http_date(response.header("last-modified").value_or(""));
    head.modified = modified.value_or(std::chrono::system_clock::time_point{});
    head.mark = response.header(write_mark).value_or("");
    return head;
}

/// The total of "bytes 0-0/1234".
std::optional<std::uint64_t> total_of(const net::HttpResponse& response) {
    const auto text = response.header("content-range").value_or("");
    const auto slash = text.find('/');
    if (slash == std::string::npos) return {};
    const auto total = parse_unsigned(std::string_view{text}.substr(slash + 1), "total");
    if (!total) return {};
    return *total;
}

/// The answer to HEAD has no body, so its reason is asked for by a GET of one byte. That may find
/// the object after all, when it was written in between.
Result<Head> head_by_get(Client& client, const std::string& key, const std::stop_token& stop) {
    const Call call{.what = fmt::format("looking at {}", key),
                    .permission = "s3:GetObject and s3:ListBucket",
                    .key = key,
                    .headers = {{"Range", "bytes=0-0"}},
                    .fine = 416};
    DS_TRY(auto response, client.call(call, stop));
    const auto total = total_of(response);
    auto head = read_head(response, call.what);
    if (head && response.status != 200) head->bytes = total.value_or(0);
    return head;
}

struct PageOrder {
    std::string what;
    std::string root;
    net::Fields query;
};

Result<net::HttpResponse> ask_page(Client& client, const PageOrder& order,
                                   const std::stop_token& stop) {
    return client.call(
        {.what = order.what,
         .permission =
             order.root == "ListBucketResult" ? "s3:ListBucket" : "s3:ListBucketMultipartUploads",
         .query = order.query,
         .answer_bytes_max = page_bytes_max},
        stop);
}

Status visit_page(const net::XmlNode& page, const std::string& prefix,
                  const std::function<Status(const ObjectInfo&)>& visit) {
    const bool encoded = page.text_of("EncodingType") == "url";
    for (const auto& node : page.children) {
        if (node.name != "Contents") continue;
        std::string key{node.text_of("Key")};
        if (encoded) {
            DS_TRY(key, net::percent_decoded(key));
        }
        if (!key.starts_with(prefix))
            return fail(Code::corrupt, "the server lists what was not asked for");
        DS_TRY(const auto bytes, parse_unsigned(node.text_of("Size"), "Size"));
        const auto modified = parse_time(node.text_of("LastModified"));
        DS_DO(visit(
            {std::move(key), bytes, modified.value_or(std::chrono::system_clock::time_point{})}));
    }
    return {};
}

}  // namespace

Result<Head> head_object(Client& client, const std::string& key, const std::stop_token& stop) {
    const Call call{.what = fmt::format("looking at {}", key),
                    .permission = "s3:GetObject and s3:ListBucket",
                    .method = "HEAD",
                    .key = key};
    const auto response = client.call(call, stop);
    if (response) return read_head(*response, call.what);
    if (response.error().transient() || response.error().code() == Code::cancelled)
        return Error{response.error()};
    return head_by_get(client, key, stop);
}

Status delete_object(Client& client, const std::string& key, const std::stop_token& stop) {
    const auto response = client.call({.what = fmt::format("removing {}", key),
                                       .permission = "s3:DeleteObject",
                                       .method = "DELETE",
                                       .key = key},
                                      stop);
    if (!response && response.error().code() != Code::not_found) return Error{response.error()};
    return {};
}

Status list_objects(Client& client, const std::string& prefix, const std::stop_token& stop,
                    const std::function<Status(const ObjectInfo&)>& visit) {
    std::string token;
    for (;;) {
        PageOrder order{
            fmt::format("listing {}", client.config().location()), "ListBucketResult", {}};
        order.query = {{"list-type", "2"},
                       {"prefix", prefix},
                       {"max-keys", std::to_string(client.config().list_page_keys)},
                       {"encoding-type", "url"}};
        if (!token.empty()) order.query.emplace_back("continuation-token", token);
        DS_TRY(const auto response, ask_page(client, order, stop));
        DS_TRY(const auto page, read_page(response, order.root, order.what));
        DS_DO(visit_page(page, prefix, visit));
        if (page.text_of("IsTruncated") != "true") return {};
        const std::string next{page.text_of("NextContinuationToken")};
        // A server that gives the same page again would keep us here for ever.
        if (next.empty() || next == token)
            return fail(Code::corrupt, "the server's listing does not go on")
                .while_doing(order.what);
        token = next;
    }
}

Result<std::vector<Upload>> list_uploads(Client& client, const std::string& prefix,
                                         const std::stop_token& stop,
                                         std::chrono::system_clock::time_point& server_now) {
    std::vector<Upload> uploads;
    std::string key_marker;
    std::string id_marker;
    for (;;) {
        PageOrder order{"listing unfinished uploads",
                        "ListMultipartUploadsResult",
                        {{"uploads", ""}, {"prefix", prefix}}};
        order.query.emplace_back("max-uploads", std::to_string(client.config().list_page_keys));
        if (!key_marker.empty()) order.query.emplace_back("key-marker", key_marker);
        if (!id_marker.empty()) order.query.emplace_back("upload-id-marker", id_marker);
        DS_TRY(const auto response, ask_page(client, order, stop));
        if (const auto date = net::parse_http_date(response.header("date").value_or("")))
            server_now = *date;
        DS_TRY(const auto page, read_page(response, order.root, order.what));
        for (const auto& node : page.children) {
            if (node.name != "Upload") continue;
            const auto begun = parse_time(node.text_of("Initiated"));
            if (!begun)
                return fail(Code::corrupt, "an unfinished upload has no date")
                    .while_doing(order.what);
            uploads.push_back(
                {std::string{node.text_of("Key")}, std::string{node.text_of("UploadId")}, *begun});
        }
        const std::string next_key{page.text_of("NextKeyMarker")};
        const std::string next_id{page.text_of("NextUploadIdMarker")};
        const bool stuck = next_key.empty() || (next_key == key_marker && next_id == id_marker);
        if (page.text_of("IsTruncated") != "true" || stuck || uploads.size() >= uploads_max)
            return uploads;
        key_marker = next_key;
        id_marker = next_id;
    }
}

Status abort_upload(Client& client, const std::string& key, const std::string& id,
                    const std::stop_token& stop) {
    using namespace std::chrono_literals;
    const auto response =
        client.call({.what = fmt::format("aborting the upload of {}", key),
                     .permission = "s3:AbortMultipartUpload",
                     .method = "DELETE",
                     .key = key,
                     .query = {{"uploadId", id}},
                     .stall_max = 10s,
                     .total_max = 20s,
                     .policy = net::RetryPolicy{.attempts_max = 4, .total_max = 20s}},
                    stop);
    if (!response && response.error().code() != Code::conflict &&
        response.error().code() != Code::not_found) {
        return Error{response.error()};
    }
    return {};
}

}  // namespace ds::stores::s3
