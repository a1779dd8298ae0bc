#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "server/server.hpp"
#include "sys/memory.hpp"

namespace ds::cli {
namespace {

using namespace std::chrono_literals;

/// "0.0.0.0:8422", "[::1]:8422", "8422".
Status read_listen(const std::string& text, http::Options& options) {
    const auto colon = text.rfind(':');
    std::string address = colon == std::string::npos ? "" : text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    if (!address.empty()) options.address = address;
    DS_TRY(const auto port,
           parse_unsigned(colon == std::string::npos ? text : text.substr(colon + 1), "--listen"));
    if (port > 65535) return fail(Code::invalid, "--listen: a port is at most 65535");
    options.port = static_cast<std::uint16_t>(port);
    return {};
}

Result<Secret> secret_from(const char* variable) {
    DS_TRY(auto text, sys::environment_or_file(variable));
    return Secret{std::string{trimmed(text)}};
}

Result<server::Options> options_of(const ServeOptions& given, const Session& session) {
    server::Options options;
    options.state = session.state();
    DS_DO(read_listen(given.listen, options.http));
    options.http.certificate_file = given.certificate;
    options.http.key_file = given.key;
    options.runner.slots = given.slots;
    options.runner.queue.runs_max = given.runs_max > 0 ? given.runs_max : UINT64_MAX;
    options.runner.queue.memory_max =
        given.memory_mib > 0 ? given.memory_mib * MiB : sys::memory_of_machine() / 2;
    options.tool_dirs = session.common.tool_dirs;
    if (!given.catalog.empty()) {
        options.catalog_url = Secret{given.catalog};
    } else {
        DS_TRY(options.catalog_url, secret_from("DUMPSTATION_CATALOG"));
    }
    DS_TRY(options.admin_password, secret_from("DUMPSTATION_ADMIN_PASSWORD"));
    options.http.on_error = [&console = session.console](const Error& error) {
        console.note("http: " + printable(error.message()));
    };
    return options;
}

std::string address_of(const server::Options& options, std::uint16_t port) {
    const auto& address = options.http.address;
    const bool v6 = address.find(':') != std::string::npos;
    return fmt::format("{}://{}:{}", options.http.certificate_file.empty() ? "http" : "https",
                       v6 ? "[" + address + "]" : address, port);
}

void tell_start(const Console& console, const std::string& address, const std::string& secret) {
    console.note("dumpstation " DS_VERSION " serves at " + address);
    console.note("the API is described at " + address + "/api/docs");
    if (secret.empty()) return;
    console.note("there are no users yet; make the first administrator with");
    console.note(fmt::format("  dumpstation login {} --setup {}", address, secret));
}

}  // namespace

ExitStatus serve(const ServeOptions& given, const Session& session) {
    const auto& console = session.console;
    auto options = options_of(given, session);
    if (!options) return console.error(options.error());
    auto started = server::Server::start(*options);
    if (!started) return console.error(started.error());
    auto& server = **started;
    tell_start(console, address_of(*options, server.port()), server.setup_secret());
    while (sys::system_clock().sleep_for(24h, session.stop)) continue;
    console.note(fmt::format("stops; runs at work have {} s to end", given.grace_seconds));
    server.stop(std::chrono::seconds{given.grace_seconds});
    return ExitStatus::done;
}

}  // namespace ds::cli
