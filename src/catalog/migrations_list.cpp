#include <array>

#include "catalog/migrations.hpp"

namespace ds::catalog {
namespace {

constexpr std::string_view beginning = R"sql(
CREATE TABLE organizations (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL);
CREATE TABLE users (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL);
CREATE TABLE tokens (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "expires" TEXT NOT NULL,
    "used" TEXT NOT NULL);
CREATE TABLE servers (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "tool_dirs" TEXT NOT NULL,
    "runs_max" BIGINT NOT NULL,
    "labels" TEXT NOT NULL,
    "notes" TEXT NOT NULL);
CREATE TABLE databases (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "server" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "paused" BIGINT NOT NULL,
    "archived" BIGINT NOT NULL,
    "labels" TEXT NOT NULL,
    "notes" TEXT NOT NULL);
CREATE TABLE stores (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "runs_max" BIGINT NOT NULL,
    "bytes_max" BIGINT NOT NULL,
    "paused" BIGINT NOT NULL,
    "labels" TEXT NOT NULL,
    "notes" TEXT NOT NULL);
CREATE TABLE keys (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "notes" TEXT NOT NULL);
CREATE TABLE plans (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "databases" TEXT NOT NULL,
    "destinations" TEXT NOT NULL,
    "schedule" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "jitter_seconds" BIGINT NOT NULL,
    "compression" TEXT NOT NULL,
    "keys" TEXT NOT NULL,
    "encrypted" BIGINT NOT NULL,
    "verify_schedule" TEXT NOT NULL,
    "verify_level" BIGINT NOT NULL,
    "attempts_max" BIGINT NOT NULL,
    "stall_seconds" BIGINT NOT NULL,
    "overlap" TEXT NOT NULL,
    "paused" BIGINT NOT NULL,
    "labels" TEXT NOT NULL,
    "notes" TEXT NOT NULL,
    "last_scheduled" TEXT NOT NULL,
    "next_run" TEXT NOT NULL,
    "last_verify" TEXT NOT NULL,
    "next_verify" TEXT NOT NULL,
    "watched_since" TEXT NOT NULL);
CREATE TABLE runs (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "database" TEXT NOT NULL,
    "server" TEXT NOT NULL,
    "order" TEXT NOT NULL,
    "scheduled_for" TEXT NOT NULL,
    "not_before" TEXT NOT NULL,
    "attempt" BIGINT NOT NULL,
    "attempts_max" BIGINT NOT NULL,
    "started" TEXT NOT NULL,
    "finished" TEXT NOT NULL,
    "lease_owner" TEXT NOT NULL,
    "lease_until" TEXT NOT NULL,
    "cancel_requested" BIGINT NOT NULL,
    "progress" TEXT NOT NULL,
    "backup" TEXT NOT NULL,
    "error" TEXT NOT NULL,
    "error_code" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "warnings" TEXT NOT NULL);
CREATE TABLE log_lines (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "run" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "text" TEXT NOT NULL);
CREATE TABLE backups (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "database" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "run" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "taken" TEXT NOT NULL,
    "finished" TEXT NOT NULL,
    "plain_bytes" BIGINT NOT NULL,
    "stored_bytes" BIGINT NOT NULL,
    "tables" BIGINT NOT NULL,
    "rows" BIGINT NOT NULL,
    "server_version" TEXT NOT NULL,
    "tool_version" TEXT NOT NULL,
    "compression" TEXT NOT NULL,
    "recipients" TEXT NOT NULL,
    "manifest_sha256" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "pinned" BIGINT NOT NULL,
    "locked_until" TEXT NOT NULL,
    "labels" TEXT NOT NULL,
    "notes" TEXT NOT NULL);
CREATE TABLE copies (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "backup" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stored_bytes" BIGINT NOT NULL,
    "error" TEXT NOT NULL,
    "remove_after" TEXT NOT NULL,
    "reason" TEXT NOT NULL);
CREATE TABLE channels (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "driver" TEXT NOT NULL,
    "options" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "kinds" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "paused" BIGINT NOT NULL);
CREATE TABLE deliveries (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" BIGINT NOT NULL,
    "next_attempt" TEXT NOT NULL,
    "answer" TEXT NOT NULL);
CREATE TABLE notifications (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "seen" BIGINT NOT NULL);
-- What a request with an Idempotency-Key was answered.
CREATE TABLE answers (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "request" TEXT NOT NULL,
    "status" BIGINT NOT NULL,
    "location" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "body" TEXT NOT NULL);
CREATE UNIQUE INDEX answers_key ON answers (organization, "key");
CREATE INDEX answers_created ON answers (created);
CREATE UNIQUE INDEX organizations_name ON organizations (name);
CREATE UNIQUE INDEX users_name ON users (name);
CREATE UNIQUE INDEX tokens_hash ON tokens (hash);
CREATE UNIQUE INDEX servers_name ON servers (organization, name);
CREATE UNIQUE INDEX databases_name ON databases (organization, server, name);
CREATE UNIQUE INDEX stores_name ON stores (organization, name);
CREATE UNIQUE INDEX keys_name ON keys (organization, name);
CREATE UNIQUE INDEX plans_name ON plans (organization, name);
CREATE INDEX plans_next_run ON plans (next_run);
CREATE INDEX plans_next_verify ON plans (next_verify);
CREATE UNIQUE INDEX channels_name ON channels (organization, name);
-- A scheduled run of a plan's database exists once, whoever enters it.
CREATE UNIQUE INDEX runs_scheduled ON runs ("plan", "database", kind, scheduled_for) WHERE scheduled_for <> '' AND attempt = 1;
CREATE INDEX runs_state ON runs (state, not_before);
CREATE INDEX runs_listed ON runs (organization, id);
CREATE INDEX runs_of_database ON runs (organization, "database", id);
CREATE INDEX runs_of_plan ON runs (organization, "plan", id);
CREATE INDEX log_lines_of_run ON log_lines (organization, run, id);
CREATE UNIQUE INDEX backups_name ON backups (organization, name);
CREATE INDEX backups_listed ON backups (organization, id);
CREATE INDEX backups_taken ON backups (organization, taken, id);
CREATE INDEX backups_size ON backups (organization, stored_bytes, id);
CREATE INDEX backups_of_database ON backups (organization, "database", taken, id);
CREATE UNIQUE INDEX copies_of_backup ON copies (organization, backup, store);
CREATE INDEX copies_in_store ON copies (organization, store, state, id);
CREATE INDEX copies_condemned ON copies (state, remove_after);
CREATE INDEX deliveries_due ON deliveries (state, next_attempt);
CREATE INDEX deliveries_listed ON deliveries (organization, id);
CREATE INDEX notifications_listed ON notifications (organization, id);
-- Who leads what, until when.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until TEXT NOT NULL);
-- Small facts about the catalog itself.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL);
)sql";

