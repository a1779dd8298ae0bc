#include "stores/all.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "stores/file/file_store.hpp"
#include "stores/s3/s3_store.hpp"

namespace ds::stores {
namespace {

constexpr std::array<const Driver*, 2> all_drivers{&file::driver, &s3::driver};

const Driver* find_driver(std::string_view scheme) {
    const auto* const found =
        std::find_if(all_drivers.begin(), all_drivers.end(),
                     [&](const Driver* driver) { return driver->name == scheme; });
    return found == all_drivers.end() ? nullptr : *found;
}

std::string known_schemes() {
    std::vector<std::string> names;
    for (const auto* driver : all_drivers) names.push_back(std::string{driver->name} + "://");
    return join(names, ", ");
}

std::string known_options(const Driver& driver) {
    if (driver.options.empty()) return fmt::format("{}:// has no options.", driver.name);
    std::vector<std::string> names;
    for (const auto& option : driver.options) names.emplace_back(option.name);
    return fmt::format("Options of {}:// are: {}.", driver.name, join(names, ", "));
}

Status check_option(const Driver& driver, const std::string& name, const std::string& value) {
    const auto found = std::find_if(driver.options.begin(), driver.options.end(),
                                    [&](const Option& option) { return option.name == name; });
    if (found == driver.options.end()) {
        return fail(Code::invalid, fmt::format("unknown option '{}'", printable(name, 40)),
                    known_options(driver));
    }
    if (value.empty()) return fail(Code::invalid, fmt::format("option {} is empty", name));
    if (found->kind == OptionKind::number && !parse_unsigned(value, name)) {
        return fail(Code::invalid, fmt::format("option {} is not a whole number", name));
    }
    if (found->kind == OptionKind::flag && value != "true" && value != "false") {
        return fail(Code::invalid, fmt::format("option {} is neither true nor false", name));
    }
    return {};
}

}  // namespace

std::span<const Driver* const> drivers() { return all_drivers; }

Result<std::unique_ptr<Store>> open_store(std::string_view url, const sys::Run& run,
                                          const net::Outgoing& outgoing) {
    auto parsed = net::Url::parse(url);
    if (!parsed) {
        return fail(Code::invalid, parsed.error().message(),
                    "Write a store as file:///directory or s3://bucket/prefix.");
    }
    const auto* driver = find_driver(parsed->scheme);
    if (driver == nullptr) {
        return fail(Code::invalid, fmt::format("there is no store of kind '{}'", parsed->scheme),
                    fmt::format("Known are {}.", known_schemes()));
    }
    if (!parsed->user.empty() || !parsed->password.empty()) {
        return fail(Code::invalid, "a store's URL has no user and password before '@'",
                    known_options(*driver));
    }
    for (const auto& [name, value] : parsed->options) DS_DO(check_option(*driver, name, value));
    return driver->open(*parsed, run, outgoing)
        .while_doing(fmt::format("store {}", parsed->shown()));
}

}  // namespace ds::stores
