#include <algorithm>

#include "base/text.hpp"
#include "engines/postgres/dump_format/toc_sql.hpp"

namespace ds::engines::postgres {
namespace {

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & '\x80') != 0;
}
bool in_name(char c) { return starts_name(c) || is_digit(c) || c == '$'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Reads tokens off the front of SQL. Everything returns where the token ends, npos when it does
/// not.
class Lexer {
public:
    explicit Lexer(std::string_view sql) : sql_{sql} {}

    Result<std::vector<Statement>> statements() {
        std::vector<Statement> all;
        Statement now;
        std::size_t begin = 0;
        while (true) {
            DS_DO(skip_blank());
            if (at_ == sql_.size()) break;
            DS_TRY(const auto token, next());
            if (!token.is_symbol(';')) {
                now.tokens.push_back(token);
                continue;
            }
            now.text = sql_.substr(begin, at_ - begin);
            all.push_back(std::exchange(now, {}));
            begin = at_;
        }
        if (!now.tokens.empty()) {
            now.text = sql_.substr(begin);
            all.push_back(std::move(now));
        }
        return all;
    }

private:
    std::string_view sql_;
    std::size_t at_ = 0;

    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
    }
    static Error broken() {
        return fail(Code::corrupt, "a statement in the dump has an open quote or comment");
    }

    Status skip_blank() {
        while (at_ < sql_.size()) {
            if (is_blank(peek())) {
                ++at_;
            } else if (peek() == '-' && peek(1) == '-') {
                at_ = std::min(sql_.find('\n', at_), sql_.size());
            } else if (peek() == '/' && peek(1) == '*') {
                DS_DO(skip_comment());
            } else {
                break;
            }
        }
        return {};
    }

    // Comments nest in PostgreSQL.
    Status skip_comment() {
        int depth = 0;
        do {
            if (at_ >= sql_.size()) return broken();
            if (peek() == '/' && peek(1) == '*') {
                ++depth;
                at_ += 2;
            } else if (peek() == '*' && peek(1) == '/') {
                --depth;
                at_ += 2;
            } else {
                ++at_;
            }
        } while (depth > 0);
        return {};
    }

    Result<Token> next() {
        const auto begin = at_;
        const auto take = [&](TokenKind kind) {
            return Token{kind, sql_.substr(begin, at_ - begin)};
        };
        const char c = peek();
        if ((c == 'E' || c == 'e') && peek(1) == '\'') {
            ++at_;
            DS_DO(skip_quoted('\'', true));
            return take(TokenKind::literal);
        }
        if (starts_name(c)) {
            while (in_name(peek())) ++at_;
            return take(TokenKind::word);
        }
        if (c == '"' || c == '\'') {
            DS_DO(skip_quoted(c, false));
            return take(c == '"' ? TokenKind::quoted : TokenKind::literal);
        }
        if (c == '$' && !is_digit(peek(1))) {
            DS_DO(skip_dollar_quoted());
            return take(TokenKind::literal);
        }
        if (is_digit(c)) {
            while (in_name(peek()) || peek() == '.') ++at_;
            return take(TokenKind::literal);
        }
        ++at_;
        return take(TokenKind::symbol);
    }

    Status skip_quoted(char quote, bool backslashes) {
        ++at_;
        while (at_ < sql_.size()) {
            const char c = sql_[at_++];
            if (c == '\\' && backslashes) {
                ++at_;
            } else if (c == quote) {
                if (peek() != quote) return {};
                ++at_;
            }
        }
        return broken();
    }

    Status skip_dollar_quoted() {
        auto end = at_ + 1;
        while (end < sql_.size() && in_name(sql_[end]) && sql_[end] != '$') ++end;
        if (end >= sql_.size() || sql_[end] != '$') {
            ++at_;  // a lone dollar is just a symbol
            return {};
        }
        const auto tag = sql_.substr(at_, end + 1 - at_);
        const auto close = sql_.find(tag, end + 1);
        if (close == std::string_view::npos) return broken();
        at_ = close + tag.size();
        return {};
    }
};

}  // namespace

bool Token::is_word(std::string_view upper_case) const {
    return kind == TokenKind::word && std::ranges::equal(text, upper_case, {}, upper);
}

std::string Token::name() const {
    if (kind != TokenKind::quoted) return lower(text);
    std::string name;
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        name += text[at];
        if (text[at] == '"') ++at;
    }
    return name;
}

std::string quote_name(std::string_view name) {
    std::string quoted{'"'};
    for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
    return quoted += '"';
}

Result<std::vector<Statement>> split_sql(std::string_view sql) { return Lexer{sql}.statements(); }

}  // namespace ds::engines::postgres
