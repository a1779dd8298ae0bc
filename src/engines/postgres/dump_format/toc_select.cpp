#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/dump_format/toc_edit.hpp"
#include "engines/postgres/dump_format/toc_sql.hpp"

namespace ds::engines::postgres {
namespace {

bool is_any(std::string_view desc, std::initializer_list<std::string_view> of) {
    return std::ranges::find(of, desc) != of.end();
}

/// Settings that every restore needs first.
bool is_preamble(const TocEntry& entry) {
    return is_any(entry.desc, {"ENCODING", "STDSTRINGS", "SEARCHPATH"});
}

/// Tagged "table name", depending on the table and perhaps on other tables too.
bool is_named_on_table(const TocEntry& entry) {
    return is_any(entry.desc, {"DEFAULT", "CONSTRAINT", "CHECK CONSTRAINT", "FK CONSTRAINT",
                               "TRIGGER", "RULE", "POLICY"});
}

bool is_index(const TocEntry& entry) { return is_any(entry.desc, {"INDEX", "CONSTRAINT"}); }

/// ALTER TABLE ONLY parent ATTACH PARTITION child.
bool attaches_partition(const Statement& statement) {
    const auto& tokens = statement.tokens;
    if (tokens.empty() || !tokens.front().is_word("ALTER")) return false;
    for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
        if (tokens[at].is_word("ATTACH") && tokens[at + 1].is_word("PARTITION")) return true;
    }
    return false;
}

/// The statement of a partition without the part that attaches it to its parent, which pg_dump
/// before 14 put there. Nothing: there is no such part.
std::optional<std::string> without_attaching(const TocEntry& table) {
    if (!table.defn || table.defn->find("ATTACH PARTITION") == std::string::npos) return {};
    const auto statements = split_sql(*table.defn);
    if (!statements) return {};
    std::string sql;
    for (const auto& statement : *statements) {
        if (!attaches_partition(statement)) sql += statement.text;
    }
    if (sql.size() == table.defn->size()) return {};
    return sql + "\n";
}

/// Finds what belongs to the chosen tables, in rounds until nothing new belongs.
class Chooser {
public:
    explicit Chooser(const Toc& toc) : toc_{toc} {
        for (const auto& entry : toc.entries) {
            by_id_.emplace(entry.dump_id, &entry);
            if (entry.desc == "TABLE") tables_[{entry.schema.value_or(""), entry.tag}] = &entry;
            if (entry.desc == "TABLE" && without_attaching(entry))
                self_attached_.insert(entry.dump_id);
            if (entry.desc != "TABLE ATTACH" && entry.desc != "INDEX ATTACH") continue;
            attachments_.push_back(&entry);
            for (const auto id : entry.dependencies) attachments_of_[id].push_back(&entry);
        }
    }

    Status choose(const TableName& name) {
        DS_TRY(const auto* table, find(name));
        chosen_.insert(table->dump_id);
        return {};
    }

    Selection select() && {
        add_partitions();
        while (add_round()) {
        }
        Selection selection;
        selection.toc = header();
        for (const auto& entry : toc_.entries) {
            if (!is_preamble(entry) && !is_chosen(entry)) continue;
            selection.toc.entries.push_back(entry);
            if (is_torn_off(entry)) selection.toc.entries.back().defn = without_attaching(entry);
            if (entry.desc == "TABLE")
                selection.tables.push_back({entry.schema.value_or(""), entry.tag});
        }
        selection.needed = needed();
        selection.left_out = left_out();
        return selection;
    }

private:
    const Toc& toc_;
    std::unordered_map<std::int32_t, const TocEntry*> by_id_;
    std::map<std::pair<std::string, std::string>, const TocEntry*> tables_;
    std::vector<const TocEntry*> attachments_;  // TABLE ATTACH, INDEX ATTACH
    std::unordered_set<std::int32_t>
        self_attached_;  // partitions that do it in their own statement
    std::unordered_map<std::int32_t, std::vector<const TocEntry*>> attachments_of_;
    std::unordered_set<std::int32_t> chosen_;