constexpr std::string_view settings_and_history = R"sql(
CREATE TABLE organization_settings (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "zone" TEXT NOT NULL,
    "prune_grace_seconds" BIGINT NOT NULL,
    "plan" TEXT NOT NULL);
ALTER TABLE backups ADD COLUMN "metadata" TEXT NOT NULL DEFAULT '{}';
-- Everything that the history of a day is counted from stands in its index.
CREATE INDEX runs_by_day ON runs (organization, finished, kind, state);
CREATE INDEX backups_by_day ON backups (organization, taken, plain_bytes, stored_bytes);
CREATE INDEX copies_by_day ON copies (organization, created, store, stored_bytes);
CREATE INDEX copies_gone_by_day ON copies (organization, state, changed, store, stored_bytes);
)sql";

constexpr std::string_view way_back = R"sql(
-- What a restore replaced and keeps for a while.
CREATE TABLE replacements (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "run" TEXT NOT NULL,
    "database" TEXT NOT NULL,
    "server" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kept_as" TEXT NOT NULL,
    "keep_until" TEXT NOT NULL,
    "keep_hours" BIGINT NOT NULL,
    "state" TEXT NOT NULL);
CREATE UNIQUE INDEX replacements_by_run ON replacements (organization, run);
CREATE INDEX replacements_of_database ON replacements (organization, "database", state);
UPDATE runs SET "order" = substr("order", 1, length("order") - 1) ||
    ',"even_if_damaged":false,"safety_backup":true,"keep_old_hours":24,"undoes":""}';
