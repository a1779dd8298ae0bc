#include "engines/postgres/restore/restore_plan.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/restore/database_entries.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t notes_of_a_kind_max = 50;

void add_notes(std::vector<std::string>& notes, const std::vector<std::string>& more) {
    const auto shown = std::min(more.size(), notes_of_a_kind_max);
    notes.insert(notes.end(), more.begin(), more.begin() + static_cast<std::ptrdiff_t>(shown));
    if (shown < more.size())
        notes.push_back(fmt::format("… and {} more like that", more.size() - shown));
}

std::string list_of(const std::set<std::string>& names) {
    std::vector<std::string> shown;
    for (const auto& name : names) shown.push_back(printable(name));
    return join(shown, ", ");
}

Result<Toc> choose_tables(const StoredDump& dump, const RestoreRequest& request,
                          const NeedsCreating& needs_creating, RestorePlan& plan) {
    std::vector<TableName> names;
    for (const auto& text : request.tables) {
        DS_TRY(names.emplace_back(), TableName::parse(text));
    }
    DS_TRY(auto selection, select_tables(dump.toc, names));
    plan.tables = std::move(selection.tables);
    for (const auto& what : selection.left_out) plan.notes.push_back("left out: " + what);
    std::unordered_set<std::int32_t> wanted;
    for (const auto& entry : selection.toc.entries) wanted.insert(entry.dump_id);
    for (const auto id : selection.needed) {
        const auto* entry = dump.toc.find(id);
        if (entry == nullptr) continue;
        DS_TRY(const bool create, needs_creating(*entry));
        if (create) wanted.insert(id);
    }
    // In the dump's order, with what the selection changed in the entries it chose.
    Toc chosen = selection.toc;
    chosen.entries.clear();
    for (const auto& entry : dump.toc.entries) {
        if (!wanted.contains(entry.dump_id)) continue;
        const auto* changed = selection.toc.find(entry.dump_id);
        chosen.entries.push_back(changed != nullptr ? *changed : entry);
    }
    return chosen;
}

std::vector<Span> spans_of(const StoredDump& dump, const Toc& toc) {
    std::unordered_set<std::int32_t> with_data;
    for (const auto& entry : toc.entries) {
        if (entry.had_dumper) with_data.insert(entry.dump_id);
    }
    std::vector<Span> spans;
    for (const auto& span : dump.index.spans) {
        const bool data = span.kind == SpanKind::rows || span.kind == SpanKind::blobs;
        if (data && with_data.contains(span.dump_id)) spans.push_back(span);
    }
    return spans;
}

Status fit_roles(Toc& toc, const RestoreRequest& request, const TargetState& target,
                 RestorePlan& plan) {
    for (const auto& [from, to] : request.role_map) {
        if (target.roles.contains(to)) continue;
        return fail(Code::not_found,
                    fmt::format("the target has no role '{}', which '{}' is mapped to",
                                printable(to), printable(from)),
                    "Create the role first, or map to one that exists.");
    }
    DS_DO(rename_roles(toc, request.role_map));
    auto used = owners(toc);
    DS_TRY(auto named, roles_named(toc));
    used.merge(named);
    std::set<std::string> missing;
    std::set_difference(used.begin(), used.end(), target.roles.begin(), target.roles.end(),
                        std::inserter(missing, missing.end()));
    DS_TRY(const auto dropped, drop_roles(toc, missing));
    if (!missing.empty()) {
        plan.notes.push_back(
            fmt::format("roles that do not exist here: {}; what they owned belongs to {}",
                        list_of(missing), printable(target.user)));
        add_notes(plan.notes, dropped);
    }
    std::set<std::string> foreign;
    for (auto& entry : toc.entries) {
        if (!entry.owner || entry.owner->empty() || target.own_roles.contains(*entry.owner))
            continue;
        foreign.insert(*entry.owner);
        entry.owner = "";
    }
    if (!foreign.empty()) {
        plan.notes.push_back(fmt::format("{} may not give objects to: {}; they belong to {}",
                                         printable(target.user), list_of(foreign),
                                         printable(target.user)));
    }
    return {};
}

Status check_extensions(const Toc& toc, const TargetState& target) {
    std::set<std::string> missing;
    for (const auto& entry : toc.entries) {
        if (entry.desc == "EXTENSION" && !target.extensions.contains(entry.tag))
            missing.insert(entry.tag);
    }
    if (missing.empty()) return {};
    return fail(
        Code::unsupported,
        fmt::format("extensions that are not installed on the target: {}", list_of(missing)),
        "Install their packages on the database server and try again.");
}

void fit_tablespaces(Toc& toc, const TargetState& target, RestorePlan& plan) {
    std::set<std::string> missing;
    for (auto& entry : toc.entries) {
        if (!entry.tablespace || entry.tablespace->empty() ||
            target.tablespaces.contains(*entry.tablespace))
            continue;
        missing.insert(*entry.tablespace);
        entry.tablespace = "";
    }
    if (missing.empty()) return;
    plan.notes.push_back(fmt::format("tablespaces that do not exist here: {}; the default is used",
                                     list_of(missing)));
}

void compare_versions(const Facts& facts, const TargetState& target, RestorePlan& plan) {
    const auto source = facts.server_version_num / 10000;
    if (source <= target.major()) return;
    plan.notes.push_back(fmt::format("the target is PostgreSQL {}, older than the backup's {}",
                                     target.major(), source));
}

}  // namespace

std::uint64_t RestorePlan::bytes() const {
    std::uint64_t sum = 0;
    for (const auto& span : spans) sum += span.bytes;
    return sum;
}

std::uint64_t RestorePlan::table_count() const {
    return static_cast<std::uint64_t>(std::count_if(
        spans.begin(), spans.end(), [](const Span& span) { return span.kind == SpanKind::rows; }));
}

Result<RestorePlan> plan_restore(const StoredDump& dump, const RestoreRequest& request,
                                 const TargetState& target, const NeedsCreating& needs_creating,
                                 const sys::Run& run) {
    RestorePlan plan;
    Toc toc = dump.toc;
    if (!request.tables.empty()) {
        DS_TRY(toc, choose_tables(dump, request, needs_creating, plan));
    }
    for (const auto& name : target.leftovers) {
        plan.notes.push_back(
            fmt::format("an earlier restore did not end and left {}: drop it", printable(name)));
    }
    DS_DO(check_extensions(toc, target));
    compare_versions(dump.facts, target, plan);
    plan.spans = spans_of(dump, toc);
    DS_DO(fit_roles(toc, request, target, plan));
    fit_tablespaces(toc, target, plan);
    plan.database = database_entries(toc);
    plan.stages = stages_of(without_data(toc));
    DS_TRY(plan.pg_restore, find_tool("pg_restore", dump.dump_major, Fit::same_or_newer,
                                      request.tool_dirs, run.stop));
    return plan;
}

}  // namespace ds::engines::postgres
