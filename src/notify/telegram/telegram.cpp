#include "notify/telegram/telegram.hpp"

#include <algorithm>
#include <array>
#include <regex>

#include "base/json.hpp"
#include "base/text.hpp"
#include "notify/courier.hpp"
#include "notify/wording.hpp"

namespace ds::notify::telegram {
namespace {

namespace bj = boost::json;

// core.telegram.org/bots/api#sendmessage: counted in UTF-16 units after entities are parsed, so the
// tags and escapes do not count.
constexpr std::size_t message_max = 4096;
constexpr std::size_t title_max = 256;
constexpr std::size_t field_name_max = 100;
constexpr std::size_t field_value_max = 300;
constexpr std::size_t fields_share = 1500;
constexpr std::size_t spare = 100;  // for the mark, the link's words and the line feeds
constexpr std::string_view link_words = "Open in DumpStation";

struct Lines {
    std::string html;
    std::size_t units = 0;
};

Lines field_lines(const std::vector<model::EventField>& fields) {
    Lines lines;
    for (const auto& field : fields) {
        const auto name = fitted(field.name, field_name_max);
        const auto value = fitted(field.value, field_value_max);
        const auto units = utf16_units(name) + utf16_units(value) + 3;
        if (lines.units + units > fields_share) {
            lines.html += "…\n";
            lines.units += 2;
            break;
        }
        lines.html += "<b>" + escaped(name, html) + "</b>: " + escaped(value, html) + "\n";
        lines.units += units;
    }
    return lines;
}

std::string html_message(const model::Event& event) {
    const auto title = fitted(event.title, title_max);
    const auto fields = field_lines(event.fields);
    const auto room = message_max - spare - utf16_units(title) - fields.units;
    const auto text = fitted(event.text, room);
    std::string message{mark_of(event.severity)};
    message += " <b>" + escaped(title, html) + "</b>\n";
    if (!text.empty()) message += "\n" + escaped(text, html) + "\n";
    if (!fields.html.empty()) message += "\n" + fields.html;
    if (event.url) {
        message += fmt::format("\n<a href=\"{}\">{}</a>", escaped(*event.url, html), link_words);
    }
    return message;
}

class TelegramNotifier final : public Notifier {
public:
    TelegramNotifier(Target target, const Outside& outside, const Settings& settings)
        : target_{std::move(target)},
          chat_{settings.at("chat_id")},
          thread_{settings.at("thread_id")},
          courier_{"Telegram", outside, hidden(target_, settings.at("bot_token"))} {}

    Result<Receipt> send(const model::Event& event, const sys::Run& run) override {
        const auto told = cleaned(event);
        auto rich = envelope();
        rich["text"] = html_message(told);
        rich["parse_mode"] = "HTML";
        auto plain = envelope();
        plain["text"] = fitted(plain_text(told), message_max);
        return courier_.deliver(target_, json::to_text(rich), json::to_text(plain), run);
    }

private:
    const Target target_;
    const std::string chat_;
    const std::string thread_;
    const Courier courier_;

    static std::vector<Secret> hidden(const Target& target, const std::string& token) {
        auto secrets = secrets_of(target);
        secrets.emplace_back(token);
        secrets.emplace_back(token.substr(token.find(':') + 1));
        return secrets;
    }
    bj::object envelope() const {
        bj::object body{{"chat_id", chat_}, {"link_preview_options", {{"is_disabled", true}}}};
        if (!thread_.empty()) body["message_thread_id"] = std::stoull(thread_);
        return body;
    }
};

constexpr std::array<Option, 4> options{{
    {"bot_token", OptionKind::secret, true, "What @BotFather gave you: 123456:ABC…"},
    {"chat_id", OptionKind::text, true, "The chat's number (groups are negative) or @channel."},
    {"thread_id", OptionKind::number, false, "A topic of that group, by its number."},
    {"api_url", OptionKind::url, false, "Your own Bot API server.", {}, "https://api.telegram.org"},
}};

Complaints check(const Settings& settings) {
    Complaints complaints;
    static const std::regex token_form{R"(\d{1,20}:[A-Za-z0-9_-]{20,100})"};
    static const std::regex chat_form{R"(-?\d{1,18}|@[A-Za-z][A-Za-z0-9_]{3,31})"};
    if (!std::regex_match(settings.at("bot_token"), token_form)) {
        complaints.push_back({"bot_token", "is not of the form 123456:ABC…"});
    }
    if (!std::regex_match(settings.at("chat_id"), chat_form)) {
        complaints.push_back({"chat_id", "is neither a number nor an @name"});
    }
    const auto api = target_of(settings.at("api_url"));
    if (api && !is_private(*api)) complaints.push_back({"api_url", "does not begin with https://"});
    return complaints;
}

Result<std::unique_ptr<Notifier>> open(const Settings& settings, const Outside& outside) {
    DS_TRY(const auto api, target_of(settings.at("api_url")));
    auto target = api.below("/bot" + settings.at("bot_token") + "/sendMessage");
    return std::make_unique<TelegramNotifier>(std::move(target), outside, settings);
}

}  // namespace

const Driver driver{"telegram", "Telegram", options, &check, &open};

}  // namespace ds::notify::telegram
