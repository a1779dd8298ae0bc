#include "net/xml.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include <fmt/core.h>

#include "base/text.hpp"

namespace ds::net {
namespace {

constexpr std::size_t depth_max = 32;
constexpr std::size_t nodes_max = 200'000;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

Status append_utf8(std::string& out, std::uint32_t code) {
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code == 0 || code > 0x10FFFF || surrogate) return fail(Code::corrupt, "no such character");
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
    return {};
}

/// One pass over the text. The stack holds the open elements, so depth costs no call stack.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_{text} {}

    Result<XmlNode> read() {
        while (!rest_.empty()) {
            if (rest_.front() == '<') {
                DS_DO(markup());
            } else {
                DS_DO(text());
            }
        }
        if (!open_.empty()) return wrong("an element is not closed");
        if (!done_) return wrong("no element");
        return std::move(root_);
    }

private:
    std::string_view rest_;
    std::vector<XmlNode> open_;
    XmlNode root_;
    bool done_ = false;
    std::size_t nodes_ = 0;

    static Error wrong(std::string_view why) {
        return fail(Code::corrupt, fmt::format("XML that cannot be read: {}", why));
    }

    /// Drops everything up to and including `end`.
    Status skip_past(std::string_view end) {
        const auto at = rest_.find(end);
        if (at == std::string_view::npos) return wrong("it ends too early");
        rest_.remove_prefix(at + end.size());
        return {};
    }

    Status markup() {
        if (rest_.starts_with("<?")) return skip_past("?>");
        if (rest_.starts_with("<!--")) {
            rest_.remove_prefix(4);
            return skip_past("-->");
        }
        if (rest_.starts_with("<![CDATA[")) return character_data();
        if (rest_.starts_with("<!")) return wrong("it declares a document type");
        if (rest_.starts_with("</")) return close();
        return begin();
    }

    Status character_data() {
        rest_.remove_prefix(9);
        const auto end = rest_.find("]]>");
        if (end == std::string_view::npos) return wrong("it ends too early");
        if (open_.empty()) return wrong("text outside of the element");
        open_.back().text += rest_.substr(0, end);
        rest_.remove_prefix(end + 3);
        return {};
    }

    Result<std::string_view> name() {
        std::size_t length = 0;
        while (length < rest_.size() && is_name_char(rest_[length])) ++length;
        if (length == 0 || length > 200) return wrong("a name is missing or too long");
        auto text = rest_.substr(0, length);
        rest_.remove_prefix(length);
        if (const auto colon = text.rfind(':'); colon != std::string_view::npos)
            text.remove_prefix(colon + 1);
        return text;
    }

    void skip_space() {
        while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    }

    Status begin() {
        rest_.remove_prefix(1);
        if (done_) return wrong("a second document");
        if (open_.size() >= depth_max || ++nodes_ > nodes_max) return wrong("it is too large");
        DS_TRY(const auto text, name());
        open_.emplace_back().name = text;
        for (;;) {
            skip_space();
            if (rest_.starts_with("/>")) {
                rest_.remove_prefix(2);
                end_element();
                return {};
            }
            if (rest_.starts_with('>')) {
                rest_.remove_prefix(1);
                return {};
            }
            DS_DO(attribute());
        }
    }

    Status attribute() {
        DS_DO(name());
        skip_space();
        if (!rest_.starts_with('=')) return wrong("an attribute has no value");
        rest_.remove_prefix(1);
        skip_space();
        if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\'')) {
            return wrong("an attribute has no quotes");
        }
        const std::string quote{rest_.front()};
        rest_.remove_prefix(1);
        return skip_past(quote);
    }

    Status close() {
        rest_.remove_prefix(2);
        DS_TRY(const auto text, name());
        skip_space();
        if (!rest_.starts_with('>')) return wrong("a closing tag does not end");
        rest_.remove_prefix(1);
        if (open_.empty() || open_.back().name != text) return wrong("tags do not match");
        end_element();
        return {};
    }

    void end_element() {
        XmlNode node = std::move(open_.back());
        open_.pop_back();
        if (open_.empty()) {
            root_ = std::move(node);
            done_ = true;
        } else {
            open_.back().children.push_back(std::move(node));
        }
    }

    Status text() {
        const auto piece = rest_.substr(0, rest_.find('<'));
        rest_.remove_prefix(piece.size());
        if (open_.empty()) {
            // A byte order mark in front is the only other thing that may stand outside.
            const auto plain =
                piece.starts_with("\xEF\xBB\xBF") && !done_ ? piece.substr(3) : piece;
            if (!trimmed(plain).empty()) return wrong("text outside of the element");
            return {};
        }
        return unescape(piece, open_.back().text);
    }

    static Status unescape(std::string_view from, std::string& to) {
        for (;;) {
            const auto at = from.find('&');
            to += from.substr(0, at);
            if (at == std::string_view::npos) return {};
            from.remove_prefix(at + 1);
            const auto end = from.find(';');
            if (end == std::string_view::npos || end > 10) return wrong("an entity does not end");
            DS_DO(entity(from.substr(0, end), to));
            from.remove_prefix(end + 1);
        }
    }

    static Status entity(std::string_view word, std::string& to) {
        struct Known {
            std::string_view word;
            char meaning;
        };
        constexpr std::array<Known, 5> known{
            {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
        for (const auto& item : known) {
            if (item.word == word) {
                to.push_back(item.meaning);
                return {};
            }
        }
        if (!word.starts_with('#')) return wrong("an unknown entity");
        word.remove_prefix(1);
        const bool hexadecimal = word.starts_with('x');
        if (hexadecimal) word.remove_prefix(1);
        std::uint32_t code = 0;
        const auto [end, error] =
            std::from_chars(word.data(), word.data() + word.size(), code, hexadecimal ? 16 : 10);
        if (error != std::errc{} || end != word.data() + word.size() || !append_utf8(to, code)) {
            return wrong("an impossible character number");
        }
        return {};
    }
};

}  // namespace

const XmlNode* XmlNode::child(std::string_view wanted) const {
    for (const auto& node : children) {
        if (node.name == wanted) return &node;
    }
    return nullptr;
}

std::string_view XmlNode::text_of(std::string_view wanted) const {
    const auto* node = child(wanted);
    return node == nullptr ? std::string_view{} : trimmed(node->text);
}

Result<XmlNode> parse_xml(std::string_view text) { return Reader{text}.read(); }

}  // namespace ds::net
