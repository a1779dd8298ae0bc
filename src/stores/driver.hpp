#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "net/guard.hpp"
#include "net/url.hpp"
#include "stores/store.hpp"

namespace ds::stores {

enum class OptionKind { text, secret, number, flag };

/// One `name=value` of a store's URL. A secret is never shown; flags are true or false.
struct Option {
    std::string_view name;
    OptionKind kind;
    std::string_view help;
};

/// Everything the rest of the system needs to know about a kind of store.
struct Driver {
    std::string_view name;   // the scheme of its URLs
    std::string_view title;  // for people: "S3 or compatible"
    std::span<const Option> options;
    /// Gets a URL whose options are known and of the right kind. Contacts nobody.
    Result<std::unique_ptr<Store>> (*open)(const net::Url& url, const sys::Run& run,
                                           const net::Outgoing& outgoing);
};

}  // namespace ds::stores
