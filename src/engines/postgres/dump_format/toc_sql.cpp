#include "engines/postgres/dump_format/toc_sql.hpp"

#include <utility>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

/// A statement's tokens with a position, to find role lists in.
class Scan {
public:
    explicit Scan(const std::vector<Token>& tokens) : tokens_{tokens} {}

    bool word(std::string_view upper_case, std::size_t ahead = 0) const {
        return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].is_word(upper_case);
    }
    bool take(std::initializer_list<std::string_view> words) {
        std::size_t ahead = 0;
        for (const auto item : words) {
            if (!word(item, ahead++)) return false;
        }
        at_ += words.size();
        return true;
    }
    void skip(std::size_t count = 1) { at_ += count; }
    /// To behind the next such word outside of brackets; false when there is none.
    bool find(std::string_view upper_case) {
        for (int depth = 0; at_ < tokens_.size(); ++at_) {
            if (tokens_[at_].is_symbol('(')) ++depth;
            if (tokens_[at_].is_symbol(')')) --depth;
            if (depth == 0 && word(upper_case)) {
                ++at_;
                return true;
            }
        }
        return false;
    }
    bool comma() {
        const bool there = at_ < tokens_.size() && tokens_[at_].is_symbol(',');
        if (there) ++at_;
        return there;
    }
    /// role {, role}, each perhaps after GROUP.
    std::optional<RoleList> roles(RoleList::Use use) {
        RoleList list{use, at_, at_, {}};
        while (at_ < tokens_.size()) {
            if (word("GROUP") && at_ + 1 < tokens_.size() && tokens_[at_ + 1].is_name()) ++at_;
            if (!tokens_[at_].is_name()) break;
            list.roles.push_back(tokens_[at_++]);
            list.last = at_;
            if (!comma()) break;
        }
        if (list.roles.empty()) return {};
        return list;
    }

private:
    const std::vector<Token>& tokens_;
    std::size_t at_ = 0;
};

/// The roles of GRANT … TO and REVOKE … FROM, and who grants.
void add_grant(Scan scan, std::vector<RoleList>& lists) {
    const bool grant = scan.word("GRANT");
    if (!grant && !scan.word("REVOKE")) return;
    // TO and FROM are reserved words, so an object of that name is in quotes.
    if (!scan.find(grant ? "TO" : "FROM")) return;
    if (auto list = scan.roles(RoleList::Use::grantee)) lists.push_back(std::move(*list));
    if (!scan.find("GRANTED") || !scan.take({"BY"})) return;
    if (auto list = scan.roles(RoleList::Use::grantor)) lists.push_back(std::move(*list));
}

void add_defaults(Scan& scan, std::vector<RoleList>& lists) {
    if (scan.take({"FOR", "ROLE"}) || scan.take({"FOR", "USER"})) {
        if (auto list = scan.roles(RoleList::Use::defaults_of)) lists.push_back(std::move(*list));
    }
    // A schema may be called grant: it is not a reserved word for names after IN SCHEMA.
    if (scan.take({"IN", "SCHEMA"})) {
        do scan.skip();
        while (scan.comma());
    }
    add_grant(scan, lists);
}

/// Changes the lists of one statement. Nothing: the statement goes.
std::optional<std::string> changed(const Statement& statement, const RoleChange& change) {
    std::string out;
    auto rest = statement.text;
    for (const auto& list : role_lists(statement)) {
        std::vector<std::string> kept;
        for (const auto& token : list.roles) {
            const auto role = role_of(token);
            const auto now = role ? change(*role) : std::nullopt;
            if (!role || now == role)
                kept.emplace_back(token.text);
            else if (now)
                kept.push_back(quote_name(*now));
        }
        if (kept.empty()) return {};
        const auto place = [&](std::string_view token) {
            return static_cast<std::size_t>(token.data() - rest.data());
        };
        out += rest.substr(0, place(statement.tokens[list.first].text));
        out += join(kept, ", ");
        const auto& last = statement.tokens[list.last - 1].text;
        rest.remove_prefix(place(last) + last.size());
    }
    return out.append(rest);
}

}  // namespace

std::optional<std::string> role_of(const Token& token) {
    for (const auto* keyword :
         {"PUBLIC", "CURRENT_USER", "CURRENT_ROLE", "SESSION_USER", "DEFAULT"}) {
        if (token.is_word(keyword)) return {};
    }
    return token.name();
}

std::vector<RoleList> role_lists(const Statement& statement) {
    std::vector<RoleList> lists;
    const auto add = [&](std::optional<RoleList> list) {
        if (list) lists.push_back(std::move(*list));
    };
    Scan scan{statement.tokens};
    if (scan.take({"ALTER", "DEFAULT", "PRIVILEGES"})) {
        add_defaults(scan, lists);
    } else if (scan.take({"SET", "SESSION", "AUTHORIZATION"})) {
        add(scan.roles(RoleList::Use::session));
    } else if (scan.take({"CREATE", "POLICY"})) {
        if (scan.find("TO")) add(scan.roles(RoleList::Use::policy));
    } else if (scan.take({"CREATE", "USER", "MAPPING", "FOR"}) ||
               scan.take({"DROP", "USER", "MAPPING", "FOR"}) ||
               scan.take({"DROP", "USER", "MAPPING", "IF", "EXISTS", "FOR"})) {
        add(scan.roles(RoleList::Use::user_mapping));
    } else {
        add_grant(scan, lists);
    }
    return lists;
}

Result<ChangedSql> change_roles(std::string_view sql, const RoleChange& change) {
    DS_TRY(const auto statements, split_sql(sql));
    ChangedSql out;
    bool in_dropped_session = false;
    const char* end = sql.data();
    for (const auto& statement : statements) {
        Scan scan{statement.tokens};
        const bool reset = scan.take({"RESET", "SESSION", "AUTHORIZATION"});
        const bool session = scan.take({"SET", "SESSION", "AUTHORIZATION"});
        auto text = changed(statement, change);
        if (session) in_dropped_session = !text;
        if (text && !in_dropped_session)
            out.sql += *text;
        else if (!session && !reset)
            out.dropped.emplace_back(trimmed(statement.text));
        if (reset) in_dropped_session = false;
        end = statement.text.data() + statement.text.size();
    }
    // Blanks and comments behind the last statement.
    if (!out.sql.empty()) out.sql.append(end, sql.data() + sql.size());
    return out;
}

}  // namespace ds::engines::postgres
