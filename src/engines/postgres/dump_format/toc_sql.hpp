#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// Just enough SQL to find the names of roles in the statements that pg_dump writes, and to change
/// them without touching another byte.
namespace ds::engines::postgres {

enum class TokenKind { word, quoted, literal, symbol };

struct Token {
    TokenKind kind;
    std::string_view text;  // within the SQL, quotes included
    bool is_word(std::string_view upper_case) const;
    bool is_symbol(char c) const { return kind == TokenKind::symbol && text[0] == c; }
    bool is_name() const { return kind == TokenKind::word || kind == TokenKind::quoted; }
    /// What the identifier names: unquoted ones become lower case.
    std::string name() const;
};

/// One statement with the blank before it, up to its semicolon.
struct Statement {
    std::string_view text;
    std::vector<Token> tokens;  // without the semicolon
};

/// Knows quoted identifiers, strings (also E'' and dollar quotes), comments and brackets. Broken
/// SQL is Code::corrupt. What follows the last semicolon is a statement too, unless it is blank.
/// `text`s point into `sql`.
Result<std::vector<Statement>> split_sql(std::string_view sql);

/// `"name"`, with quotes doubled inside; always quoted, so never a keyword.
std::string quote_name(std::string_view name);

/// A list of roles in a statement, as tokens [first, last).
struct RoleList {
    enum class Use { grantee, grantor, defaults_of, session, policy, user_mapping } use;
    std::size_t first = 0, last = 0;
    std::vector<Token> roles;
};

/// The role that a token of a RoleList names; nothing for PUBLIC, CURRENT_USER and the like.
std::optional<std::string> role_of(const Token& token);

/// In GRANT, REVOKE, ALTER DEFAULT PRIVILEGES, SET SESSION AUTHORIZATION, CREATE POLICY, CREATE and
/// DROP USER MAPPING; other statements have none.
std::vector<RoleList> role_lists(const Statement& statement);

/// Says what becomes of a role: another name, or nothing: it goes.
using RoleChange = std::function<std::optional<std::string>(const std::string&)>;

struct ChangedSql {
    std::string sql;                   // empty when no statement is left
    std::vector<std::string> dropped;  // statements that went, trimmed
};

/// Statements that are left without a role in one of their lists go; so do those between a SET
/// SESSION AUTHORIZATION that goes and its RESET.
Result<ChangedSql> change_roles(std::string_view sql, const RoleChange& change);

}  // namespace ds::engines::postgres
