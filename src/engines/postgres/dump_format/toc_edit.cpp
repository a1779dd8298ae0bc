#include "engines/postgres/dump_format/toc_edit.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/dump_format/toc_sql.hpp"

namespace ds::engines::postgres {
namespace {

// Only these name roles; others may hold texts that merely look like it.
bool names_roles(const TocEntry& entry) {
    return entry.desc == "ACL" || entry.desc == "DEFAULT ACL" || entry.desc == "POLICY" ||
           entry.desc == "USER MAPPING";
}

Status add_roles(const std::string& sql, std::set<std::string>& roles) {
    DS_TRY(const auto statements, split_sql(sql));
    for (const auto& statement : statements) {
        for (const auto& list : role_lists(statement)) {
            for (const auto& token : list.roles) {
                if (auto role = role_of(token)) roles.insert(std::move(*role));
            }
        }
    }
    return {};
}

/// Changes both statements of an entry; says which went from the first.
Result<std::vector<std::string>> change_entry(TocEntry& entry, const RoleChange& change) {
    std::vector<std::string> dropped;
    if (entry.defn) {
        DS_TRY(auto changed, change_roles(*entry.defn, change));
        entry.defn = std::move(changed.sql);
        dropped = std::move(changed.dropped);
    }
    if (entry.drop_stmt) {
        DS_TRY(auto changed, change_roles(*entry.drop_stmt, change));
        entry.drop_stmt = std::move(changed.sql);
    }
    return dropped;
}

}  // namespace

Toc without_data(const Toc& toc) {
    auto schema = toc;
    std::erase_if(schema.entries, [](const TocEntry& entry) { return entry.had_dumper; });
    return schema;
}

std::set<std::string> owners(const Toc& toc) {
    std::set<std::string> names;
    for (const auto& entry : toc.entries) {
        if (entry.owner && !entry.owner->empty()) names.insert(*entry.owner);
    }
    return names;
}

Result<std::set<std::string>> roles_named(const Toc& toc) {
    std::set<std::string> names;
    for (const auto& entry : toc.entries) {
        if (!names_roles(entry) || !entry.defn) continue;
        auto added = add_roles(*entry.defn, names);
        DS_DO(std::move(added).while_doing(describe(entry)));
    }
    return names;
}

Status rename_roles(Toc& toc, const std::map<std::string, std::string>& names) {
    const RoleChange change = [&](const std::string& role) -> std::optional<std::string> {
        const auto other = names.find(role);
        return other == names.end() ? role : other->second;
    };
    for (auto& entry : toc.entries) {
        if (entry.owner) entry.owner = change(*entry.owner);
        if (!names_roles(entry)) continue;
        DS_DO(change_entry(entry, change).while_doing(describe(entry)));
    }
    return {};
}

Result<std::vector<std::string>> drop_roles(Toc& toc, const std::set<std::string>& missing) {
    const RoleChange change = [&](const std::string& role) {
        return missing.contains(role) ? std::nullopt : std::optional{role};
    };
    std::vector<std::string> notes;
    for (auto& entry : toc.entries) {
        if (entry.owner && missing.contains(*entry.owner)) entry.owner = "";
        if (!names_roles(entry)) continue;
        DS_TRY(const auto dropped, change_entry(entry, change).while_doing(describe(entry)));
        for (auto sql : dropped) {
            std::ranges::replace_if(sql, [](char c) { return c == '\n' || c == '\t'; }, ' ');
            notes.push_back(printable(sql));
        }
    }
    std::erase_if(toc.entries, [](const TocEntry& entry) {
        return names_roles(entry) && entry.defn && trimmed(*entry.defn).empty();
    });
    return notes;
}

Result<TableName> TableName::parse(std::string_view text) {
    const auto wrong = [&] {
        return fail(
            Code::invalid, fmt::format("'{}' is not the name of a table", printable(text)),
            "Write schema.table; names with capital letters, dots or blanks in double quotes.");
    };
    const auto statements = split_sql(text);
    if (!statements || statements->size() != 1 || text.ends_with(';')) return wrong();
    const auto& tokens = statements->front().tokens;
    if (std::ranges::any_of(tokens, [](const Token& token) { return token.text == "\"\""; }))
        return wrong();
    const bool right = tokens.size() == 3 && tokens[0].is_name() && tokens[1].is_symbol('.') &&
                       tokens[2].is_name();
    if (right) return TableName{tokens[0].name(), tokens[2].name()};
    if (tokens.size() == 1 && tokens[0].is_name()) return TableName{"", tokens[0].name()};
    return wrong();
}

std::string TableName::text() const {
    const auto word = [](const std::string& name) {
        const bool plain = !name.empty() && (name[0] < '0' || name[0] > '9') &&
                           std::ranges::all_of(name, [](char c) {
                               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                           });
        return plain ? name : quote_name(name);
    };
    return schema.empty() ? word(table) : word(schema) + "." + word(table);
}

std::string describe(const TocEntry& entry) { return printable(entry.desc + " " + entry.label()); }

}  // namespace ds::engines::postgres
