#include "console/answer.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "console/table.hpp"

namespace ds::console {
namespace {

/// Nothing from elsewhere, nothing inline. The one hash is of the constant style text that React
/// Aria sets for pressed buttons.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self' "
    "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

constexpr std::array programs{std::string_view{"/healthz"}, std::string_view{"/readyz"},
                              std::string_view{"/metrics"}};
constexpr std::string_view page = "/index.html";
constexpr std::string_view lasting = "/assets/";  // names there change with their contents

/// Whether one word of an Accept-Encoding line, "gzip;q=0.5", allows its coding.
bool allows(std::string_view word, std::string_view coding) {
    const auto end = std::min(word.find(';'), word.size());
    const auto name = trimmed(word.substr(0, end));
    if (!http::same_without_case(name, coding)) return false;
    const auto weight = word.find("q=", end);
    // "q=0", "q=0.0" and so on refuse; anything else is above zero.
    return weight == word.npos ||
           word.substr(weight + 2).find_first_of("123456789") != std::string_view::npos;
}

bool takes(const http::Request& request, std::string_view coding) {
    const auto* line = request.headers.find("Accept-Encoding");
    if (line == nullptr) return false;
    for (const auto& word : split(*line, ',')) {
        if (allows(word, coding)) return true;
    }
    return false;
}

struct Encoded {
    std::string_view coding;  // "" = as it is
    std::string_view bytes;
};

Encoded best_of(const File& file, const http::Request& request) {
    if (!file.brotli.empty() && takes(request, "br")) return {"br", file.brotli};
    if (!file.gzip.empty() && takes(request, "gzip")) return {"gzip", file.gzip};
    return {"", file.plain};
}

void harden(http::Headers& headers) {
    headers.add("Content-Security-Policy", std::string{policy});
    headers.add("X-Content-Type-Options", "nosniff");
    headers.add("Referrer-Policy", "no-referrer");
    headers.add("Cross-Origin-Opener-Policy", "same-origin");
}

http::Response plain(int status, std::string text) {
    auto response = http::text_response(status, std::move(text));
    harden(response.headers);
    return response;
}

http::Response with(const File& file, const http::Request& request) {
    const auto [coding, bytes] = best_of(file, request);
    http::Response response;
    auto& headers = response.headers;
    harden(headers);
    // Encodings are different bytes, so their tags differ too.
    const auto etag = fmt::format("\"{}{}{}\"", file.etag, coding.empty() ? "" : "-", coding);
    headers.add("ETag", etag);
    headers.add("Vary", "Accept-Encoding");
    headers.add("Cache-Control", file.path.starts_with(lasting)
                                     ? "public, max-age=31536000, immutable"
                                     : "no-cache");
    if (request.headers.has_word("If-None-Match", etag)) {
        response.status = 304;
        return response;
    }
    headers.add("Content-Type", std::string{file.type});
    if (!coding.empty()) headers.add("Content-Encoding", std::string{coding});
    response.body = bytes;
    return response;
}

/// A place of the console looks like /runs/01J…; a file that is not there has a dot in its name.
const File* file_for(const std::string& path) {
    if (const auto* file = find(path)) return file;
    const auto name = path.substr(path.rfind('/') + 1);
    if (path.starts_with(lasting) || name.find('.') != name.npos) return nullptr;
    return find(page);
}

}  // namespace

bool is_for_console(const http::Request& request) {
    const auto& path = request.path;
    if (path == "/api" || path.starts_with("/api/") || path == "*") return false;
    return std::find(programs.begin(), programs.end(), path) == programs.end();
}

http::Response answer(const http::Request& request) {
    if (request.method != "GET" && request.method != "HEAD") {
        auto response = plain(405, "only to be read\n");
        response.headers.add("Allow", "GET, HEAD");
        return response;
    }
    if (files().empty())
        return plain(404, "this program was built without its console; its API is at /api/docs\n");
    const auto* file = file_for(request.path);
    return file == nullptr ? plain(404, "there is no such file\n") : with(*file, request);
}

}  // namespace ds::console
