#include "engines/postgres/restore/database_entries.hpp"

#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/dump_format/toc_sql.hpp"

namespace ds::engines::postgres {
namespace {

bool is_about_database(const TocEntry& entry) {
    if (entry.desc == "DATABASE" || entry.desc == "DATABASE PROPERTIES") return true;
    const bool follows =
        entry.desc == "ACL" || entry.desc == "COMMENT" || entry.desc == "SECURITY LABEL";
    return follows && entry.tag.starts_with("DATABASE ");
}

// Other names for some tokens of a statement, which point into its text.
class Renamer {
public:
    explicit Renamer(std::string_view text) : text_{text} {}
    void replace(const Token& token, const std::string& name) {
        const auto at = static_cast<std::size_t>(token.text.data() - text_.data());
        done_ += text_.substr(taken_, at - taken_);
        done_ += quote_name(name);
        taken_ = at + token.text.size();
    }
    std::string finish() { return done_ + std::string{text_.substr(taken_)}; }

private:
    std::string_view text_;
    std::size_t taken_ = 0;
    std::string done_;
};

std::string renamed(const Statement& statement, const std::string& database,
                    const std::map<std::string, std::string>& role_map) {
    const auto& tokens = statement.tokens;
    Renamer renamer{statement.text};
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (!tokens[i].is_name()) continue;
        if (i == 2 && tokens[0].is_word("ALTER") && tokens[1].is_word("ROLE")) {
            const auto role = role_map.find(tokens[i].name());
            if (role != role_map.end()) renamer.replace(tokens[i], role->second);
        } else if (tokens[i - 1].is_word("DATABASE")) {
            renamer.replace(tokens[i], database);
            break;  // the only place; what follows may be words of a setting
        }
    }
    return std::string{trimmed(renamer.finish())};
}

bool is_wanted(const Statement& statement) {
    const auto& tokens = statement.tokens;
    if (tokens.empty() || tokens[0].is_word("UPDATE"))
        return false;  // of pg_database: datistemplate, before 18
    for (const auto& token : tokens) {
        if (token.is_word("IS_TEMPLATE") || token.is_word("REFRESH")) return false;
        if (token.is_word("SET") || token.is_word("IS")) break;
    }
    return true;
}

}  // namespace

std::vector<TocEntry> database_entries(const Toc& toc) {
    std::vector<TocEntry> entries;
    for (const auto& entry : toc.entries) {
        if (is_about_database(entry)) entries.push_back(entry);
    }
    return entries;
}

Result<std::vector<std::string>> statements_for(
    const TocEntry& entry, const std::string& database,
    const std::map<std::string, std::string>& role_map) {
    std::vector<std::string> texts;
    // Creating it, with the locale, was done by us.
    if (entry.desc == "DATABASE" || !entry.defn) return texts;
    DS_TRY(const auto statements, split_sql(*entry.defn));
    for (const auto& statement : statements) {
        if (is_wanted(statement)) texts.push_back(renamed(statement, database, role_map));
    }
    return texts;
}

Result<std::vector<std::string>> apply_database_entries(
    Connection& maintenance, const std::string& database, const std::vector<TocEntry>& entries,
    const TargetState& target, const std::map<std::string, std::string>& role_map) {
    std::vector<std::string> notes;
    const auto attempt = [&](const std::string& sql) -> Status {
        const auto done = maintenance.exec(sql);
        if (done) return {};
        const auto& error = done.error();
        if (error.code() == Code::cancelled || error.code() == Code::unavailable) return error;
        notes.push_back(fmt::format("not taken over: {}: {}", printable(sql), error.message()));
        return {};
    };
    std::string owner =
        target.exists && target.own_roles.contains(target.owner) ? target.owner : target.user;
    for (const auto& entry : entries) {
        if (entry.desc == "DATABASE" && entry.owner && !entry.owner->empty()) owner = *entry.owner;
        DS_TRY(const auto statements,
               statements_for(entry, database, role_map).while_doing(entry.tag));
        for (const auto& sql : statements) DS_DO(attempt(sql));
    }
    // Last, since afterwards we may no longer be the one to change it.
    if (owner != target.user) {
        DS_DO(attempt(fmt::format("ALTER DATABASE {} OWNER TO {}", quoted_name(database),
                                  quoted_name(owner))));
    }
    return notes;
}

}  // namespace ds::engines::postgres
