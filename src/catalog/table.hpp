#pragma once

#include "base/text.hpp"
#include "catalog/act.hpp"
#include "catalog/columns.hpp"
#include "catalog/listing.hpp"

namespace ds::catalog {

/// The table of a resource: insert, get, update, remove, list, always inside one organization.
/// Holds nothing but the table's name; the session is the transaction.
template <class T>
class Table {
public:
    explicit constexpr Table(std::string_view name) : name_{name} {}

    std::string_view name() const { return name_; }

    /// Code::exists when a unique rule (id, name within the organization) is broken.
    Status insert(Session& session, const T& item) const {
        const auto values = to_columns(item);
        std::string marks = "?";
        for (std::size_t at = 1; at < values.size(); ++at) marks += ", ?";
        DS_DO(to_status(session.run(
            fmt::format("INSERT INTO {} ({}) VALUES ({})", name_, column_list<T>(), marks),
            values)));
        if (Act::watches(name_)) Act::current()->note(name_, {}, json::to_value(item));
        return {};
    }

    Result<std::optional<T>> find(Session& session, const std::string& organization,
                                  const std::string& id) const {
        DS_TRY(auto items,
               select(session, "WHERE organization = ? AND id = ?", {organization, id}));
        if (items.empty()) return std::optional<T>{};
        return std::optional<T>{std::move(items.front())};
    }

    /// Code::not_found when the organization has no such row.
    Result<T> get(Session& session, const std::string& organization, const std::string& id) const {
        DS_TRY(auto found, find(session, organization, id));
        if (found) return std::move(*found);
        return fail(Code::not_found, fmt::format("there is no {} {}", noun(), printable(id, 80)));
    }

    /// Writes all columns if the row still has `item.version`, and counts that up. Code::conflict
    /// when somebody changed it meanwhile.
    Status update(Session& session, T& item) const {
        DS_TRY(const auto stored, watched(session, item.organization, item.id));
        const auto before = item.version++;
        std::string sets;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            sets += fmt::format("{}\"{}\" = ?", sets.empty() ? "" : ", ", member.name);
        });
        auto values = to_columns(item);
        values.emplace_back(item.organization);
        values.emplace_back(item.id);
        values.emplace_back(static_cast<std::int64_t>(before));
        DS_DO(to_status(session.run(
            fmt::format("UPDATE {} SET {} WHERE organization = ? AND id = ? AND version = ?", name_,
                        sets),
            values)));
        if (session.changed() == 1) {
            if (!stored.is_null()) Act::current()->note(name_, stored, json::to_value(item));
            return {};
        }
        item.version = before;
        return fail(Code::conflict, fmt::format("the {} was changed meanwhile", noun()),
                    "Read it again, and repeat the change.");
    }

    Status remove(Session& session, const std::string& organization, const std::string& id) const {
        DS_TRY(const auto stored, watched(session, organization, id));
        DS_DO(to_status(
            session.run(fmt::format("DELETE FROM {} WHERE organization = ? AND id = ?", name_),
                        {organization, id})));
        if (session.changed() == 1) {
            if (!stored.is_null()) Act::current()->note(name_, stored, {});
            return {};
        }
        return fail(Code::not_found, fmt::format("there is no {} {}", noun(), printable(id, 80)));
    }

    Result<Page<T>> list(Session& session, const std::string& organization, const Listing& listing,
                         unsigned reach = listing_reach) const {
        DS_TRY(const auto sql, sql_of(name_, listing, reach));
        DS_TRY(const auto horizon, horizon_of(session, organization, sql, listing));
        const auto query = within(sql, listing, horizon);
        Page<T> page;
        DS_TRY(page.items, select(session, "WHERE organization = ?" + query.text,
                                  parameters_of(organization, query)));
        if (page.items.size() > listing.limit) {
            page.items.resize(listing.limit);
            page.next = cursor_behind(listing, column_of(page.items.back(), listing.sort),
                                      page.items.back().id);
        } else if (!horizon.empty()) {
            page.next = cursor_behind(listing, horizon.at(0), sql::text_of(horizon.at(1)));
        }
        return page;
    }

    /// For queries that have their own conditions; `tail` is our own text.
    Result<std::vector<T>> select(Session& session, std::string_view tail,
                                  const Values& parameters = {}) const {
        DS_TRY(const auto rows,
               session.run(fmt::format("SELECT {} FROM {} {}", column_list<T>(), name_, tail),
                           parameters));
        std::vector<T> items;
        items.reserve(rows.size());
        for (const auto& row : rows) {
            DS_TRY(auto item, from_columns<T>(row));
            items.push_back(std::move(item));
        }
        return items;
    }

private:
    std::string_view name_;

    /// "backups" → "backup", "copies" → "copy".
    std::string noun() const {
        if (name_.ends_with("ies")) return std::string{name_.substr(0, name_.size() - 3)} + "y";
        return std::string{name_.substr(0, name_.size() - 1)};
    }

    /// The row as it stands, when somebody wants to know what becomes of it; else null.
    Result<json::Value> watched(Session& session, const std::string& organization,
                                const std::string& id) const {
        if (!Act::watches(name_)) return json::Value{};
        DS_TRY(const auto found, find(session, organization, id));
        return found ? json::to_value(*found) : json::Value{};
    }

    static Values parameters_of(const std::string& organization, const ListingSql& query) {
        Values parameters{organization};
        parameters.insert(parameters.end(), query.parameters.begin(), query.parameters.end());
        return parameters;
    }

    /// Sort and id of the last row that a page may look at; empty when it may look at all.
    Result<Row> horizon_of(Session& session, const std::string& organization, const PageSql& sql,
                           const Listing& listing) const {
        if (!sql.horizon) return Row{};
        DS_TRY(auto rows,
               session.run(fmt::format("SELECT \"{}\", \"id\" FROM {} WHERE organization = ?{}",
                                       listing.sort, name_, sql.horizon->text),
                           parameters_of(organization, *sql.horizon)));
        return rows.empty() ? Row{} : std::move(rows.front());
    }

    static Status to_status(const Result<std::vector<Row>>& result) {
        if (!result) return Error{result.error()};
        return {};
    }

    static Value column_of(const T& item, std::string_view name) {
        Value value;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            if (name == member.name) value = to_column(item.*member.pointer);
        });
        return value;
    }
};

}  // namespace ds::catalog
