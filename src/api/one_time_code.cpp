#include "api/one_time_code.hpp"

#include "base/bytes.hpp"
#include "crypto/sha256.hpp"
#include "sys/random.hpp"

namespace ds::api {
namespace {

constexpr std::size_t code_bytes = 24;
constexpr std::chrono::minutes code_life{5};

}  // namespace

std::string hash_of_code(const std::string& code) { return crypto::sha256_hex(view_of(code)); }

std::string begin_code(model::OneTimeCode& row, const Services& services, const Caller& caller) {
    auto code = to_hex(sys::random_bytes(code_bytes));
    row.user = caller.user;
    row.token = caller.user.empty() ? caller.token : "";
    row.hash = hash_of_code(code);
    row.expires = rfc3339(services.now() + code_life);
    return code;
}

bool is_good(const model::OneTimeCode& row, const Caller& caller, catalog::Time now) {
    const bool theirs = row.user.empty() ? row.token == caller.token : row.user == caller.user;
    return theirs && row.expires >= rfc3339(now);
}

Error no_such_code() {
    return fail(Code::not_found, "there is no such code",
                "It works once, for five minutes, for whoever asked for it.");
}

}  // namespace ds::api
