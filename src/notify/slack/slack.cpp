#include "notify/slack/slack.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"
#include "notify/courier.hpp"
#include "notify/wording.hpp"

namespace ds::notify::slack {
namespace {

namespace bj = boost::json;

// docs.slack.dev/reference/block-kit/blocks; counted as written, escapes included.
constexpr std::size_t header_max = 150;
constexpr std::size_t section_max = 3000;
constexpr std::size_t section_fields_max = 10;
constexpr std::size_t field_max = 2000;
constexpr std::size_t field_name_max = 200;
constexpr std::size_t fields_max = 40;  // ours: more is a table, not a message
constexpr std::size_t context_max = 500;

bj::object plain(std::string text) {
    // A blank text is refused.
    if (trimmed(text).empty()) text = "–";
    return {{"type", "plain_text"}, {"text", std::move(text)}, {"emoji", false}};
}

std::string field_text(const model::EventField& field) {
    return fitted(field.name, field_name_max, slack_text) + "\n" +
           fitted(field.value, field_max - field_name_max - 1, slack_text);
}

void append_fields(bj::array& blocks, const std::vector<model::EventField>& fields) {
    const auto shown = std::min(fields.size(), fields_max);
    for (std::size_t begin = 0; begin < shown; begin += section_fields_max) {
        bj::array list;
        for (auto i = begin; i < std::min(begin + section_fields_max, shown); ++i) {
            list.push_back(plain(field_text(fields[i])));
        }
        blocks.push_back({{"type", "section"}, {"fields", list}});
    }
}

std::string context_of(const model::Event& event) {
    std::vector<std::string> words;
    if (!event.organization.empty()) words.push_back(event.organization);
    if (!event.subject.empty()) words.push_back(event.subject);
    if (event.fields.size() > fields_max) {
        words.push_back(fmt::format("{} more not shown", event.fields.size() - fields_max));
    }
    words.push_back(event.at);
    return fitted(join(words, " · "), context_max, slack_text);
}

/// "|" and ">" end the address inside a link.
bj::object link_to(const std::string& url) {
    const auto address = escaped(url, slack_text);
    return {{"type", "mrkdwn"}, {"text", "<" + address + "|Open in DumpStation>"}};
}

std::string headline(const model::Event& event) {
    return std::string{mark_of(event.severity)} + " " + event.title;
}

std::string rich_body(const model::Event& event) {
    bj::array blocks;
    const auto title = fitted(headline(event), header_max, slack_text);
    blocks.push_back({{"type", "header"}, {"text", plain(title)}});
    const auto text = fitted(event.text, section_max, slack_text);
    if (!text.empty()) blocks.push_back({{"type", "section"}, {"text", plain(text)}});
    append_fields(blocks, event.fields);
    if (event.url) blocks.push_back({{"type", "section"}, {"text", link_to(*event.url)}});
    blocks.push_back({{"type", "context"}, {"elements", bj::array{plain(context_of(event))}}});
    return json::to_text(bj::object{{"text", title}, {"blocks", blocks}});
}

std::string plain_body(const model::Event& event) {
    return json::to_text(bj::object{{"text", fitted(plain_text(event), section_max, slack_text)}});
}

class SlackNotifier final : public Notifier {
public:
    SlackNotifier(Target target, const Outside& outside)
        : target_{std::move(target)}, courier_{"Slack", outside, secrets_of(target_)} {}

    Result<Receipt> send(const model::Event& event, const sys::Run& run) override {
        const auto told = cleaned(event);
        return courier_.deliver(target_, rich_body(told), plain_body(told), run);
    }

private:
    const Target target_;
    const Courier courier_;
};

constexpr std::array<Option, 1> options{{
    {"webhook_url", OptionKind::secret, true,
     "In Slack: your app's Incoming Webhooks, https://hooks.slack.com/services/…"},
}};

Complaints check(const Settings& settings) {
    const auto target = target_of(settings.at("webhook_url"));
    if (!target) return {{"webhook_url", target.error().message()}};
    if (!is_private(*target)) return {{"webhook_url", "does not begin with https://"}};
    if (target->path.reveal() == "/") return {{"webhook_url", "has no path"}};
    return {};
}

Result<std::unique_ptr<Notifier>> open(const Settings& settings, const Outside& outside) {
    DS_TRY(auto target, target_of(settings.at("webhook_url")));
    return std::make_unique<SlackNotifier>(std::move(target), outside);
}

}  // namespace

const Driver driver{"slack", "Slack", options, &check, &open};

}  // namespace ds::notify::slack
