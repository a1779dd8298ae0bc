#include "net/smtp.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <curl/curl.h>
#include <fmt/core.h>

#include "base/text.hpp"
#include "net/curl_error.hpp"
#include "net/curl_guard.hpp"

namespace ds::net {
namespace {

constexpr std::size_t replies_max = 500;

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using RecipientList = std::unique_ptr<curl_slist, FreeList>;

struct FreeEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;

/// What the callbacks of one transfer read and fill.
struct Talk {
    std::string_view unsent;
    std::vector<std::string> replies;  // the server's lines, in order
    const std::stop_token* stop = nullptr;
    std::array<char, CURL_ERROR_SIZE> why{};
};

std::size_t on_read(char* room, std::size_t size, std::size_t count, void* user) {
    auto& talk = *static_cast<Talk*>(user);
    const auto bytes = std::min(size * count, talk.unsent.size());
    std::memcpy(room, talk.unsent.data(), bytes);
    talk.unsent.remove_prefix(bytes);
    return bytes;
}

std::size_t on_reply(char* data, std::size_t size, std::size_t count, void* user) {
    auto& talk = *static_cast<Talk*>(user);
    const auto line = trimmed({data, size * count});
    if (talk.replies.size() < replies_max && !line.empty()) talk.replies.emplace_back(line);
    return size * count;
}

std::size_t on_output(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Talk*>(user)->stop->stop_requested() ? 1 : 0;
}

RecipientList recipient_list(const std::vector<std::string>& addresses) {
    RecipientList list;
    for (const auto& address : addresses) {
        curl_slist* longer = curl_slist_append(list.get(), ("<" + address + ">").c_str());
        DS_CHECK(longer != nullptr, "out of memory");
        static_cast<void>(list.release());
        list.reset(longer);
    }
    return list;
}

void prepare_server(CURL* easy, const SmtpServer& server) {
    const bool bracketed = server.host.find(':') != std::string::npos;
    const auto url =
        fmt::format("{}://{}{}{}:{}", server.security == SmtpSecurity::tls ? "smtps" : "smtp",
                    bracketed ? "[" : "", server.host, bracketed ? "]" : "", server.port);
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_USE_SSL,
                     static_cast<long>(server.security == SmtpSecurity::none ? CURLUSESSL_NONE
                                                                             : CURLUSESSL_ALL));
    if (server.user.empty()) return;
    curl_easy_setopt(easy, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, server.password.reveal().c_str());
}

void prepare_limits(CURL* easy, const SmtpOptions& options) {
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(options.connect_max.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, static_cast<long>(options.total_max.count()));
    if (!options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
}

void prepare_talk(CURL* easy, Talk& talk) {
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, talk.why.data());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    // Told beforehand, so that a server can refuse what is too long for it.
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(talk.unsent.size()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, &talk);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_reply);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &talk);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_output);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &talk);
}

/// The server's last line that refuses something; empty when there is none.
std::string last_refusal(const Talk& talk) {
    const auto refusal = [](const std::string& line) { return line[0] == '4' || line[0] == '5'; };
    const auto found = std::find_if(talk.replies.rbegin(), talk.replies.rend(), refusal);
    return found == talk.replies.rend() ? "" : printable(*found, 300);
}

Error letter_refused(const std::string& where, const std::string& words) {
    const bool later = words.starts_with('4');
    return fail(later ? Code::unavailable : Code::invalid,
                fmt::format("{} does not take the letter: {}", where, words),
                later ? "" : "Check the addresses of sender and recipients.");
}

Error smtp_error(CURLcode code, CURL* easy, const Talk& talk, const SmtpServer& server) {
    const auto where = server.shown();
    const auto words = last_refusal(talk);
    switch (code) {
        case CURLE_LOGIN_DENIED:
            if (words.starts_with('4')) return letter_refused(where, words);
            if (words.empty()) {
                return fail(Code::unsupported, fmt::format("{} offers no known login", where));
            }
            return fail(Code::unauthenticated,
                        fmt::format("{} refuses user and password: {}", where, words),
                        "Many providers want an app password instead of the account's own.");
        case CURLE_USE_SSL_FAILED:
            return fail(Code::unsupported, fmt::format("{} does not offer STARTTLS", where),
                        "Port 465 wants security tls; port 587 wants starttls.");
        case CURLE_OPERATION_TIMEDOUT:
            if (talk.replies.empty()) break;
            return fail(Code::timeout, fmt::format("{} stopped answering", where));
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_REMOTE_ACCESS_DENIED:
            if (!words.empty()) return letter_refused(where, words);
            break;
        default: break;
    }
    return curl_error(code, easy, talk.why.data(), where);
}

SmtpReceipt receipt_of(const Talk& talk) {
    SmtpReceipt receipt;
    // The answer to QUIT, if it was read, is not the answer to the letter.
    for (const auto& line : talk.replies) {
        if (line.starts_with("250")) receipt.answer = printable(line, 300);
        if (line[0] == '4' || line[0] == '5') receipt.refused.push_back(printable(line, 300));
    }
    receipt.status = 250;
    return receipt;
}

}  // namespace

std::string SmtpServer::shown() const { return fmt::format("{}:{}", host, port); }

SmtpClient::SmtpClient(SmtpOptions options) : options_{std::move(options)} { start_curl_once(); }

Result<SmtpReceipt> SmtpClient::send(const SmtpServer& server, const SmtpLetter& letter,
                                     const std::stop_token& stop) const {
    const Easy easy{curl_easy_init()};
    DS_CHECK(easy != nullptr, "out of memory");
    Talk talk;
    talk.unsent = letter.text;
    talk.stop = &stop;
    const auto recipients = recipient_list(letter.to);
    prepare_server(easy.get(), server);
    prepare_limits(easy.get(), options_);
    prepare_talk(easy.get(), talk);
    curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, ("<" + letter.from + ">").c_str());
    curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, recipients.get());
    // One mistyped recipient must not keep the others from hearing it.
    curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
    CurlGuard guard{options_.outgoing};
    guard.watch(easy.get());
    const CURLcode code = curl_easy_perform(easy.get());
    if (code != CURLE_OK && guard.refused())
        return Error{*guard.refused()}.while_doing(server.shown());
    if (code != CURLE_OK) return smtp_error(code, easy.get(), talk, server);
    return receipt_of(talk);
}

}  // namespace ds::net