-- What a failed proof put aside.
ALTER TABLE backups ADD COLUMN "quarantined" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE copies ADD COLUMN "damaged" BIGINT NOT NULL DEFAULT 0;
UPDATE backups SET quarantined = 1 WHERE proof LIKE '%"damaged":true%';
UPDATE backups SET proof = substr(proof, 1, length(proof) - 1) || ',"store":""}';
)sql";

constexpr std::string_view notifications = R"sql(
ALTER TABLE channels ADD COLUMN "subjects" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE channels ADD COLUMN "subject_labels" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE channels ADD COLUMN "failures" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN "down_since" TEXT NOT NULL DEFAULT '';
ALTER TABLE channels ADD COLUMN "trouble" TEXT NOT NULL DEFAULT '';
ALTER TABLE deliveries ADD COLUMN "tries" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE deliveries ADD COLUMN "replay_of" TEXT NOT NULL DEFAULT '';
ALTER TABLE stores ADD COLUMN "nearly_full" BIGINT NOT NULL DEFAULT 0;
CREATE TABLE digests (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "schedule" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "paused" BIGINT NOT NULL,
    "next" TEXT NOT NULL,
    "last" TEXT NOT NULL);
CREATE TABLE sign_in_places (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "user" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "seen" TEXT NOT NULL);
CREATE UNIQUE INDEX digests_of_organization ON digests (organization);
CREATE UNIQUE INDEX sign_in_places_of_user ON sign_in_places (organization, "user", network, agent);
CREATE INDEX deliveries_of_channel ON deliveries (organization, channel, state, id);
CREATE INDEX notifications_unread ON notifications (organization, seen, id);
)sql";

// A run says what it uses, so that limits hold, and where it stores, so that what its server could
// not report any more is found. Each (organization, server, stores) is a lane of the queue.
constexpr std::string_view needs_of_runs = R"sql(
ALTER TABLE runs ADD COLUMN "stores" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE runs ADD COLUMN "memory_bytes" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN "place" TEXT NOT NULL DEFAULT '';
-- No other index may begin with the state: a planner without statistics would take it for the queue.
DROP INDEX runs_state;
CREATE INDEX runs_running ON runs (lease_until) WHERE state = 'running';
CREATE INDEX runs_queue ON runs ((organization || ' ' || server || ' ' || "stores"), not_before, id) WHERE state = 'queued';
CREATE INDEX runs_placed ON runs (organization, "database", id) WHERE place <> '';
)sql";

// Every order in which a large table is listed, see listing.cpp.
constexpr std::string_view listed_orders = R"sql(
CREATE INDEX backups_of_database_listed ON backups (organization, "database", id);
CREATE INDEX backups_of_database_size ON backups (organization, "database", stored_bytes, id);
CREATE INDEX backups_of_plan_listed ON backups (organization, "plan", id);
CREATE INDEX backups_of_plan ON backups (organization, "plan", taken, id);
CREATE INDEX runs_of_state ON runs (organization, state, id);
CREATE INDEX copies_listed ON copies (organization, id);
CREATE INDEX copies_of_store ON copies (organization, store, id);
)sql";

constexpr std::string_view labels_everywhere = R"sql(
ALTER TABLE keys ADD COLUMN "labels" TEXT NOT NULL DEFAULT '{}';
ALTER TABLE channels ADD COLUMN "labels" TEXT NOT NULL DEFAULT '{}';
ALTER TABLE channels ADD COLUMN "notes" TEXT NOT NULL DEFAULT '';
)sql";

