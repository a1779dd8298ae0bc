#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

/// Guessing is slow: whoever fails again and again waits longer and longer. Counted in the catalog,
/// so that it holds for all servers and after a restart; the same for names that there are and for
/// those that there are not.
namespace ds::api {

constexpr std::int64_t account_failures_free = 10;
constexpr std::int64_t address_failures_free = 50;
constexpr std::chrono::seconds lock_first{30};  // doubles with each failure
constexpr std::chrono::seconds lock_longest{900};

/// Whom failures are counted for.
std::string account_key(const model::User& user);
/// Of a name that nobody has; the name itself is not kept, it may be a password.
std::string unknown_key(const std::string& name);
/// IPv6 by its /64, which is one household's.
std::string address_key(const http::Request& request);

/// Counts a failure in advance, so that trying many at once tries no more. Code::exhausted, with
/// the time to wait, when one of them is locked; then nothing is counted.
Status begin_attempt(const Services& services, const std::vector<std::string>& keys);
/// It was none: counts one failure less.
Status end_attempt(catalog::Session& session, const std::vector<std::string>& keys);
/// Forgets all failures.
Status forgive(catalog::Session& session, const std::string& key);

}  // namespace ds::api
