#include "net/http.hpp"

#include <array>
#include <cstring>
#include <ctime>
#include <mutex>

#include <curl/curl.h>
#include <fmt/core.h>

#include "base/text.hpp"
#include "net/curl_error.hpp"
#include "net/curl_guard.hpp"
#include "net/url.hpp"

namespace ds::net {
namespace {

constexpr std::size_t lines_idle_max = 16;
constexpr std::size_t headers_bytes_max = 64 * KiB;
constexpr std::size_t headers_max = 200;

std::optional<std::string> find_header(const Fields& fields, std::string_view name) {
    for (const auto& [key, value] : fields) {
        if (key.size() == name.size() && strncasecmp(key.data(), name.data(), name.size()) == 0) {
            return value;
        }
    }
    return {};
}

/// What the callbacks of one transfer fill.
struct Arriving {
    HttpResponse response;
    std::size_t body_bytes_max = 0;
    std::size_t header_bytes = 0;
    bool too_long = false;
};

void note_status_line(Arriving& arriving, std::string_view line) {
    // A new status line begins a new answer: what came before was a 100 Continue or a proxy's
    // greeting.
    arriving.response.headers.clear();
    arriving.response.body.clear();
    const auto space = line.find(' ');
    const auto code =
        space == std::string_view::npos ? std::string_view{} : line.substr(space + 1, 3);
    const auto status = parse_unsigned(code, "status");
    arriving.response.status = status ? static_cast<int>(*status) : 0;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
    auto& arriving = *static_cast<Arriving*>(user);
    const std::size_t bytes = size * count;
    const auto line = trimmed({data, bytes});
    arriving.header_bytes += bytes;
    if (arriving.header_bytes > headers_bytes_max ||
        arriving.response.headers.size() > headers_max) {
        arriving.too_long = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        note_status_line(arriving, line);
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        arriving.response.headers.emplace_back(lower(trimmed(line.substr(0, colon))),
                                               std::string{trimmed(line.substr(colon + 1))});
    }
    return bytes;
}

void reserve_announced(Arriving& arriving) {
    const auto text = arriving.response.header("content-length");
    const auto announced = text ? parse_unsigned(*text, "length") : Result<std::uint64_t>{0};
    if (announced && *announced <= arriving.body_bytes_max) {
        arriving.response.body.reserve(static_cast<std::size_t>(*announced));
    }
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto& arriving = *static_cast<Arriving*>(user);
    auto& body = arriving.response.body;
    const std::size_t bytes = size * count;
    if (body.size() + bytes > arriving.body_bytes_max) {
        arriving.too_long = true;
        return 0;
    }
    if (body.empty()) reserve_announced(arriving);
    append(body, View{reinterpret_cast<const std::byte*>(data), bytes});
    return bytes;
}

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

HeaderList header_list(const HttpRequest& request) {
    HeaderList list;
    const auto add = [&list](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        DS_CHECK(longer != nullptr, "out of memory");
        static_cast<void>(list.release());
        list.reset(longer);
    };
    for (const auto& [name, value] : request.headers) {
        // "Name;" is how libcurl is told to send an empty value.
        add(value.empty() ? name + ";" : name + ": " + value);
    }
    // Waiting for a 100 Continue costs a second with every server that does not know it.
    add("Expect:");
    if (!request.header("content-type")) add("Content-Type:");
    return list;
}

}  // namespace

/// An easy handle with a multi handle of its own: the multi keeps the connection between calls and
/// can be woken from another thread.
struct HttpClient::Line {
    CURLM* multi = curl_multi_init();
    CURL* easy = curl_easy_init();
    std::array<char, CURL_ERROR_SIZE> why{};

    Line() { DS_CHECK(multi != nullptr && easy != nullptr, "out of memory"); }
    ~Line() {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void prepare(const HttpRequest& request, const HttpOptions& options, const std::string& url);
    void prepare_body(const HttpRequest& request);
    /// Runs the transfer; CURLE_ABORTED_BY_CALLBACK when `stop` fired.
    CURLcode perform(const std::stop_token& stop);
};

struct HttpClient::Pool {
    std::mutex mutex;
    std::vector<std::unique_ptr<Line>>
        idle;  // newest last: its connection is the most likely to live

