#include "notify/all.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "notify/courier.hpp"
#include "notify/discord/discord.hpp"
#include "notify/email/email.hpp"
#include "notify/ping/ping.hpp"
#include "notify/slack/slack.hpp"
#include "notify/telegram/telegram.hpp"
#include "notify/webhook/webhook.hpp"

namespace ds::notify {
namespace {

constexpr std::array<const Driver*, 6> all_drivers{
    &email::driver,    &discord::driver, &slack::driver,
    &telegram::driver, &webhook::driver, &ping::driver,
};
constexpr std::size_t value_bytes_max = 64 * KiB;

const Option* find_option(const Driver& driver, std::string_view name) {
    const auto found = std::find_if(driver.options.begin(), driver.options.end(),
                                    [&](const Option& option) { return option.name == name; });
    return found == driver.options.end() ? nullptr : &*found;
}

std::string joined(std::span<const std::string_view> words) {
    return join(std::vector<std::string>(words.begin(), words.end()), ", ");
}

/// What is wrong with a value of that kind; empty when nothing is.
std::string wrong_with(const Option& option, const std::string& value) {
    if (value.empty()) return option.required ? "is required" : "";
    if (value.size() > value_bytes_max) return "is too long";
    switch (option.kind) {
        case OptionKind::number:
            return parse_unsigned(value, option.name) ? "" : "is not a whole number";
        case OptionKind::flag:
            return value == "true" || value == "false" ? "" : "is neither true nor false";
        case OptionKind::choice: {
            const auto& known = option.choices;
            if (std::find(known.begin(), known.end(), value) != known.end()) return "";
            return fmt::format("is none of {}", joined(known));
        }
        case OptionKind::url: {
            const auto target = target_of(value);
            return target ? "" : target.error().message();
        }
        case OptionKind::text:
        case OptionKind::secret: break;
    }
    return "";
}

Settings completed(const Driver& driver, const Settings& settings) {
    Settings complete;
    for (const auto& option : driver.options) {
        const auto found = settings.find(std::string{option.name});
        const bool given = found != settings.end() && !trimmed(found->second).empty();
        complete[std::string{option.name}] =
            given ? std::string{trimmed(found->second)} : std::string{option.preset};
    }
    return complete;
}

}  // namespace

std::span<const Driver* const> drivers() { return all_drivers; }

const Driver* find_driver(std::string_view name) {
    const auto* const found =
        std::find_if(all_drivers.begin(), all_drivers.end(),
                     [&](const Driver* driver) { return driver->name == name; });
    return found == all_drivers.end() ? nullptr : *found;
}

std::string driver_names() {
    std::vector<std::string> names;
    for (const auto* driver : all_drivers) names.emplace_back(driver->name);
    return join(names, ", ");
}

std::vector<std::string> usual_kinds(const Driver& driver) {
    std::vector<std::string> kinds{driver.kinds.begin(), driver.kinds.end()};
    if (!kinds.empty()) return kinds;
    for (const auto& kind : model::event_kinds) {
        if (kind.usual) kinds.emplace_back(kind.name);
    }
    return kinds;
}

Complaints check_settings(const Driver& driver, const Settings& settings) {
    Complaints complaints;
    for (const auto& [name, value] : settings) {
        if (find_option(driver, name) == nullptr) {
            complaints.push_back({printable(name, 40), "is not an option of this kind"});
        }
    }
    const auto complete = completed(driver, settings);
    for (const auto& option : driver.options) {
        auto wrong = wrong_with(option, complete.at(std::string{option.name}));
        if (!wrong.empty()) complaints.push_back({std::string{option.name}, std::move(wrong)});
    }
    return complaints.empty() ? driver.check(complete) : complaints;
}

Result<std::unique_ptr<Notifier>> open_channel(std::string_view name, const Settings& settings,
                                               const Outside& outside) {
    const auto* driver = find_driver(name);
    if (driver == nullptr) {
        return fail(Code::invalid, fmt::format("there is no channel of kind '{}', only {}",
                                               printable(name, 40), driver_names()));
    }
    const auto complaints = check_settings(*driver, settings);
    if (!complaints.empty()) {
        const auto& first = complaints.front();
        return fail(Code::invalid, fmt::format("option {} {}", first.option, first.message));
    }
    return driver->open(completed(*driver, settings), outside);
}

Outside plain_outside(net::HttpOptions http, net::SmtpOptions smtp) {
    Outside outside;
    outside.http = [http] { return std::make_shared<net::HttpClient>(http); };
    outside.smtp = [smtp] { return std::make_shared<net::SmtpClient>(smtp); };
    return outside;
}

}  // namespace ds::notify
