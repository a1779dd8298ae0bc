#include "notify/ping/ping.hpp"

#include <array>
#include <optional>

#include "notify/courier.hpp"
#include "notify/wording.hpp"

namespace ds::notify::ping {
namespace {

constexpr std::size_t body_bytes_max = 100'000;  // healthchecks.io/docs/attaching_logs

/// Only a backup that was made keeps the switch from going off; news of another kind is noted.
std::string_view step_of(const model::Event& event) {
    if (event.kind == "backup.started") return "/start";
    if (event.severity != model::Severity::info) return "/fail";
    const bool made = event.kind == "backup.succeeded" || event.kind == "backup.recovered";
    return made ? "" : "/log";
}

class PingNotifier final : public Notifier {
public:
    PingNotifier(Target target, std::optional<Target> fail_target, const Outside& outside)
        : target_{std::move(target)},
          fail_target_{std::move(fail_target)},
          courier_{"the ping address", outside, hidden()} {}

    Result<Receipt> send(const model::Event& event, const sys::Run& run) override {
        Parcel parcel;
        const auto step = step_of(event);
        parcel.target = step == "/fail" && fail_target_ ? *fail_target_ : target_.below(step);
        parcel.content_type = "text/plain; charset=utf-8";
        parcel.body = fitted_bytes(plain_text(cleaned(event)), body_bytes_max);
        return courier_.deliver(parcel, run);
    }

private:
    const Target target_;
    const std::optional<Target> fail_target_;
    const Courier courier_;

    std::vector<Secret> hidden() const {
        auto secrets = secrets_of(target_);
        if (!fail_target_) return secrets;
        for (auto& secret : secrets_of(*fail_target_)) secrets.push_back(std::move(secret));
        return secrets;
    }
};

constexpr std::array<Option, 2> options{{
    {"url", OptionKind::url, true, "The check's ping URL, such as https://hc-ping.com/…"},
    {"fail_url", OptionKind::url, false, "For failures, when it is not the same with /fail."},
}};

Complaints check(const Settings&) { return {}; }

Result<std::unique_ptr<Notifier>> open(const Settings& settings, const Outside& outside) {
    DS_TRY(auto target, target_of(settings.at("url")));
    std::optional<Target> fail_target;
    if (!settings.at("fail_url").empty()) {
        DS_TRY(fail_target, target_of(settings.at("fail_url")));
    }
    return std::make_unique<PingNotifier>(std::move(target), std::move(fail_target), outside);
}

/// A dead man's switch needs to hear that all is well.
constexpr std::array<std::string_view, 6> usual{"backup.started",   "backup.succeeded",
                                                "backup.recovered", "backup.failed",
                                                "backup.partly",    "backup.overdue"};

}  // namespace

const Driver driver{"ping", "Healthchecks ping", options, &check, &open, usual};

}  // namespace ds::notify::ping
