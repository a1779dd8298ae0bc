#pragma once

#include "catalog/table.hpp"
#include "model/audit.hpp"
#include "model/backup_record.hpp"
#include "model/channel.hpp"
#include "model/people.hpp"
#include "model/plan.hpp"
#include "model/run_record.hpp"
#include "model/settings.hpp"

namespace ds::catalog {

inline constexpr Table<model::Organization> organizations{"organizations"};
inline constexpr Table<model::User> users{"users"};
inline constexpr Table<model::Token> tokens{"tokens"};
inline constexpr Table<model::SignInPlace> sign_in_places{"sign_in_places"};
inline constexpr Table<model::Answer> answers{"answers"};
inline constexpr Table<model::Server> servers{"servers"};
inline constexpr Table<model::Database> databases{"databases"};
inline constexpr Table<model::Store> stores{"stores"};
inline constexpr Table<model::Key> keys{"keys"};
inline constexpr Table<model::Plan> plans{"plans"};
inline constexpr Table<model::Run> runs{"runs"};
inline constexpr Table<model::LogLine> log_lines{"log_lines"};
inline constexpr Table<model::Backup> backups{"backups"};
inline constexpr Table<model::Copy> copies{"copies"};
inline constexpr Table<model::Replacement> replacements{"replacements"};
inline constexpr Table<model::Channel> channels{"channels"};
inline constexpr Table<model::Digest> digests{"digests"};
inline constexpr Table<model::Delivery> deliveries{"deliveries"};
inline constexpr Table<model::Settings> settings{"organization_settings"};
inline constexpr Table<model::AuditRow> audit{"audit"};
inline constexpr Table<model::AuditHead> audit_heads{"audit_heads"};
inline constexpr Table<model::Notification> notifications{"notifications"};

/// Condition on rows of `backups`: `model::is_recovery_point`.
inline constexpr std::string_view recovery_points = "quarantined = 0 AND \"trigger\" <> 'safety'";

/// Fills id, created, changed and version of a new row.
template <class T>
void begin_record(T& item, std::string organization, std::chrono::system_clock::time_point now);
/// A new id: sortable by time.
std::string new_id(std::chrono::system_clock::time_point now);

template <class T>
void begin_record(T& item, std::string organization, std::chrono::system_clock::time_point now) {
    item.id = new_id(now);
    item.organization = std::move(organization);
    item.created = item.changed = rfc3339(now);
    item.version = 1;
}

}  // namespace ds::catalog
