#include "engines/postgres/connection/connection_info.hpp"

#include <memory>
#include <string_view>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "base/text.hpp"
#include "sys/files.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t url_bytes_max = 16 * 1024;
constexpr const char* url_hint =
    "It looks like postgres://user:password@host:5432/database?sslmode=require; special characters "
    "in it are "
    "percent-encoded ('@' is %40, ':' is %3A, '/' is %2F, '%' is %25).";

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

// libpq quotes the offending piece of the URL, which may be the password, so its words are only
// recognised and never repeated.
std::string reason_of(std::string_view libpq_message) {
    const auto says = [&](std::string_view words) {
        return libpq_message.find(words) != std::string_view::npos;
    };
    if (says("percent-encoded token")) return "a '%' is not followed by two hexadecimal digits";
    if (says("%00")) return "it contains a zero byte";
    if (says("URI query parameter")) return "it has an option that libpq does not know";
    if (says("key/value separator")) return "an option after '?' is not written as name=value";
    if (says("looking for matching")) return "the ']' of an IPv6 address is missing";
    if (says("IPv6 host address may not be empty")) return "the IPv6 address is empty";
    if (says("unexpected character")) return "there is an unexpected character after the host";
    return "it is not a valid connection URL";
}

Status check_port(const std::string& ports) {
    for (const auto& port : split(ports, ',')) {
        if (port.empty()) continue;
        const auto number = parse_unsigned(port, "port");
        if (!number || *number == 0 || *number > 65535) {
            return fail(Code::invalid,
                        "the port in the database URL is not a number from 1 to 65535", url_hint);
        }
    }
    return {};
}

}  // namespace

Result<ConnectionInfo> ConnectionInfo::parse(const Secret& url) {
    const auto& text = url.reveal();
    if (!text.starts_with("postgres://") && !text.starts_with("postgresql://")) {
        return fail(Code::invalid,
                    "the database URL does not begin with postgres:// or postgresql://", url_hint);
    }
    if (text.size() > url_bytes_max)
        return fail(Code::invalid, "the database URL is longer than 16 KiB");
    if (text.find('\0') != std::string::npos)
        return fail(Code::invalid, "the database URL has a zero byte in it");

    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, FreeOptions> options{
        PQconninfoParse(text.c_str(), &message)};
    const std::unique_ptr<char, decltype(&PQfreemem)> owned{message, &PQfreemem};
    if (options == nullptr) {
        return fail(Code::invalid,
                    "the database URL cannot be read: " + reason_of(message ? message : ""),
                    url_hint);
    }
    ConnectionInfo info;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) info.parameters_[option->keyword] = Secret{option->val};
    }
    DS_DO(check_port(info.plain("port")));
    if (info.parameters_.contains("replication")) {
        return fail(Code::invalid, "the database URL asks for a replication connection",
                    "Leave out the option 'replication'.");
    }
    if (info.plain("password").empty()) {
        DS_TRY(auto password, sys::environment_or_file("PGPASSWORD"));
        if (!password.empty()) info.parameters_["password"] = Secret{std::move(password)};
    }
    if (info.plain("password").find('\n') != std::string::npos) {
        return fail(Code::invalid,
                    "the password has a line break in it, which PostgreSQL's tools cannot use");
    }
    return info;
}

std::string ConnectionInfo::plain(const std::string& keyword) const {
    const auto found = parameters_.find(keyword);
    return found == parameters_.end() ? std::string{} : found->second.reveal();
}

ConnectionInfo ConnectionInfo::with(const std::string& keyword, const std::string& value) const {
    auto other = *this;
    other.parameters_[keyword] = Secret{value};
    return other;
}

std::string ConnectionInfo::server() const {
    const auto host = plain("host").empty() ? plain("hostaddr") : plain("host");
    const auto port = plain("port").empty() ? "5432" : plain("port");
    if (host.empty()) return "local socket";
    if (host.starts_with("/")) return printable(host);
    const bool bare_ipv6 =
        host.find(':') != std::string::npos && host.find(',') == std::string::npos;
    return printable(bare_ipv6 ? fmt::format("[{}]:{}", host, port)
                               : fmt::format("{}:{}", host, port));
}

std::string ConnectionInfo::describe() const {
    const auto name = database().empty() ? std::string{"default database"} : database();
    const auto as = user().empty() ? std::string{} : " as " + user();
    return printable(name + " at " + server() + as);
}

}  // namespace ds::engines::postgres
