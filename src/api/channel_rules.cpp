#include "api/channel_rules.hpp"

#include <fmt/format.h>

#include "notify/all.hpp"

namespace ds::api {
namespace {

constexpr std::size_t filters_max = 100;
constexpr std::size_t filter_bytes_max = 200;

const notify::Option* find_option(const notify::Driver& driver, std::string_view name) {
    for (const auto& option : driver.options) {
        if (option.name == name) return &option;
    }
    return nullptr;
}

bool is_secret(const notify::Driver& driver, std::string_view name) {
    const auto* option = find_option(driver, name);
    return option != nullptr && option->kind == notify::OptionKind::secret;
}

/// Options are shown to whoever may read; secrets are not.
Status check_places(const notify::Driver& driver, const model::Channel& channel) {
    for (const auto& [name, _] : channel.options) {
        if (is_secret(driver, name))
            return fail(Code::invalid, fmt::format("options.{}: is a secret", name),
                        "Give it in `secrets`, where it is kept encrypted.");
    }
    return {};
}

Status check_options(const Services& services, const notify::Driver& driver,
                     const model::Channel& channel) {
    DS_DO(check_places(driver, channel));
    DS_TRY(const auto settings, jobs::settings_of(services.office, channel));
    const auto complaints = notify::check_settings(driver, settings);
    if (complaints.empty()) return {};
    const auto& [option, message] = complaints.front();
    const bool secret = is_secret(driver, option) || (find_option(driver, option) == nullptr &&
                                                      !channel.options.contains(option));
    std::vector<std::string> known;
    for (const auto& one : driver.options) known.emplace_back(one.name);
    return fail(Code::invalid,
                fmt::format("{}.{}: {}", secret ? "secrets" : "options", option, message),
                fmt::format("{} has the options {}.", driver.title, join(known, ", ")));
}

/// "backup.*" is all kinds that begin so.
bool names_a_kind(std::string_view text) {
    const bool many = text.ends_with(".*");
    if (!many) return model::find_event_kind(text) != nullptr;
    const auto prefix = text.substr(0, text.size() - 1);
    return std::any_of(model::event_kinds.begin(), model::event_kinds.end(),
                       [&](const auto& kind) { return kind.name.starts_with(prefix); });
}

Status check_kinds(const std::vector<std::string>& kinds) {
    for (std::size_t at = 0; at < kinds.size(); ++at) {
        if (names_a_kind(kinds[at])) continue;
        return fail(Code::invalid, fmt::format("kinds[{}]: there is no such kind of event", at),
                    "GET /api/v1/event-kinds lists them; backup.* is all that begin so.");
    }
    return {};
}

Status check_filter(std::string_view field, const std::vector<std::string>& filter) {
    if (filter.size() > filters_max)
        return fail(Code::invalid, fmt::format("{}: more than {}", field, filters_max));
    for (std::size_t at = 0; at < filter.size(); ++at) {
        if (filter[at].empty() || filter[at].size() > filter_bytes_max)
            return fail(Code::invalid, fmt::format("{}[{}]: is empty or too long", field, at));
    }
    return {};
}

}  // namespace

Status check_channel(const Services& services, const model::Channel& channel) {
    const auto* driver = notify::find_driver(channel.driver);
    if (driver == nullptr)
        return fail(Code::invalid, fmt::format("driver: is none of {}", notify::driver_names()),
                    "GET /api/v1/channel-kinds tells what each needs.");
    model::Severity severity{};
    if (!boost::describe::enum_from_string(channel.severity.c_str(), severity))
        return fail(Code::invalid, "severity: is none of info, warning, error");
    DS_DO(check_kinds(channel.kinds));
    DS_DO(check_filter("subjects", channel.subjects));
    DS_DO(check_filter("subject_labels", channel.subject_labels));
    return check_options(services, *driver, channel);
}

Status try_again_now(catalog::Session& session, const model::Channel& channel, catalog::Time now) {
    DS_TRY([[maybe_unused]] const auto moved,
           session.run("UPDATE deliveries SET next_attempt = ? WHERE organization = ? AND channel "
                       "= ? AND state = 'waiting'",
                       {rfc3339(now), channel.organization, channel.id}));
    return {};
}

}  // namespace ds::api
