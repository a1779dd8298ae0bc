#include <algorithm>
#include <functional>
#include <regex>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "notify/testing/strict_channels.hpp"

namespace ds::notify::testing {
namespace {

/// Collects the first complaint.
class Judge {
public:
    void need(bool condition, const std::string& why) {
        if (!condition && !verdict_) verdict_ = why;
    }
    /// A text member of `object`, between `min` units without blanks around and `max`.
    std::string text(const json::bj::object& object, const char* name, std::size_t min,
                     std::size_t max) {
        const auto* found = object.if_contains(name);
        need(found == nullptr || found->is_string(), fmt::format("{}: not a string", name));
        if (found == nullptr || !found->is_string()) {
            need(min == 0, fmt::format("{}: required", name));
            return {};
        }
        const std::string text{found->get_string()};
        const auto units = strict_units(text);
        need(units.has_value(), fmt::format("{}: not UTF-8", name));
        need(units.value_or(0) <= max, fmt::format("{}: longer than {}", name, max));
        need(strict_units(trimmed(text)).value_or(0) >= min, fmt::format("{}: blank", name));
        return text;
    }
    void only(const json::bj::object& object, const std::set<std::string_view>& known) {
        for (const auto& [key, value] : object) {
            need(known.count(std::string_view{key}) == 1, "unknown member " + std::string{key});
        }
    }
    const json::bj::array& list(const json::bj::object& object, const char* name, std::size_t max) {
        static const json::bj::array none;
        const auto* found = object.if_contains(name);
        if (found == nullptr) return none;
        need(found->is_array(), fmt::format("{}: not a list", name));
        if (!found->is_array()) return none;
        need(found->get_array().size() <= max, fmt::format("{}: more than {}", name, max));
        return found->get_array();
    }
    const json::bj::object& object(const json::Value& value, const char* what) {
        static const json::bj::object none;
        need(value.is_object(), fmt::format("{}: not an object", what));
        return value.is_object() ? value.get_object() : none;
    }
    Verdict verdict() const { return verdict_; }

private:
    Verdict verdict_;
};

std::size_t units(const std::string& text) { return strict_units(text).value_or(0); }

bool is_link(const std::string& text) {
    static const std::regex form{R"(https?://[A-Za-z0-9.\-\[\]:]+(/[!-~]*)?(\?[!-~]*)?)"};
    return text.size() <= 2048 && std::regex_match(text, form);
}

std::size_t judge_embed(Judge& judge, const json::bj::object& embed) {
    judge.only(embed, {"title", "description", "color", "fields", "footer", "url", "timestamp"});
    auto total = units(judge.text(embed, "title", 0, 256)) +
                 units(judge.text(embed, "description", 0, 4096));
    judge.need(embed.contains("title") || embed.contains("description"), "embed: empty");
    for (const auto& item : judge.list(embed, "fields", 25)) {
        const auto& field = judge.object(item, "field");
        judge.only(field, {"name", "value", "inline"});
        total += units(judge.text(field, "name", 1, 256));
        total += units(judge.text(field, "value", 1, 1024));
        const auto* is_inline = field.if_contains("inline");
        judge.need(is_inline == nullptr || is_inline->is_bool(), "inline: not a boolean");
    }
    if (const auto* footer = embed.if_contains("footer")) {
        total += units(judge.text(judge.object(*footer, "footer"), "text", 1, 2048));
    }
    const auto* colour = embed.if_contains("color");
    judge.need(colour == nullptr || (colour->is_number() && colour->to_number<double>() >= 0 &&
                                     colour->to_number<double>() <= 0xFFFFFF),
               "color: not a colour");
    if (embed.contains("url")) {
        judge.need(is_link(judge.text(embed, "url", 1, 2048)), "url: Not a well formed URL.");
    }
    static const std::regex time{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"};
    if (embed.contains("timestamp")) {
        judge.need(std::regex_match(judge.text(embed, "timestamp", 1, 40), time), "timestamp");
    }
    return total;
}

/// Reads Telegram's HTML strictly and returns what a reader sees.
class TelegramHtml {
public:
    explicit TelegramHtml(std::string_view text) : left_{text} {}

    Verdict read(std::string& seen) {
        while (!left_.empty() && !verdict_) {
            if (left_.front() == '<') {
                read_tag();
            } else if (left_.front() == '&') {
                read_entity(seen);
            } else {
                seen += left_.front();
                left_.remove_prefix(1);
            }
        }
        if (!verdict_ && !open_.empty()) verdict_ = "can't find end tag of " + open_.back();
        return verdict_;
    }

private:
    std::string_view left_;
    std::vector<std::string> open_;
    Verdict verdict_;

    void read_tag() {
        static const std::regex form{R"re(^<(/?)(b|i|u|s|code|pre|a)( href="[^"<>]*")?>)re"};
        std::cmatch found;
        if (!std::regex_search(left_.begin(), left_.end(), found, form)) {
            verdict_ = "Unsupported start tag";
            return;
        }
        const auto name = found[2].str();
        if (found[1].length() == 0) {
            open_.push_back(name);
        } else if (open_.empty() || open_.back() != name) {
            verdict_ = "unexpected end tag";
        } else {
            open_.pop_back();
        }
        left_.remove_prefix(static_cast<std::size_t>(found.length()));
    }
    void read_entity(std::string& seen) {
        for (const auto& [entity, meaning] :
             {std::pair{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}}) {
            if (!left_.starts_with(entity)) continue;
            seen += meaning;
            left_.remove_prefix(std::string_view{entity}.size());
            return;
        }
        verdict_ = "a bare & in the text";
    }
};

void judge_slack_text(Judge& judge, const json::Value& value, std::size_t max) {
    const auto& object = judge.object(value, "text object");
    judge.only(object, {"type", "text", "emoji"});
    const auto type = judge.text(object, "type", 1, 20);
    judge.need(type == "plain_text" || type == "mrkdwn", "text type");
    judge.need(type == "plain_text" || !object.contains("emoji"), "emoji in mrkdwn");
    const auto text = judge.text(object, "text", 1, max);
    static const std::regex link{R"(<https?://[^<>|\s]+\|[^<>|]+>)"};
    static const std::regex entity{"&(amp|lt|gt);"};
    const auto bare = std::regex_replace(std::regex_replace(text, link, ""), entity, "");
    judge.need(bare.find_first_of("&<>") == bare.npos, "& < > not escaped");
}

void judge_block(Judge& judge, const json::bj::object& block) {
    const auto type = judge.text(block, "type", 1, 20);
    if (type == "header") {
        judge.only(block, {"type", "text"});
        judge_slack_text(judge, block.contains("text") ? block.at("text") : json::Value{}, 150);
    } else if (type == "section") {
        judge.only(block, {"type", "text", "fields"});
        judge.need(block.contains("text") || block.contains("fields"), "section: empty");
        if (block.contains("text")) judge_slack_text(judge, block.at("text"), 3000);
        for (const auto& field : judge.list(block, "fields", 10)) {
            judge_slack_text(judge, field, 2000);
        }
        judge.need(!block.contains("fields") || !judge.list(block, "fields", 10).empty(),
                   "fields: empty");
    } else if (type == "context") {
        judge.need(!judge.list(block, "elements", 10).empty(), "context: empty");
        for (const auto& item : judge.list(block, "elements", 10)) {
            judge_slack_text(judge, item, 3000);
        }
    } else {
        judge.need(false, "unknown block " + type);
    }
}

}  // namespace

std::optional<std::size_t> strict_units(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) -> std::uint32_t {
            return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
        };
        const auto first = byte(i);
        const std::size_t length = first < 0x80   ? 1
                                   : first < 0xC2 ? 0
                                   : first < 0xE0 ? 2
                                   : first < 0xF0 ? 3
                                   : first < 0xF5 ? 4
                                                  : 0;
        if (length == 0) return {};
        std::uint32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t j = 1; j < length; ++j) {
            if ((byte(i + j) & 0xC0U) != 0x80U) return {};
            point = point << 6U | (byte(i + j) & 0x3FU);
        }
        const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (overlong || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return {};
        count += point >= 0x10000 ? 2 : 1;
        i += length;
    }
    return count;
}