constexpr std::string_view access = R"sql(
ALTER TABLE users ADD COLUMN "email" TEXT NOT NULL DEFAULT '';
UPDATE users SET role = 'operator' WHERE role = 'operator_';
ALTER TABLE tokens ADD COLUMN "addresses" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE organization_settings ADD COLUMN "require_second_factor" BIGINT NOT NULL DEFAULT 0;
CREATE TABLE sessions (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "user" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "agent" TEXT NOT NULL,
    "used" TEXT NOT NULL,
    "expires" TEXT NOT NULL,
    "family_hash" TEXT NOT NULL,
    "refresh_hash" TEXT NOT NULL,
    "refreshed" TEXT NOT NULL,
    "pending" BIGINT NOT NULL);
CREATE TABLE invitations (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "expires" TEXT NOT NULL);
CREATE TABLE second_factors (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "sealed" TEXT NOT NULL,
    "confirmed" TEXT NOT NULL,
    "last_step" BIGINT NOT NULL,
    "recovery" TEXT NOT NULL);
CREATE TABLE preferences (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "value" TEXT NOT NULL);
CREATE TABLE pictures (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "data" TEXT NOT NULL);
CREATE INDEX sessions_of_user ON sessions (organization, "user", id);
CREATE INDEX sessions_expired ON sessions (expires);
CREATE UNIQUE INDEX invitations_hash ON invitations (hash);
CREATE INDEX users_listed ON users (organization, id);
-- Who fails to sign in waits: "user:ID", "name:HASH" or "address:203.0.113.7".
CREATE TABLE sign_in_failures (
    who TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    locked_until TEXT NOT NULL,
    changed TEXT NOT NULL);
)sql";

// Who did what: a chain for each organization, see audit_chain.hpp.
constexpr std::string_view audit_chain = R"sql(
CREATE TABLE audit (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "user" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "changes" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL);
CREATE TABLE audit_heads (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "sealed" TEXT NOT NULL);
CREATE INDEX audit_listed ON audit (organization, id);
CREATE INDEX audit_of_user ON audit (organization, "user", id);
CREATE INDEX audit_of_object ON audit (organization, object, id);
ALTER TABLE organization_settings ADD COLUMN "audit_keep_days" BIGINT NOT NULL DEFAULT 0;
)sql";

constexpr std::string_view downloads = R"sql(
CREATE TABLE download_codes (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "backup" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "store" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "expires" TEXT NOT NULL);
CREATE UNIQUE INDEX download_codes_hash ON download_codes (hash);
CREATE INDEX download_codes_expired ON download_codes (organization, expires);
)sql";

// Leave to do something to a database server, see model/administration.hpp.
constexpr std::string_view administration = R"sql(
CREATE TABLE act_codes (
    "id" TEXT PRIMARY KEY,
    "organization" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "changed" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "user" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "expires" TEXT NOT NULL,
    "server" TEXT NOT NULL,
    "order" TEXT NOT NULL);
CREATE UNIQUE INDEX act_codes_hash ON act_codes (hash);
CREATE INDEX act_codes_expired ON act_codes (organization, expires);
)sql";

constexpr std::array steps{Migration{1, "the beginning", beginning},
                           Migration{2, "settings and history", settings_and_history},
                           Migration{3, "quarantine and a way back from restores", way_back},
                           Migration{4, "notifications", notifications},
                           Migration{5, "needs of runs", needs_of_runs},
                           Migration{6, "orders of large lists", listed_orders},
                           Migration{7, "labels everywhere", labels_everywhere},
                           Migration{8, "access", access},
                           Migration{9, "audit", audit_chain},
                           Migration{10, "downloads", downloads},
                           Migration{11, "administration", administration}};

}  // namespace

std::span<const Migration> migrations() { return steps; }

}  // namespace ds::catalog
