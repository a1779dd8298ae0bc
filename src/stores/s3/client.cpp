#include "stores/s3/client.hpp"

#include <fmt/core.h>

#include "stores/s3/verdict.hpp"

namespace ds::stores::s3 {
namespace {

bool same_keys(const net::SigningKeys& a, const net::SigningKeys& b) {
    return a.access_key == b.access_key && a.secret_key.reveal() == b.secret_key.reveal() &&
           a.session_token.reveal() == b.session_token.reveal();
}

Verdict verdict_of(const Error& error) { return {error, error.transient(), false, {}}; }

}  // namespace

Client::Client(Config config, const sys::Run& run, const net::RetryPolicy& policy)
    : config_{std::move(config)},
      run_{run},
      policy_{policy},
      http_{{.ca_file = config_.ca_file, .outgoing = config_.outgoing}} {}

Result<net::SigningKeys> Client::keys() {
    const std::lock_guard lock{mutex_};
    if (keys_.access_key.empty()) {
        DS_TRY(keys_, config_.keys());
    }
    return keys_;
}

bool Client::reload_keys(const net::SigningKeys& used) {
    const std::lock_guard lock{mutex_};
    auto fresh = config_.keys();
    if (fresh) keys_ = std::move(*fresh);
    return !same_keys(keys_, used);
}

net::HttpRequest Client::request_for(const Call& call) const {
    net::HttpRequest request;
    request.method = call.method;
    request.origin = config_.origin;
    request.path = config_.path_of(call.key);
    request.query = call.query;
    request.headers = call.headers;
    request.body = call.body;
    request.answer_bytes_max = call.answer_bytes_max;
    request.stall_max = call.stall_max;
    request.total_max = call.total_max;
    return request;
}

Result<net::HttpResponse> Client::call(const Call& call, const std::stop_token& stop) {
    net::Backoff backoff{call.policy.value_or(policy_), run_.clock};
    for (;;) {
        DS_TRY(const auto used, keys());
        auto request = request_for(call);
        const auto now = run_.clock.now();
        net::sign_v4(request, used, {.region = config_.region}, now);
        auto response = http_.send(request, stop);
        auto verdict = response ? judge(*response, call, config_, now)
                                : std::optional<Verdict>{verdict_of(response.error())};
        if (!verdict) return response;

        const bool other_keys = verdict->new_keys && reload_keys(used);
        const bool again = verdict->again || other_keys;
        const auto pause = again ? backoff.next(verdict->wait) : std::nullopt;
        if (!pause) {
            if (again && backoff.failed() > 1) {
                std::move(verdict->error)
                    .while_doing(fmt::format("gave up after {} attempts", backoff.failed()));
            }
            return std::move(verdict->error).while_doing(call.what);
        }
        if (!run_.clock.sleep_for(*pause, stop))
            return fail(Code::cancelled, "stopped on request").while_doing(call.what);
    }
}

}  // namespace ds::stores::s3