Verdict discord_verdict(const json::Value& value) {
    Judge judge;
    const auto& body = judge.object(value, "body");
    judge.only(body, {"content", "embeds", "allowed_mentions", "username"});
    const auto content = judge.text(body, "content", 0, 2000);
    const auto& embeds = judge.list(body, "embeds", 10);
    judge.need(!trimmed(content).empty() || !embeds.empty(), "Cannot send an empty message");
    std::size_t total = 0;
    for (const auto& embed : embeds) total += judge_embed(judge, judge.object(embed, "embed"));
    judge.need(total <= 6000, "Embed size exceeds maximum size of 6000");
    const auto* mentions = body.if_contains("allowed_mentions");
    const bool silent = mentions != nullptr && mentions->is_object() &&
                        judge.list(mentions->get_object(), "parse", 0).empty() &&
                        mentions->get_object().contains("parse");
    judge.need(silent, "ours: nobody may be mentioned");
    return judge.verdict();
}

Verdict telegram_verdict(const json::Value& value) {
    Judge judge;
    const auto& body = judge.object(value, "body");
    judge.only(body,
               {"chat_id", "message_thread_id", "text", "parse_mode", "link_preview_options"});
    judge.text(body, "chat_id", 1, 40);
    const auto text = judge.text(body, "text", 1, 100'000);
    std::string seen = text;
    if (body.contains("parse_mode")) {
        judge.need(judge.text(body, "parse_mode", 1, 10) == "HTML", "unsupported parse_mode");
        seen.clear();
        const auto broken = TelegramHtml{text}.read(seen);
        judge.need(!broken, "can't parse entities: " + broken.value_or(""));
    }
    judge.need(!trimmed(seen).empty(), "message text is empty");
    judge.need(units(seen) <= 4096, "message is too long");
    return judge.verdict();
}

Verdict slack_verdict(const json::Value& value) {
    Judge judge;
    const auto& body = judge.object(value, "body");
    judge.only(body, {"text", "blocks"});
    judge.text(body, "text", 1, 40'000);
    const auto& blocks = judge.list(body, "blocks", 50);
    for (const auto& block : blocks) judge_block(judge, judge.object(block, "block"));
    return judge.verdict();
}

}  // namespace ds::notify::testing
