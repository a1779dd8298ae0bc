#pragma once

#include "api/caller.hpp"
#include "catalog/tables.hpp"

/// What makes a row a right one, whatever its kind. Each is Code::invalid, and names the field.
namespace ds::api {

Status check_name(const std::string& name);
Status check_notes(const std::string& notes);
/// Names of labels are lower-case letters, digits and . _ - /, so that `env:prod` means one thing.
Status check_labels(const model::Labels& labels, const std::string& field);

/// What people keep with a backup: any names, texts that are not books.
Status check_metadata(const std::map<std::string, std::string>& metadata);

/// A row that `field` names by id must be this organization's.
template <class T>
Status check_there(catalog::Session& session, const Caller& caller, const catalog::Table<T>& table,
                   const std::string& id, const std::string& field) {
    DS_TRY(const auto found, table.find(session, caller.organization, id));
    if (found) return {};
    return fail(Code::invalid,
                fmt::format("{}: there is no {} in {}", field, printable(id, 60), table.name()));
}

/// Code::conflict while rows still use it: `question` counts them for an organization and
/// `parameter`.
Status check_unused(catalog::Session& session, std::string_view question, std::string_view what,
                    const std::string& organization, const std::string& parameter);

/// `destinations[2].retention.keep_last` names the rule that is out of its limits.
Status check_retentions(const std::vector<model::Destination>& destinations);

/// Of a plan's values, without the rows that it names.
Status check_plan_values(const model::Plan& plan);

/// Everything about a plan that can be judged when it is written, so that no run has to fail of it.
Status check_plan(catalog::Session& session, const Caller& caller, const model::Plan& plan);

}  // namespace ds::api