    bool is_chosen(const TocEntry& entry) const { return chosen_.contains(entry.dump_id); }
    const TocEntry* entry_of(std::int32_t id) const {
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? nullptr : found->second;
    }
    template <class Test>
    bool depends_on_any(const TocEntry& entry, Test test) const {
        return std::ranges::any_of(entry.dependencies, [&](std::int32_t id) {
            const auto* other = entry_of(id);
            return other != nullptr && test(*other);
        });
    }
    bool depends_on_chosen(const TocEntry& entry, std::string_view desc = {}) const {
        return depends_on_any(entry, [&](const TocEntry& other) {
            return is_chosen(other) && (desc.empty() || other.desc == desc);
        });
    }

    Toc header() const {
        Toc toc;
        toc.version_major = toc_.version_major, toc.version_minor = toc_.version_minor;
        toc.version_rev = toc_.version_rev;
        toc.compression_algorithm = toc_.compression_algorithm;
        toc.compression_level = toc_.compression_level;
        std::ranges::copy(toc_.created, toc.created);
        toc.database = toc_.database;
        toc.server_version = toc_.server_version, toc.tool_version = toc_.tool_version;
        return toc;
    }

    Result<const TocEntry*> find(const TableName& name) const {
        const TocEntry* found = nullptr;
        for (const auto& entry : toc_.entries) {
            if (entry.desc != "TABLE" || entry.tag != name.table) continue;
            if (!name.schema.empty() && entry.schema.value_or("") != name.schema) continue;
            if (found != nullptr) {
                return fail(Code::invalid,
                            fmt::format("there is more than one table {}", printable(name.text())),
                            "Name the schema too: schema.table.");
            }
            found = &entry;
        }
        if (found != nullptr) return found;
        return fail(Code::not_found,
                    fmt::format("there is no table {} in this backup", printable(name.text())),
                    "Names with capital letters or blanks need double quotes: public.\"Orders\".");
    }

    // Partitioned tables bring their partitions, level by level.
    void add_partitions() {
        bool more = true;
        const auto add = [&](const TocEntry* child) {
            more = chosen_.insert(child->dump_id).second || more;
        };
        while (more) {
            more = false;
            for (const auto* attachment : attachments_) {
                const auto* child = child_of(*attachment);
                if (child != nullptr && depends_on_any(*attachment, [&](const TocEntry& other) {
                        return &other != child && is_chosen(other) && other.desc == "TABLE";
                    })) {
                    add(child);
                }
            }
            for (const auto id : self_attached_) {
                if (depends_on_chosen(*by_id_.at(id), "TABLE")) add(by_id_.at(id));
            }
        }
    }

    /// The partition of a TABLE ATTACH: it bears its name.
    const TocEntry* child_of(const TocEntry& attachment) const {
        if (attachment.desc != "TABLE ATTACH") return nullptr;
        const auto found = tables_.find({attachment.schema.value_or(""), attachment.tag});
        return found == tables_.end() ? nullptr : found->second;
    }

    bool add_round() {
        bool more = false;
        for (const auto& entry : toc_.entries) {
            if (!is_chosen(entry) && belongs(entry)) more = chosen_.insert(entry.dump_id).second;
        }
        return more;
    }

    bool belongs(const TocEntry& entry) const {
        if (is_any(entry.desc, {"COMMENT", "SECURITY LABEL", "ACL", "STATISTICS DATA"})) {
            return depends_on_chosen(entry);
        }
        if (is_any(entry.desc, {"TABLE DATA", "ROW SECURITY", "INDEX", "STATISTICS", "SEQUENCE"})) {
            return depends_on_chosen(entry, "TABLE");
        }
        if (is_any(entry.desc, {"SEQUENCE OWNED BY", "SEQUENCE SET"}))
            return depends_on_chosen(entry, "SEQUENCE");
        if (entry.desc == "FK CONSTRAINT") return owner_chosen(entry) && all_ends_chosen(entry);
        if (is_any(entry.desc, {"TABLE ATTACH", "INDEX ATTACH"})) return all_ends_chosen(entry);
        return is_named_on_table(entry) && owner_chosen(entry);
    }

