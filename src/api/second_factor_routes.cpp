#include "api/adding.hpp"
#include "api/people_rules.hpp"
#include "api/routes.hpp"
#include "api/second_factor.hpp"
#include "api/sign_in_limits.hpp"
#include "api/user_sessions.hpp"
#include "base/bytes.hpp"
#include "crypto/password.hpp"
#include "crypto/totp.hpp"
#include "net/url.hpp"
#include "sys/random.hpp"

namespace ds::api {

struct FactorState {
    bool enabled = false;
    std::string confirmed;
    std::uint64_t recovery_codes = 0;  // that are left
};
BOOST_DESCRIBE_STRUCT(FactorState, (), (enabled, confirmed, recovery_codes))

struct PasswordQuestion {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(PasswordQuestion, (), (password))

struct NewFactor {
    std::string secret;  // to type
    std::string url;     // to scan
};
BOOST_DESCRIBE_STRUCT(NewFactor, (), (secret, url))

struct CodeQuestion {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeQuestion, (), (code))

struct RecoveryCodes {
    std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (codes))

namespace {

Result<model::User> me(catalog::Session& session, const Call& call) {
    return catalog::users.get(session, call.caller.organization, call.caller.user);
}

/// Does something with a code of the caller's, and counts wrong ones.
template <class Work>
Status with_code(const Services& services, const Call& call, bool confirmed, Work&& work) {
    DS_TRY(const auto question, read_body<CodeQuestion>(call));
    const std::vector<std::string> keys{"user:" + call.caller.user};
    DS_DO(begin_attempt(services, keys));
    return services.write([&](catalog::Session& session) -> Status {
        DS_TRY(auto factor,
               catalog::second_factors.find(session, call.caller.organization, call.caller.user));
        if (!factor || factor->confirmed.empty() == confirmed)
            return fail(Code::conflict,
                        confirmed ? "there is no second factor" : "there is nothing to confirm");
        DS_DO(use_code(services, session, *factor, question.code));
        DS_DO(end_attempt(session, keys));
        return work(session, *factor);
    });
}

Result<Reply> show_factor(const Services& services, const Call& call) {
    DS_TRY(
        const auto factor,
        services.read([&](catalog::Session& session) -> Result<std::optional<model::SecondFactor>> {
            DS_TRY(const auto user, me(session, call));
            return factor_in_force(session, user);
        }));
    FactorState state;
    if (factor) state = {true, factor->confirmed, factor->recovery.size()};
    return Reply{200, json::to_value(state), {}, {}};
}

/// Not in force before a code of it has come.
Result<Reply> enrol(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<PasswordQuestion>(call));
    DS_TRY(const auto user,
           services.read([&](catalog::Session& session) { return me(session, call); }));
    DS_DO(begin_attempt(services, {account_key(user)}));
    if (!crypto::is_password(question.password, user.password_hash))
        return fail(Code::denied, "the password is not right");
    const auto secret = sys::random_bytes(crypto::totp_secret_bytes);
    model::SecondFactor row;
    catalog::begin_record(row, user.organization, services.now());
    row.id = user.id;
    row.sealed = services.office.vault.seal(Secret{to_hex(secret)}, sealed_place(row.id));
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_DO(end_attempt(session, {account_key(user)}));
        DS_TRY([[maybe_unused]] const auto old,
               session.run("DELETE FROM second_factors WHERE organization = ? AND id = ? AND "
                           "confirmed = ''",
                           {row.organization, row.id}));
        auto inserted = catalog::second_factors.insert(session, row);
        if (inserted || inserted.error().code() != Code::exists) return inserted;
        return fail(Code::conflict, "there is a second factor already", "Remove it first.");
    }));
    const auto text = crypto::to_base32(secret);
    const NewFactor made{text,
                         fmt::format("otpauth://totp/DumpStation:{}?secret={}&issuer=DumpStation",
                                     net::percent_encoded(user.name), text)};
    Reply reply{200, json::to_value(made), {}, {}};
    reply.headers.add("Cache-Control", "no-store");
    return reply;
}

Reply told(const RecoveryCodes& codes) {
    Reply reply{200, json::to_value(codes), {}, {}};
    reply.headers.add("Cache-Control", "no-store");
    return reply;
}

/// Sessions from before it, which passed by password alone, end.
Result<Reply> confirm(const Services& services, const Call& call) {
    RecoveryCodes codes;
    DS_DO(with_code(services, call, false,
                    [&](catalog::Session& session, model::SecondFactor& factor) -> Status {
                        factor.confirmed = factor.changed = rfc3339(services.now());
                        codes.codes = new_recovery_codes(factor);
                        DS_TRY([[maybe_unused]] const auto ended,
                               end_sessions(session, factor.organization, factor.id,
                                            call.caller.token));
                        return catalog::second_factors.update(session, factor);
                    }));
    return told(codes);
}

Result<Reply> renew_codes(const Services& services, const Call& call) {
    RecoveryCodes codes;
    DS_DO(with_code(services, call, true,
                    [&](catalog::Session& session, model::SecondFactor& factor) {
                        codes.codes = new_recovery_codes(factor);
                        return catalog::second_factors.update(session, factor);
                    }));
    return told(codes);
}

Result<Reply> remove_factor(const Services& services, const Call& call) {
    DS_DO(with_code(
        services, call, true, [&](catalog::Session& session, model::SecondFactor& factor) {
            return catalog::second_factors.remove(session, factor.organization, factor.id);
        }));
    return Reply{204, {}, {}, {}};
}

/// For a member who lost both authenticator and recovery codes.
Result<Reply> remove_factor_of(const Services& services, const Call& call) {
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(const auto user, catalog::users.get(session, call.caller.organization, call.id()));
        DS_DO(check_power_over(call.caller, user.role));
        DS_TRY([[maybe_unused]] const auto ended,
               end_sessions(session, user.organization, user.id));
        return catalog::second_factors.remove(session, user.organization, user.id);
    }));
    return Reply{204, {}, {}, {}};
}

}  // namespace

void add_second_factor(Router& router, const Services& services) {
    Adding add{router, services, "second-factor"};
    add("GET", "second-factor", Scope::signed_in, "Whether I have a second factor", {},
        shape<FactorState>(), 200, show_factor)
        .person = true;
    add("POST", "second-factor", Scope::signed_in,
        "Begin to set up an authenticator; it is in force once confirmed",
        shape<PasswordQuestion>(), shape<NewFactor>(), 200, enrol)
        .person = true;
    add("POST", "second-factor/confirm", Scope::signed_in,
        "Confirm the authenticator by a code of it; recovery codes are told this once",
        shape<CodeQuestion>(), shape<RecoveryCodes>(), 200, confirm)
        .person = true;
    add("POST", "second-factor/recovery-codes", Scope::signed_in,
        "New recovery codes for all old ones", shape<CodeQuestion>(), shape<RecoveryCodes>(), 200,
        renew_codes)
        .person = true;
    add("POST", "second-factor/remove", Scope::signed_in, "Have no second factor any more",
        shape<CodeQuestion>(), {}, 204, remove_factor)
        .person = true;
    add("DELETE", "members/{id}/second-factor", Scope::administer,
        "Remove the second factor of a member who lost it", {}, {}, 204, remove_factor_of);
}

}  // namespace ds::api