    std::unique_ptr<Line> take() {
        const std::lock_guard lock{mutex};
        if (idle.empty()) return std::make_unique<Line>();
        auto line = std::move(idle.back());
        idle.pop_back();
        return line;
    }
    void give_back(std::unique_ptr<Line> line) {
        const std::lock_guard lock{mutex};
        if (idle.size() < lines_idle_max) idle.push_back(std::move(line));
    }
};

void HttpClient::Line::prepare_body(const HttpRequest& request) {
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (request.method == "GET" && request.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    } else if (request.method == "DELETE" && request.body.empty()) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "DELETE");
    } else {
        // The body as "post fields" stays where it is, and libcurl can send it again by itself when
        // a kept connection turns out to be dead.
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
                         request.body.empty() ? "" : text_of(request.body).data());
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
}

void HttpClient::Line::prepare(const HttpRequest& request, const HttpOptions& options,
                               const std::string& url) {
    curl_easy_reset(easy);
    why[0] = '\0';
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, why.data());
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(options.connect_max.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall_max.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, static_cast<long>(request.total_max.count()));
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 256L * 1024);
    curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 512L * 1024);
    if (!options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
    prepare_body(request);
}

CURLcode HttpClient::Line::perform(const std::stop_token& stop) {
    DS_CHECK(curl_multi_add_handle(multi, easy) == CURLM_OK, "a fresh handle is refused");
    const std::stop_callback wake{stop, [this] { curl_multi_wakeup(multi); }};
    int running = 1;
    CURLMcode state = CURLM_OK;
    while (running != 0 && state == CURLM_OK && !stop.stop_requested()) {
        state = curl_multi_perform(multi, &running);
        if (state == CURLM_OK && running != 0)
            state = curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
    }
    CURLcode outcome = CURLE_ABORTED_BY_CALLBACK;
    if (state != CURLM_OK) outcome = CURLE_OUT_OF_MEMORY;
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
        if (message->msg == CURLMSG_DONE) outcome = message->data.result;
    }
    curl_multi_remove_handle(multi, easy);
    return outcome;
}

HttpClient::HttpClient(HttpOptions options) : options_{std::move(options)} {
    start_curl_once();
    pool_ = std::make_unique<Pool>();
}

HttpClient::~HttpClient() = default;

Result<HttpResponse> HttpClient::send(const HttpRequest& request, const std::stop_token& stop) {
    std::string url = request.origin + request.path;
    if (!request.query.empty()) url += "?" + encoded_query(request.query);

    auto line = pool_->take();
    Arriving arriving;
    arriving.body_bytes_max = request.answer_bytes_max;
    const auto headers = header_list(request);
    line->prepare(request, options_, url);
    CurlGuard guard{options_.outgoing};
    guard.watch(line->easy);
    curl_easy_setopt(line->easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(line->easy, CURLOPT_HEADERFUNCTION, &on_header);
    curl_easy_setopt(line->easy, CURLOPT_HEADERDATA, &arriving);
    curl_easy_setopt(line->easy, CURLOPT_WRITEFUNCTION, &on_body);
    curl_easy_setopt(line->easy, CURLOPT_WRITEDATA, &arriving);

    const CURLcode code = line->perform(stop);
    if (arriving.too_long) {
        return fail(Code::exhausted,
                    fmt::format("{} answers with more than the {} expected", request.origin,
                                human_bytes(request.answer_bytes_max)));
    }
    if (code != CURLE_OK && guard.refused())
        return Error{*guard.refused()}.while_doing(request.origin);
    if (code != CURLE_OK) return curl_error(code, line->easy, line->why.data(), request.origin);
    pool_->give_back(std::move(line));
    return std::move(arriving.response);
}

std::optional<std::string> HttpRequest::header(std::string_view name) const {
    return find_header(headers, name);
}
std::optional<std::string> HttpResponse::header(std::string_view name) const {
    return find_header(headers, name);
}

std::string encoded_query(const Fields& query) {
    std::string text;
    for (const auto& [name, value] : query) {
        if (!text.empty()) text += '&';
        text += percent_encoded(name) + "=" + percent_encoded(value);
    }
    return text;
}

std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text) {
    std::tm utc{};
    const std::string copy{text};
    const char* end = strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    if (end == nullptr || *end != '\0') return {};
    return time_of(utc);
}

}  // namespace ds::net