    /// Of the tables that it depends on, the one whose name its tag begins with; the longest such
    /// name, as names may contain blanks.
    const TocEntry* owner_of(const TocEntry& entry) const {
        const TocEntry* owner = nullptr;
        for (const auto id : entry.dependencies) {
            const auto* other = entry_of(id);
            if (other == nullptr || other->desc != "TABLE" || other->schema != entry.schema)
                continue;
            if (!entry.tag.starts_with(other->tag + " ")) continue;
            if (owner == nullptr || owner->tag.size() < other->tag.size()) owner = other;
        }
        return owner;
    }
    bool owner_chosen(const TocEntry& entry) const {
        const auto* owner = owner_of(entry);
        return owner != nullptr && is_chosen(*owner);
    }

    /// Of its tables and indexes.
    bool all_ends_chosen(const TocEntry& entry) const {
        return !depends_on_any(entry, [&](const TocEntry& other) {
            return !is_chosen(other) && (other.desc == "TABLE" || is_index(other));
        });
    }

    bool attaches_itself(const TocEntry& entry) const {
        return self_attached_.contains(entry.dump_id);
    }
    /// A chosen partition whose parent is not.
    bool is_torn_off(const TocEntry& entry) const {
        return attaches_itself(entry) && is_chosen(entry) && !depends_on_chosen(entry, "TABLE");
    }

    /// A partition, or its index, "depends" on its parent, but stands alone until it gets attached.
    bool is_attached(std::int32_t child, std::int32_t parent) const {
        const auto* entry = entry_of(parent);
        if (entry->desc == "TABLE" && attaches_itself(*entry_of(child))) return true;
        const auto found = attachments_of_.find(child);
        if (found == attachments_of_.end()) return false;
        return std::ranges::any_of(found->second, [&](const TocEntry* attachment) {
            return std::ranges::find(attachment->dependencies, parent) !=
                   attachment->dependencies.end();
        });
    }

    std::vector<std::int32_t> needed() const {
        std::vector<std::int32_t> open{chosen_.begin(), chosen_.end()};
        std::unordered_set<std::int32_t> seen;
        while (!open.empty()) {
            const auto id = open.back();
            open.pop_back();
            for (const auto other : by_id_.at(id)->dependencies) {
                if (!by_id_.contains(other) || chosen_.contains(other) || seen.contains(other))
                    continue;
                if (is_attached(id, other)) continue;
                seen.insert(other);
                open.push_back(other);
            }
        }
        std::vector<std::int32_t> ids;
        for (const auto& entry : toc_.entries) {
            if (seen.contains(entry.dump_id)) ids.push_back(entry.dump_id);
        }
        return ids;
    }

    std::vector<std::string> left_out() const {
        std::vector<std::string> texts;
        for (const auto& entry : toc_.entries) {
            if (is_torn_off(entry)) {
                texts.push_back(fmt::format("{} as a partition (needs {})", describe(entry),
                                            missing_end(entry)));
            }
            if (is_chosen(entry)) continue;
            const auto* child = child_of(entry);
            if ((entry.desc == "FK CONSTRAINT" && owner_chosen(entry)) ||
                (child != nullptr && is_chosen(*child))) {
                texts.push_back(fmt::format("{} (needs {})", describe(entry), missing_end(entry)));
            } else if (entry.desc.starts_with("PUBLICATION TABLE") &&
                       depends_on_chosen(entry, "TABLE")) {
                texts.push_back(describe(entry));
            }
        }
        return texts;
    }
    std::string missing_end(const TocEntry& entry) const {
        for (const auto id : entry.dependencies) {
            const auto* other = entry_of(id);
            if (other != nullptr && other->desc == "TABLE" && !is_chosen(*other)) {
                return printable(other->label());
            }
        }
        return "a table that was not selected";
    }
};

}  // namespace

Result<Selection> select_tables(const Toc& toc, const std::vector<TableName>& tables) {
    Chooser chooser{toc};
    for (const auto& table : tables) DS_DO(chooser.choose(table));
    return std::move(chooser).select();
}

}  // namespace ds::engines::postgres
