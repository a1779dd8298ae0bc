#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"
#include "net/smtp.hpp"
#include "notify/notifier.hpp"

namespace ds::notify {

enum class OptionKind { text, secret, number, flag, choice, url };

/// One thing to fill in. A secret is kept encrypted and never shown; flags are true or false.
struct Option {
    std::string_view name;
    OptionKind kind = OptionKind::text;
    bool required = false;
    std::string_view help;
    std::span<const std::string_view> choices = {};  // of a choice
    std::string_view preset = {};                    // what counts when it is left empty
};

/// Values by name of option. Empty is the same as absent.
using Settings = std::map<std::string, std::string>;

/// What is wrong with one option. Never repeats a value.
struct Complaint {
    std::string option;
    std::string message;
};
using Complaints = std::vector<Complaint>;

/// How channels reach the world. Who hands it out decides which addresses may be called.
struct Outside {
    std::function<std::shared_ptr<net::HttpClient>()> http;
    std::function<std::shared_ptr<net::SmtpClient>()> smtp;
};

/// Clients that may call everybody.
Outside plain_outside(net::HttpOptions http = {}, net::SmtpOptions smtp = {});

/// Everything the rest of the system needs to know about a kind of channel. Both functions get
/// settings whose options are known, of the right kind, and complete with presets.
struct Driver {
    std::string_view name;   // "discord": configuration and API
    std::string_view title;  // for people
    std::span<const Option> options;
    Complaints (*check)(const Settings& settings);
    /// Only with settings that check() has no complaint about. Contacts nobody.
    Result<std::unique_ptr<Notifier>> (*open)(const Settings& settings, const Outside& outside);
    /// What it is told when nobody chose; empty: what is usual for all.
    std::span<const std::string_view> kinds = {};
};

}  // namespace ds::notify
