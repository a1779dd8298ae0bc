#include "notify/email/email.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "net/smtp.hpp"
#include "notify/courier.hpp"
#include "notify/email/letter.hpp"
#include "notify/template.hpp"
#include "notify/wording.hpp"

namespace ds::notify::email {
namespace {

constexpr std::size_t recipients_max = 50;

net::SmtpSecurity security_of(const std::string& word) {
    if (word == "none") return net::SmtpSecurity::none;
    return word == "tls" ? net::SmtpSecurity::tls : net::SmtpSecurity::starttls;
}

std::uint16_t usual_port(net::SmtpSecurity security) {
    switch (security) {
        case net::SmtpSecurity::none: return 25;
        case net::SmtpSecurity::starttls: return 587;
        case net::SmtpSecurity::tls: return 465;
    }
    return 587;
}

class EmailNotifier final : public Notifier {
public:
    EmailNotifier(net::SmtpServer server, Envelope envelope, const Outside& outside)
        : server_{std::move(server)}, envelope_{std::move(envelope)}, smtp_{outside.smtp()} {}

    Result<Receipt> send(const model::Event& event, const sys::Run& run) override {
        const auto text = letter(envelope_, cleaned(event), run.clock.now());
        net::SmtpLetter letter;
        letter.from = envelope_.from.address;
        for (const auto& mailbox : envelope_.to) letter.to.push_back(mailbox.address);
        letter.text = text;
        const auto sent = smtp_->send(server_, letter, run.stop);
        if (!sent) {
            const auto& error = sent.error();
            return fail(error.code(), quoted(error.message(), hidden()), error.hint());
        }
        return Receipt{sent->status, quoted(answer_of(*sent), hidden())};
    }

private:
    const net::SmtpServer server_;
    const Envelope envelope_;
    const std::shared_ptr<net::SmtpClient> smtp_;

    std::vector<Secret> hidden() const { return {server_.password}; }
    static std::string answer_of(const net::SmtpReceipt& receipt) {
        if (receipt.refused.empty()) return receipt.answer;
        return fmt::format("not to everybody: {}; {}", join(receipt.refused, "; "), receipt.answer);
    }
};

constexpr std::array<std::string_view, 3> securities{"starttls", "tls", "none"};
constexpr std::array<Option, 10> options{{
    {"host", OptionKind::text, true, "Your provider's server for outgoing mail."},
    {"port", OptionKind::number, false, "When it is not the usual 587, 465 (tls) or 25 (none)."},
    {"security", OptionKind::choice, false, "How the connection is protected.", securities,
     "starttls"},
    {"user", OptionKind::text, false, "When the server wants a login."},
    {"password", OptionKind::secret, false, "Of that user; often an app password."},
    {"from", OptionKind::text, true, "The sender: an address, or Name <address>."},
    {"to", OptionKind::text, true, "The recipients, separated by commas."},
    {"subject", OptionKind::text, false,
     "Of the letter, with {{title}}, {{subject}} and the like."},
    {"text_template", OptionKind::text, false,
     "The letter as text, with {{title}}, {{text}}, {{field.NAME}} and the like."},
    {"html_template", OptionKind::text, false,
     "The letter as HTML; what placeholders bring is escaped."},
}};

bool is_host(const std::string& text) {
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
               c == ':' || c == '_';
    };
    const auto lowered = lower(text);
    return std::all_of(lowered.begin(), lowered.end(), allowed) && text.size() <= 253;
}

Complaints check_server(const Settings& settings) {
    Complaints complaints;
    const auto& host = settings.at("host");
    if (!is_host(host)) complaints.push_back({"host", "is not a host name"});
    const auto port = parse_unsigned(settings.at("port"), "port");
    if (port && (*port == 0 || *port > 65535)) {
        complaints.push_back({"port", "is not between 1 and 65535"});
    }
    const bool here = host == "localhost" || host == "127.0.0.1" || host == "::1";
    const bool login = !settings.at("user").empty();
    if (login && settings.at("security") == "none" && !here) {
        complaints.push_back({"security", "would send the password readable; use starttls or tls"});
    }
    if (login == settings.at("password").empty()) {
        complaints.push_back({login ? "password" : "user", "is required with the other"});
    }
    return complaints;
}

Form form_of_option(std::string_view name) {
    return name == "html_template" ? Form::html : Form::plain;
}

Complaints check(const Settings& settings) {
    auto complaints = check_server(settings);
    const auto from = read_mailbox(settings.at("from"));
    if (!from) complaints.push_back({"from", from.error().message()});
    const auto to = read_mailboxes(settings.at("to"));
    if (!to) complaints.push_back({"to", to.error().message()});
    if (to && to->empty()) complaints.push_back({"to", "is required"});
    if (to && to->size() > recipients_max) {
        complaints.push_back({"to", fmt::format("has more than {} recipients", recipients_max)});
    }
    for (const auto* name : {"subject", "text_template", "html_template"}) {
        const auto pattern = check_template(settings.at(name), form_of_option(name));
        if (!pattern) complaints.push_back({name, pattern.error().message()});
    }
    return complaints;
}

Result<std::unique_ptr<Notifier>> open(const Settings& settings, const Outside& outside) {
    net::SmtpServer server;
    server.host = settings.at("host");
    server.security = security_of(settings.at("security"));
    server.port = usual_port(server.security);
    if (const auto port = parse_unsigned(settings.at("port"), "port")) {
        server.port = static_cast<std::uint16_t>(*port);
    }
    server.user = settings.at("user");
    server.password = Secret{settings.at("password")};
    Envelope envelope;
    DS_TRY(envelope.from, read_mailbox(settings.at("from")));
    DS_TRY(envelope.to, read_mailboxes(settings.at("to")));
    envelope.patterns = {settings.at("subject"), settings.at("text_template"),
                         settings.at("html_template")};
    return std::make_unique<EmailNotifier>(std::move(server), std::move(envelope), outside);
}

}  // namespace

const Driver driver{"email", "Mail", options, &check, &open};

}  // namespace ds::notify::email
