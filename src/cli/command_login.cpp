#include <fmt/format.h>

#include "cli/credentials.hpp"
#include "net/url.hpp"

namespace ds::cli {
namespace {

/// Some of what the server says to whoever signed in.
struct Welcome {
    std::string token, expires;
    std::optional<std::string> refresh;
    bool second_factor_needed = false;
};
BOOST_DESCRIBE_STRUCT(Welcome, (), (token, expires, refresh, second_factor_needed))

/// A password that others on the way could read is worth a word.
void warn_of_plain_http(const std::string& server, const Console& console) {
    const auto url = net::Url::parse(server);
    if (!url || url->scheme == "https") return;
    if (url->host == "localhost" || url->host == "::1" || url->host.starts_with("127.")) return;
    console.note("http:// is not encrypted: whoever is on the way can read the password");
}

constexpr std::size_t setup_bytes_max = 1024;

/// "@file": what that file holds.
Result<std::string> setup_secret(const std::string& typed) {
    if (!typed.starts_with('@')) return typed;
    DS_TRY(const auto bytes,
           sys::read_file(typed.substr(1), setup_bytes_max).while_doing("reading --setup"));
    return std::string{trimmed(text_of(bytes))};
}

/// With the code of an authenticator, or a recovery code.
Result<Welcome> second_step(const std::string& server, const Welcome& first,
                            const Session& session) {
    DS_TRY(const auto code, read_code(session));
    Remote remote{server, {}, session.stop};
    DS_TRY(const auto answer,
           remote.post("session/second-factor", {{"token", first.token}, {"code", code.reveal()}}));
    return row_as<Welcome>(answer);
}

Result<Credential> sign_in(const LoginOptions& options, const std::string& server,
                           const Session& session) {
    const bool is_first = !options.setup.empty();
    warn_of_plain_http(server, session.console);
    DS_TRY(const auto setup, setup_secret(options.setup));
    DS_TRY(const auto password, read_password(is_first, session));
    Remote remote{server, {}, session.stop};
    json::bj::object body{{"name", options.name}, {"password", password.reveal()}};
    if (is_first) body["secret"] = setup;
    auto answer = remote.post(is_first ? "setup" : "session", body);
    if (!answer) {
        return std::move(answer.error())
            .hinting(
                is_first
                    ? "The secret is in the file that `dumpstation serve` names when it starts."
                    : "--name is the user's name; an administrator can set a new "
                      "password.");
    }
    DS_TRY(auto welcome, row_as<Welcome>(*answer));
    if (welcome.second_factor_needed) {
        DS_TRY(welcome, second_step(server, welcome, session));
    }
    return Credential{options.name, std::move(welcome.token), std::move(welcome.expires),
                      std::move(welcome.refresh)};
}

Result<std::string> remember_login(const LoginOptions& options, const Session& session) {
    DS_TRY(auto server, server_url(options.url));
    DS_TRY(auto credentials, read_credentials(session));
    DS_TRY(auto credential, sign_in(options, server, session));
    credentials.last = server;
    credentials.servers[server] = std::move(credential);
    DS_DO(write_credentials(credentials, session));
    return server;
}

/// Forgotten here in any case; the server is told so that the token is worth nothing there too.
Result<std::string> forget_login(const Session& session) {
    DS_TRY(auto credentials, read_credentials(session));
    DS_TRY(auto server, server_meant(credentials, session));
    const auto found = credentials.servers.find(server);
    if (found == credentials.servers.end())
        return fail(Code::unauthenticated, "not signed in to " + server, "There is nothing to do.");
    const auto told = remote_of(server, found->second, session)->remove("session");
    credentials.servers.erase(server);
    if (credentials.last == server)
        credentials.last = credentials.servers.empty() ? "" : credentials.servers.begin()->first;
    DS_DO(write_credentials(credentials, session));
    if (!told && told.error().code() != Code::unauthenticated)
        return Error{told.error()}.while_doing(
            "signed out here, but the session is still good on the server");
    return server;
}

}  // namespace

ExitStatus login(const LoginOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto server = remember_login(options, session);
    if (!server) return console.error(server.error());
    console.result(json::bj::object{{"server", *server}, {"name", options.name}});
    console.line(fmt::format("signed in to {} as {}", *server, printable(options.name, 100)));
    return ExitStatus::done;
}

ExitStatus logout(const Session& session) {
    const auto& console = session.console;
    const auto server = forget_login(session);
    if (!server) return console.error(server.error());
    console.result(json::bj::object{{"server", *server}});
    console.line("signed out of " + *server);
    return ExitStatus::done;
}

ExitStatus whoami(const Session& session) {
    const auto& console = session.console;
    const auto remote = open_remote(session);
    if (!remote) return console.error(remote.error());
    const auto who = (*remote)->get("session");
    if (!who) return console.error(who.error());
    console.result(json::bj::object{{"server", (*remote)->base()}, {"session", *who}});
    const auto name = text_in(*who, "name");
    console.line(fmt::format(
        "{} of {} at {}, may {}", name.empty() ? "a program" : printable(name, 100),
        printable(text_in(*who, "organization"), 100), (*remote)->base(), text_in(*who, "scope")));
    return ExitStatus::done;
}

ExitStatus token_new(const TokenOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto remote = open_remote(session);
    if (!remote) return console.error(remote.error());
    const auto made =
        (*remote)->post("tokens", {{"name", options.name},
                                   {"scopes", json::bj::array{json::Value(options.scope)}},
                                   {"expires", options.expires},
                                   {"addresses", json::to_value(options.addresses)}});
    if (!made) return console.error(made.error());
    console.result(made->get_object());
    console.line(text_in(*made, "token"));
    console.note("it is shown this once; give it to the program as DUMPSTATION_TOKEN_FILE");
    return ExitStatus::done;
}

}  // namespace ds::cli
