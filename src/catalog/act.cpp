#include "catalog/act.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "catalog/audit_chain.hpp"

namespace ds::catalog {
namespace {

constexpr std::size_t changes_max = 100;        // of one transaction; the rest is counted
constexpr std::size_t value_bytes_max = 2'000;  // of one field
constexpr std::size_t bytes_max = 64 * KiB;     // of all of them

/// What is of the moment: messages on their way, what was answered, the chain itself.
constexpr std::array<std::string_view, 7> unwatched{"answers",       "audit",     "audit_heads",
                                                    "deliveries",    "log_lines", "notifications",
                                                    "sign_in_places"};
/// Fields that tell nothing: when, and how often.
constexpr std::array<std::string_view, 4> dull{"id", "organization", "changed", "version"};
/// Whatever has one of these in its name is a secret, so that new columns are masked by themselves.
constexpr std::array<std::string_view, 5> secret_words{"sealed", "secret", "password", "hash",
                                                       "recovery_code"};
constexpr std::string_view mask = "***";

thread_local Act* current_act = nullptr;

bool is_secret(std::string_view name) {
    return std::ranges::any_of(
        secret_words, [&](auto word) { return name.find(word) != std::string_view::npos; });
}

json::Value shortened(const json::Value& value) {
    const auto text = value.is_string() ? std::string{value.get_string()} : json::to_text(value);
    if (text.size() <= value_bytes_max) return value;
    return json::to_value(printable(text, value_bytes_max) +
                          fmt::format(" ({} bytes)", text.size()));
}

json::Value masked(std::string_view name, const json::Value& value) {
    if (!is_secret(name)) return shortened(value);
    const bool empty = value.is_string() && value.get_string().empty();
    return json::to_value(std::string{empty ? "" : mask});
}

/// The fields of `row` that are otherwise in `other`.
std::map<std::string, json::Value> differing(const json::Value& row, const json::Value& other) {
    std::map<std::string, json::Value> fields;
    if (!row.is_object()) return fields;
    for (const auto& [key, value] : row.get_object()) {
        const std::string name{key};
        if (std::ranges::find(dull, name) != dull.end()) continue;
        const auto* there = other.is_object() ? other.get_object().if_contains(key) : nullptr;
        if (there == nullptr || *there != value) fields[name] = masked(name, value);
    }
    return fields;
}

std::string text_in(const json::Value& row, std::string_view name) {
    const auto* object = row.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

}  // namespace

Act::Act(const Vault& vault, Now now, model::AuditRow draft, std::string token)
    : vault_{vault},
      now_{std::move(now)},
      draft_{std::move(draft)},
      token_{std::move(token)},
      outer_{current_act} {
    if (draft_.address.empty() && outer_ != nullptr) draft_.address = outer_->draft_.address;
    current_act = this;
}

Act::~Act() { current_act = outer_; }

Act* Act::current() { return current_act; }

bool Act::watches(std::string_view table) {
    return current_act != nullptr && std::ranges::find(unwatched, table) == unwatched.end();
}

void Act::note(std::string_view table, const json::Value& before, const json::Value& after) {
    const auto& row = after.is_object() ? after : before;
    model::AuditChange change{fmt::format("{}/{}", table, text_in(row, "id")),
                              differing(before, after), differing(after, before)};
    if (change.before.empty() && change.after.empty()) return;
    noted_bytes_ += json::write(change).size();
    if (noted_.size() >= changes_max || noted_bytes_ > bytes_max) {
        ++left_out_;
        return;
    }
    if (draft_.organization.empty()) draft_.organization = text_in(row, "organization");
    if (draft_.user.empty()) {
        draft_.user = table == "users" ? text_in(row, "id") : text_in(row, "user");
    }
    noted_.push_back(std::move(change));
}

void Act::add(std::string_view object, std::string_view name, std::string value) {
    noted_.push_back({std::string{object}, {}, {{std::string{name}, json::to_value(value)}}});
}

void Act::identify(std::string organization, std::string user) {
    draft_.organization = std::move(organization);
    draft_.user = std::move(user);
}

Status Act::settle(sql::Session& session) {
    return noted_.empty() || settled_ ? Status{} : enter(session);
}

Status Act::enter(sql::Session& session) {
    // Nobody whom it could belong to: the server's log has it.
    if (draft_.organization.empty()) return {};
    auto row = draft_;
    DS_DO(name_actor(session, row));
    if (row.object.empty() && !noted_.empty()) row.object = noted_.front().object;
    row.changes = noted_;
    if (left_out_ > 0) {
        row.changes.push_back({"more", {}, {{"rows", json::to_value(left_out_)}}});
    }
    DS_DO(append_audit(session, vault_, std::move(row), now_()));
    settled_ = true;
    return {};
}

/// The name of whoever it is stays with the row: users come and go.
Status Act::name_actor(sql::Session& session, model::AuditRow& row) const {
    if (row.actor.empty() && !row.user.empty()) {
        DS_TRY(const auto users, session.run("SELECT name FROM users WHERE id = ?", {row.user}));
        if (!users.empty()) row.actor = sql::text_of(users.at(0).at(0));
    }
    if (token_.empty()) return {};
    DS_TRY(const auto tokens,
           session.run("SELECT kind, name FROM tokens WHERE organization = ? AND id = ?",
                       {row.organization, token_}));
    if (tokens.empty() || sql::text_of(tokens.at(0).at(0)) != "token") return {};
    row.via = "token";
    row.actor += fmt::format("{}token {}", row.actor.empty() ? "" : ", ",
                             printable(sql::text_of(tokens.at(0).at(1)), 100));
    return {};
}

void Act::ended(bool committed) {
    if (committed && settled_) entered_ = true;
    settled_ = false;
    noted_.clear();
    left_out_ = noted_bytes_ = 0;
}

}  // namespace ds::catalog
