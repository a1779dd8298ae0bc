#include "stores/s3/credentials.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "sys/files.hpp"

namespace ds::stores::s3 {
namespace {

constexpr std::size_t file_bytes_max = MiB;
constexpr std::size_t secret_bytes_max = 16 * KiB;

std::string option_or(const net::Url& url, std::string_view name) {
    const auto* value = url.option(name);
    return value == nullptr ? std::string{} : *value;
}

std::string profile_name(const net::Url& url, const Environment& environment) {
    if (const auto* named = url.option("profile")) return *named;
    return environment("AWS_PROFILE").value_or("default");
}

std::string tool_file(const Environment& environment, const std::string& variable,
                      const std::string& name) {
    if (const auto path = environment(variable)) return *path;
    return environment("HOME").value_or("/root") + "/.aws/" + name;
}

/// A section of one of the two files; empty when the file or the section does not exist.
Result<Section> read_section(const std::string& path, const std::string& profile) {
    const auto text = sys::read_file(path, file_bytes_max);
    if (!text && text.error().code() == Code::not_found) return Section{};
    if (!text) return Error{text.error()};
    auto sections = parse_ini(text_of(*text));
    return std::move(sections[profile]);
}

Result<Section> read_profile(const std::string& profile, const Environment& environment) {
    DS_TRY(auto section,
           read_section(tool_file(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
                        profile));
    DS_TRY(auto config, read_section(tool_file(environment, "AWS_CONFIG_FILE", "config"), profile));
    section.merge(config);
    return section;
}

Result<net::SigningKeys> keys_of_profile(const std::string& profile,
                                         const Environment& environment) {
    DS_TRY(auto section, read_profile(profile, environment));
    net::SigningKeys keys{section["aws_access_key_id"], Secret{section["aws_secret_access_key"]},
                          Secret{section["aws_session_token"]}};
    if (keys.access_key.empty() || keys.secret_key.empty()) {
        return fail(Code::invalid,
                    fmt::format("profile '{}' has no access key", printable(profile, 60)),
                    "Put aws_access_key_id and aws_secret_access_key into ~/.aws/credentials.");
    }
    return keys;
}

Result<Secret> secret_of_file(const std::string& path) {
    DS_TRY(const auto text, sys::read_file(path, secret_bytes_max));
    return Secret{std::string{trimmed(text_of(text))}};
}

KeySource keys_of_url(const net::Url& url) {
    return [access = option_or(url, "access_key"), secret = Secret{option_or(url, "secret_key")},
            file = option_or(url, "secret_key_file"),
            token = Secret{option_or(url, "session_token")}]() -> Result<net::SigningKeys> {
        if (file.empty()) return net::SigningKeys{access, secret, token};
        DS_TRY(auto from_file, secret_of_file(file));
        return net::SigningKeys{access, std::move(from_file), token};
    };
}

Error no_keys() {
    return fail(Code::invalid, "there are no credentials for this bucket",
                "Give access_key and secret_key_file in the URL, set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or write a profile into ~/.aws/credentials.");
}

Result<KeySource> checked(KeySource source) {
    DS_TRY(const auto keys, source());
    if (keys.access_key.empty() || keys.secret_key.empty()) return no_keys();
    return source;
}

}  // namespace

std::map<std::string, Section> parse_ini(std::string_view text) {
    std::map<std::string, Section> sections;
    std::string name;
    for (const auto& raw : split(text, '\n')) {
        const auto line = trimmed(raw);
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        if (line.front() == '[' && line.back() == ']') {
            name = trimmed(line.substr(1, line.size() - 2));
            if (name.starts_with("profile ")) name = trimmed(std::string_view{name}.substr(8));
        } else if (const auto equals = line.find('='); equals != std::string_view::npos) {
            sections[name][lower(trimmed(line.substr(0, equals)))] =
                trimmed(line.substr(equals + 1));
        }
    }
    return sections;
}

Result<KeySource> find_keys(const net::Url& url, const Environment& environment) {
    const bool has_secret =
        url.option("secret_key") != nullptr || url.option("secret_key_file") != nullptr;
    if (url.option("secret_key") != nullptr && url.option("secret_key_file") != nullptr) {
        return fail(Code::invalid, "secret_key and secret_key_file are both given");
    }
    if ((url.option("access_key") != nullptr) != has_secret) {
        return fail(Code::invalid,
                    "access_key and secret_key (or secret_key_file) belong together");
    }
    if (has_secret) return checked(keys_of_url(url));
    if (url.option("profile") == nullptr && environment("AWS_ACCESS_KEY_ID")) {
        return checked([environment]() -> Result<net::SigningKeys> {
            return net::SigningKeys{environment("AWS_ACCESS_KEY_ID").value_or(""),
                                    Secret{environment("AWS_SECRET_ACCESS_KEY").value_or("")},
                                    Secret{environment("AWS_SESSION_TOKEN").value_or("")}};
        });
    }
    const auto profile = profile_name(url, environment);
    const bool named = url.option("profile") != nullptr || environment("AWS_PROFILE");
    auto found = checked([profile, environment] { return keys_of_profile(profile, environment); });
    if (!found && found.error().code() == Code::invalid && !named) return no_keys();
    return found;
}

std::string profile_region(const net::Url& url, const Environment& environment) {
    auto section = read_profile(profile_name(url, environment), environment);
    return section ? (*section)["region"] : std::string{};
}

}  // namespace ds::stores::s3
