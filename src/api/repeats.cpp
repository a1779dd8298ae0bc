#include "api/repeats.hpp"

#include "base/bytes.hpp"
#include "crypto/sha256.hpp"

namespace ds::api {
namespace {

constexpr std::size_t key_bytes_max = 200;
constexpr std::chrono::hours kept{24};

std::string fingerprint(const http::Request& request) {
    return crypto::sha256_hex(
        view_of(request.method + "\n" + request.target + "\n" + request.body));
}

Status forget_old(catalog::Session& session, catalog::Time now) {
    DS_TRY([[maybe_unused]] const auto none,
           session.run("DELETE FROM answers WHERE created < ?", {rfc3339(now - kept)}));
    return {};
}

std::string place_of(const model::Answer& answer) { return "answers/" + answer.id; }

Result<Reply> repeated(const Services& services, const model::Answer& answer,
                       const http::Request& request) {
    if (answer.request != fingerprint(request))
        return fail(Code::invalid, "the Idempotency-Key was used for another request",
                    "Take a new key for each new request.");
    if (answer.status == 0)
        return fail(Code::conflict, "the first request with this Idempotency-Key is still at work",
                    "Ask again in a moment.");
    Reply reply;
    reply.status = static_cast<int>(answer.status);
    DS_TRY(const auto body, services.office.vault.open_sealed(answer.body, place_of(answer)));
    if (!body.empty()) {
        DS_TRY(reply.body, json::parse(body.reveal()));
    }
    if (!answer.location.empty()) reply.headers.add("Location", answer.location);
    if (!answer.etag.empty()) reply.headers.add("ETag", answer.etag);
    reply.headers.add("Idempotent-Replayed", "true");
    return reply;
}

/// Sealed: an answer may be the only place where a new token stands.
void keep(const Services& services, model::Answer& answer, const Reply& reply) {
    answer.status = static_cast<std::uint64_t>(reply.status);
    if (!reply.body.is_null())
        answer.body =
            services.office.vault.seal(Secret{json::to_text(reply.body)}, place_of(answer));
    if (const auto* location = reply.headers.find("Location")) answer.location = *location;
    if (const auto* etag = reply.headers.find("ETag")) answer.etag = *etag;
}

}  // namespace

Result<Reply> answer_once(const Services& services, const Route& route, const Call& call,
                          const std::string& key) {
    if (key.empty() || key.size() > key_bytes_max)
        return fail(Code::invalid, "the Idempotency-Key has from 1 to 200 characters");
    model::Answer answer;
    catalog::begin_record(answer, call.caller.organization, services.now());
    answer.key = call.caller.token + ":" + key;
    answer.request = fingerprint(call.request);
    std::optional<model::Answer> before;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_DO(forget_old(session, services.now()));
        DS_TRY(auto found,
               catalog::answers.select(session, "WHERE organization = ? AND \"key\" = ?",
                                       {answer.organization, answer.key}));
        if (found.empty()) return catalog::answers.insert(session, answer);
        before = std::move(found.front());
        return {};
    }));
    if (before) return repeated(services, *before, call.request);

    auto reply = route.handle(call);
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        // What failed did nothing, and may be tried again with the same key.
        if (!reply || reply->raw)
            return catalog::answers.remove(session, answer.organization, answer.id);
        keep(services, answer, *reply);
        return catalog::answers.update(session, answer);
    }));
    return reply;
}

}  // namespace ds::api
