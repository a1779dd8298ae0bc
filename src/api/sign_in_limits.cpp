#include "api/sign_in_limits.hpp"

#include <algorithm>

#include "api/sign_in_places.hpp"
#include "base/bytes.hpp"
#include "crypto/sha256.hpp"

namespace ds::api {
namespace {

constexpr std::chrono::hours remembered{24};

std::int64_t free_of(std::string_view key) {
    return key.starts_with("address:") ? address_failures_free : account_failures_free;
}

std::chrono::seconds lock_after(std::int64_t failures_too_many) {
    const auto doublings = std::min<std::int64_t>(failures_too_many, 10);
    return std::min<std::chrono::seconds>(lock_first * (1LL << doublings), lock_longest);
}

Status forget_old(catalog::Session& session, catalog::Time now) {
    DS_TRY(
        [[maybe_unused]] const auto old,
        session.run("DELETE FROM sign_in_failures WHERE changed < ?", {rfc3339(now - remembered)}));
    return {};
}

/// How long this one is locked yet; zero: not at all, and the attempt is counted.
Result<std::chrono::seconds> count(catalog::Session& session, const std::string& key,
                                   catalog::Time now) {
    const auto at = rfc3339(now);
    DS_TRY([[maybe_unused]] const auto counted,
           session.run("INSERT INTO sign_in_failures (who, failures, locked_until, changed) VALUES "
                       "(?, 1, '', ?) ON CONFLICT (who) DO UPDATE SET failures = "
                       "sign_in_failures.failures + CASE WHEN sign_in_failures.locked_until > ? "
                       "THEN 0 ELSE 1 END, changed = excluded.changed",
                       {key, at, at}));
    DS_TRY(const auto rows,
           session.run("SELECT failures, locked_until FROM sign_in_failures WHERE who = ?", {key}));
    const auto failures = sql::number_of(rows.at(0).at(0));
    const auto locked_until = sql::text_of(rows.at(0).at(1));
    if (locked_until > at) {
        DS_TRY(const auto until, from_rfc3339(locked_until));
        return std::chrono::ceil<std::chrono::seconds>(until - now);
    }
    if (failures < free_of(key)) return std::chrono::seconds{0};
    DS_TRY([[maybe_unused]] const auto locked,
           session.run("UPDATE sign_in_failures SET locked_until = ? WHERE who = ?",
                       {rfc3339(now + lock_after(failures - free_of(key))), key}));
    return std::chrono::seconds{0};
}

}  // namespace

std::string account_key(const model::User& user) { return "user:" + user.id; }

std::string unknown_key(const std::string& name) {
    return "name:" + crypto::sha256_hex(view_of(name));
}

std::string address_key(const http::Request& request) {
    const bool v6 = request.peer.find(':') != std::string::npos;
    return "address:" + (v6 ? network_of(request.peer) : request.peer);
}

Status begin_attempt(const Services& services, const std::vector<std::string>& keys) {
    const auto now = services.now();
    std::chrono::seconds wait{0};
    const auto counted = services.write([&](catalog::Session& session) -> Status {
        DS_DO(forget_old(session, now));
        for (const auto& key : keys) {
            DS_TRY(wait, count(session, key, now));
            // The error takes back what was counted for the others.
            if (wait.count() > 0)
                return fail(Code::exhausted, "too many attempts to sign in failed",
                            fmt::format("Wait {} seconds.", wait.count()));
        }
        return {};
    });
    if (counted || wait.count() == 0) return counted;
    return Error{counted.error()}.waiting(static_cast<long>(wait.count()));
}

Status end_attempt(catalog::Session& session, const std::vector<std::string>& keys) {
    for (const auto& key : keys) {
        DS_TRY([[maybe_unused]] const auto counted,
               session.run("UPDATE sign_in_failures SET failures = failures - 1, locked_until = '' "
                           "WHERE who = ? AND failures > 0",
                           {key}));
    }
    return {};
}

Status forgive(catalog::Session& session, const std::string& key) {
    DS_TRY([[maybe_unused]] const auto gone,
           session.run("DELETE FROM sign_in_failures WHERE who = ?", {key}));
    return {};
}

}  // namespace ds::api
