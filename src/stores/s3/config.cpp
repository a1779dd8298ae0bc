#include "stores/s3/config.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/core.h>

#include "base/text.hpp"
#include "stores/s3/credentials.hpp"
#include "stores/store.hpp"

namespace ds::stores::s3 {
namespace {

constexpr std::uint64_t part_mib_min = 5;     // S3 refuses smaller ones, except for the last
constexpr std::uint64_t part_mib_max = 5120;  // and larger ones
constexpr std::uint64_t parallel_max = 64;
constexpr std::uint64_t list_page_keys_max = 1000;

// Where a provider is silent or changed its mind lately, `conditional` is the careful answer; the
// check of a store shows whether more can be had.
constexpr std::array presets{
    Preset{"aws", "https://s3.{region}.amazonaws.com", ".amazonaws.com", "us-east-1", false, false,
           Conditional::always, 3},
    Preset{"r2", "https://{account}.r2.cloudflarestorage.com", ".r2.cloudflarestorage.com", "auto",
           true, true, Conditional::single, 2},
    Preset{"minio", "", "", "us-east-1", true, false, Conditional::single, 3},
    Preset{"b2", "https://s3.{region}.backblazeb2.com", ".backblazeb2.com", "", true, false,
           Conditional::never, 3},
    Preset{"wasabi", "https://s3.{region}.wasabisys.com", ".wasabisys.com", "us-east-1", true,
           false, Conditional::never, 3},
    Preset{"spaces", "https://{region}.digitaloceanspaces.com", ".digitaloceanspaces.com", "",
           false, false, Conditional::never, 3},
    Preset{"ceph", "", "", "us-east-1", true, false, Conditional::single, 3},
    Preset{"other", "", "", "us-east-1", true, false, Conditional::never, 3},
};

Error wrong(std::string message, std::string hint = {}) {
    return fail(Code::invalid, std::move(message), std::move(hint));
}

Result<std::uint64_t> number(const net::Url& url, std::string_view name, std::uint64_t least,
                             std::uint64_t most, std::uint64_t otherwise) {
    const auto* text = url.option(name);
    if (text == nullptr) return otherwise;
    DS_TRY(const auto value, parse_unsigned(*text, name));
    if (value < least || value > most)
        return wrong(fmt::format("{} must be {} to {}", name, least, most));
    return value;
}

bool flag(const net::Url& url, std::string_view name, bool otherwise) {
    const auto* text = url.option(name);
    return text == nullptr ? otherwise : *text == "true";
}

Result<const Preset*> choose_preset(const net::Url& url, const std::string& endpoint_host) {
    if (const auto* named = url.option("preset")) {
        if (const auto* preset = find_preset(*named)) return preset;
        return wrong(fmt::format("there is no preset '{}'", printable(*named, 40)),
                     fmt::format("Known are {}.", preset_names()));
    }
    for (const auto& preset : presets) {
        if (!preset.host_ends.empty() && endpoint_host.ends_with(preset.host_ends)) return &preset;
    }
    return find_preset(endpoint_host.empty() ? "aws" : "other");
}

/// Us-east-1 is the only region whose endpoint does not have to name it, so the preset's default
/// comes last.
std::string choose_region(const net::Url& url, const Preset& preset,
                          const Environment& environment) {
    if (const auto* named = url.option("region")) return *named;
    if (preset.name != "aws") return std::string{preset.region};
    for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
        if (const auto region = environment(name)) return *region;
    }
    const auto region = profile_region(url, environment);
    return region.empty() ? std::string{preset.region} : region;
}

void replace_word(std::string& text, std::string_view word, std::string_view by) {
    if (const auto at = text.find(word); at != std::string::npos) text.replace(at, word.size(), by);
}

bool is_host_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

Result<std::string> template_endpoint(const net::Url& url, const Preset& preset,
                                      const std::string& region) {
    std::string endpoint{preset.endpoint};
    if (endpoint.empty()) {
        return wrong(fmt::format("preset {} needs endpoint=https://host:port", preset.name));
    }
    const auto* account = url.option("account");
    if (endpoint.find("{account}") != std::string::npos &&
        (account == nullptr || !is_host_word(*account))) {
        return wrong(fmt::format("preset {} needs account=… or endpoint=…", preset.name));
    }
    if (account != nullptr) replace_word(endpoint, "{account}", *account);
    replace_word(endpoint, "{region}", region);
    return endpoint;
}

Result<net::Url> read_endpoint(const std::string& text) {
    const auto url = net::Url::parse(text);
    const bool usable = url && (url->scheme == "http" || url->scheme == "https") &&
                        !url->host.empty() && url->user.empty() && url->password.empty() &&
                        url->options.empty() && (url->path.empty() || url->path == "/");
    if (!usable) return wrong("endpoint is not a URL like https://host:port");
    return *url;
}

Status check_bucket(const std::string& bucket) {
    if (bucket.size() >= 3 && bucket.size() <= 63 && is_host_word(bucket)) return {};
    return wrong(
        fmt::format("'{}' cannot be a bucket's name", printable(bucket, 70)),
        "Write s3://bucket/prefix; a bucket has 3 to 63 lower-case letters, digits, '-' and '.'.");
}

Status read_prefix(Config& config, std::string_view path) {
    while (path.starts_with('/')) path.remove_prefix(1);
    while (path.ends_with('/')) path.remove_suffix(1);
    if (path.empty()) return {};
    DS_DO(check_key(path).while_doing("prefix"));
    config.prefix = std::string{path} + "/";
    return {};
}

Status read_tuning(Config& config, const net::Url& url, const Preset& preset) {
    DS_TRY(const auto part_mib, number(url, "part_mib", part_mib_min, part_mib_max, 0));
    DS_TRY(const auto parallel, number(url, "parallel", 1, parallel_max, preset.parallel));
    DS_TRY(const auto page, number(url, "list_page", 1, list_page_keys_max, list_page_keys_max));
    config.part_bytes = part_mib * MiB;
    config.parallel = static_cast<unsigned>(parallel);
    config.list_page_keys = static_cast<unsigned>(page);
    config.equal_parts = preset.equal_parts;
    config.conditional = preset.conditional;
    if (url.option("conditional_put") != nullptr) {
        config.conditional =
            flag(url, "conditional_put", false) ? Conditional::always : Conditional::never;
    }
    if (const auto* file = url.option("ca_file")) config.ca_file = *file;
    return {};
}

}  // namespace

