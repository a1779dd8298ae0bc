#include "api/second_factor.hpp"

#include <algorithm>

#include "api/user_sessions.hpp"
#include "base/bytes.hpp"
#include "crypto/sha256.hpp"
#include "crypto/totp.hpp"
#include "sys/random.hpp"

namespace ds::api {
namespace {

constexpr std::size_t recovery_codes = 10;
constexpr std::size_t recovery_bytes = 10;  // 80 bits: a plain hash keeps them
constexpr std::size_t code_bytes_max = 64;

/// People type codes with blanks and dashes, and in either case.
std::string plain(std::string_view code) {
    std::string text{code};
    std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : static_cast<char>(c);
    });
    return text;
}

std::string recovery_hash(const std::string& user, const std::string& code) {
    return crypto::sha256_hex(view_of(user + ":" + code));
}

Result<bool> use_totp(const Services& services, model::SecondFactor& factor,
                      const std::string& code) {
    DS_TRY(const auto hex,
           services.office.vault.open_sealed(factor.sealed, sealed_place(factor.id)));
    DS_TRY(auto secret, from_hex(hex.reveal()));
    const auto step = crypto::totp_accepts(secret, code, services.now(), factor.last_step);
    crypto::wipe(secret);
    if (step) factor.last_step = *step;
    return step.has_value();
}

bool use_recovery(model::SecondFactor& factor, const std::string& code) {
    return std::erase(factor.recovery, recovery_hash(factor.id, code)) > 0;
}

}  // namespace

std::string sealed_place(const std::string& user) { return "second_factors/" + user; }

std::vector<std::string> new_recovery_codes(model::SecondFactor& factor) {
    std::vector<std::string> codes;
    factor.recovery.clear();
    for (std::size_t at = 0; at < recovery_codes; ++at) {
        const auto code = crypto::to_base32(sys::random_bytes(recovery_bytes));
        factor.recovery.push_back(recovery_hash(factor.id, code));
        codes.push_back(fmt::format("{}-{}-{}-{}", code.substr(0, 4), code.substr(4, 4),
                                    code.substr(8, 4), code.substr(12)));
    }
    return codes;
}

Result<std::optional<model::SecondFactor>> factor_in_force(catalog::Session& session,
                                                           const model::User& user) {
    DS_TRY(auto factor, catalog::second_factors.find(session, user.organization, user.id));
    if (factor && factor->confirmed.empty()) factor.reset();
    return factor;
}

Status use_code(const Services& services, catalog::Session& session, model::SecondFactor& factor,
                const std::string& given) {
    const auto code = plain(given.substr(0, code_bytes_max));
    DS_TRY(const bool by_authenticator, use_totp(services, factor, code));
    if (!by_authenticator && !use_recovery(factor, code))
        return fail(Code::denied, "the code is not right",
                    "Each is good once. Check the clock of the device that shows them.");
    return catalog::second_factors.update(session, factor);
}

Result<Scope> scope_in(catalog::Session& session, const model::User& user) {
    DS_TRY(const auto settings,
           catalog::settings.find(session, user.organization, user.organization));
    if (!settings || !settings->require_second_factor) return scope_of(user.role);
    DS_TRY(const auto factor, factor_in_force(session, user));
    return factor ? scope_of(user.role) : Scope::signed_in;
}

}  // namespace ds::api
