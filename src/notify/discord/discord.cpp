#include "notify/discord/discord.hpp"

#include <algorithm>
#include <array>
#include <regex>

#include "base/json.hpp"
#include "base/text.hpp"
#include "notify/courier.hpp"
#include "notify/wording.hpp"

namespace ds::notify::discord {
namespace {

namespace bj = boost::json;

// discord.com/developers/docs/resources/message#embed-object-embed-limits
constexpr std::size_t title_max = 256;
constexpr std::size_t description_max = 4096;
constexpr std::size_t fields_max = 25;
constexpr std::size_t field_name_max = 256;
constexpr std::size_t field_value_max = 1024;
constexpr std::size_t embed_max = 6000;
constexpr std::size_t content_max = 2000;
constexpr std::size_t footer_max = 200;     // ours
constexpr std::size_t fields_share = 1500;  // of an embed whose text alone would fill it
constexpr std::size_t field_worth = 40;     // less room than that is not worth a field

std::uint32_t colour_of(model::Severity severity) {
    switch (severity) {
        case model::Severity::info: return 0x2E9E5B;
        case model::Severity::warning: return 0xE8A317;
        case model::Severity::error: return 0xD43C3C;
    }
    return 0;
}

/// Discord refuses a field whose name or value is blank.
std::string filled(std::string_view text, std::size_t units_max) {
    const auto written = fitted(text, units_max, discord_markdown);
    return trimmed(written).empty() ? "–" : written;
}

bj::array fields_within(const std::vector<model::EventField>& fields, std::size_t room) {
    bj::array list;
    for (const auto& field : fields) {
        if (list.size() == fields_max || room < field_worth) break;
        const auto name = filled(field.name, std::min(field_name_max, room / 2));
        room -= utf16_units(name);
        const auto value = filled(field.value, std::min(field_value_max, room));
        room -= utf16_units(value);
        const bool is_short = utf16_units(value) <= field_worth;
        list.push_back({{"name", name}, {"value", value}, {"inline", is_short}});
    }
    return list;
}

std::size_t units_of(const std::vector<model::EventField>& fields) {
    std::size_t units = 0;
    for (const auto& field : fields) {
        units += utf16_units(filled(field.name, field_name_max)) +
                 utf16_units(filled(field.value, field_value_max));
    }
    return units;
}

std::string footer_of(const model::Event& event, std::size_t fields_left_out) {
    std::vector<std::string> words;
    if (!event.organization.empty()) words.push_back(fitted(event.organization, 60));
    if (!event.subject.empty()) words.push_back(fitted(event.subject, 60));
    if (fields_left_out > 0) words.push_back(fmt::format("{} more not shown", fields_left_out));
    return fitted(join(words, " · "), footer_max);
}

bj::object embed_of(const model::Event& event) {
    const auto title = fitted(event.title, title_max, discord_markdown);
    auto room = embed_max - footer_max - utf16_units(title);
    const auto kept = std::min(fields_share, units_of(event.fields));
    const auto text = fitted(event.text, std::min(description_max, room - kept), discord_markdown);
    room -= utf16_units(text);
    const auto fields = fields_within(event.fields, room);
    const auto footer = footer_of(event, event.fields.size() - fields.size());

    bj::object embed{{"title", title}, {"color", colour_of(event.severity)}};
    if (!text.empty()) embed["description"] = text;
    if (!fields.empty()) embed["fields"] = fields;
    if (!footer.empty()) embed["footer"] = {{"text", footer}};
    if (event.url) embed["url"] = *event.url;
    if (from_rfc3339(event.at)) embed["timestamp"] = event.at;
    return embed;
}

/// The name "DumpStation" is the webhook's own to choose; nobody is called by an alarm's text.
bj::object envelope() { return {{"allowed_mentions", {{"parse", bj::array{}}}}}; }

std::string rich_body(const model::Event& event) {
    auto body = envelope();
    body["embeds"] = bj::array{embed_of(event)};
    return json::to_text(body);
}

std::string plain_body(const model::Event& event) {
    auto body = envelope();
    body["content"] = fitted(plain_text(event), content_max, discord_markdown);
    return json::to_text(body);
}

class DiscordNotifier final : public Notifier {
public:
    DiscordNotifier(Target target, const Outside& outside)
        : target_{std::move(target)}, courier_{"Discord", outside, secrets_of(target_)} {}

    Result<Receipt> send(const model::Event& event, const sys::Run& run) override {
        const auto told = cleaned(event);
        return courier_.deliver(target_, rich_body(told), plain_body(told), run);
    }

private:
    const Target target_;
    const Courier courier_;
};

constexpr std::array<Option, 2> options{{
    {"webhook_url", OptionKind::secret, true,
     "In Discord: channel settings, Integrations, Webhooks, Copy webhook URL."},
    {"thread_id", OptionKind::number, false, "A thread of that channel, by its number."},
}};

Complaints check(const Settings& settings) {
    const auto target = target_of(settings.at("webhook_url"));
    if (!target) return {{"webhook_url", target.error().message()}};
    static const std::regex form{R"(/api/(v\d+/)?webhooks/\d+/[A-Za-z0-9_.-]+)"};
    const auto& whole = target->path.reveal();
    if (!std::regex_match(whole.substr(0, whole.find('?')), form)) {
        return {{"webhook_url", "is not of the form https://discord.com/api/webhooks/…/…"}};
    }
    if (!is_private(*target)) return {{"webhook_url", "does not begin with https://"}};
    return {};
}

Result<std::unique_ptr<Notifier>> open(const Settings& settings, const Outside& outside) {
    DS_TRY(auto target, target_of(settings.at("webhook_url")));
    // Without it Discord answers before it knows whether it can keep the message.
    target = target.with_query("wait=true");
    const auto& thread = settings.at("thread_id");
    if (!thread.empty()) target = target.with_query("thread_id=" + thread);
    return std::make_unique<DiscordNotifier>(std::move(target), outside);
}

}  // namespace

const Driver driver{"discord", "Discord", options, &check, &open};

}  // namespace ds::notify::discord