const Preset* find_preset(std::string_view name) {
    const auto* const found = std::find_if(
        presets.begin(), presets.end(), [&](const Preset& preset) { return preset.name == name; });
    return found == presets.end() ? nullptr : found;
}

std::string preset_names() {
    std::vector<std::string> names;
    for (const auto& preset : presets) names.emplace_back(preset.name);
    return join(names, ", ");
}

std::string Config::location() const {
    auto text = fmt::format("s3://{}/{}", bucket, prefix);
    text.pop_back();
    return text;
}

std::string Config::path_of(std::string_view key) const {
    const auto object = key.empty() ? std::string{} : "/" + net::percent_encoded(key, "/");
    if (path_style) return "/" + bucket + object;
    return object.empty() ? "/" : object;
}

Result<Config> read_config(const net::Url& url, const Environment& environment) {
    Config config;
    config.bucket = url.host;
    DS_DO(check_bucket(config.bucket));
    if (url.port != 0) return wrong("a port belongs into endpoint=, not behind the bucket");
    DS_DO(read_prefix(config, url.path));

    net::Url endpoint;
    const auto* given = url.option("endpoint");
    if (given != nullptr) {
        DS_TRY(endpoint, read_endpoint(*given));
    }
    DS_TRY(const auto* preset, choose_preset(url, endpoint.host));
    config.region = choose_region(url, *preset, environment);
    if (!is_host_word(config.region))
        return wrong(fmt::format("preset {} needs region=…", preset->name));
    if (given == nullptr) {
        DS_TRY(const auto text, template_endpoint(url, *preset, config.region));
        DS_TRY(endpoint, read_endpoint(text));
    }
    // A certificate for *.host covers no second dot, so such buckets are addressed by path.
    const bool dotted = config.bucket.find('.') != std::string::npos;
    config.path_style = flag(url, "path_style", preset->path_style || dotted);
    if (!config.path_style) endpoint.host = config.bucket + "." + endpoint.host;
    config.origin = endpoint.origin();

    DS_DO(read_tuning(config, url, *preset));
    DS_TRY(config.keys, find_keys(url, environment));
    return config;
}

std::optional<std::string> process_environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return {};
    return std::string{value};
}

}  // namespace ds::stores::s3
