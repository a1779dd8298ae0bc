#include "cli/credentials.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace ds::cli {
namespace {

constexpr std::size_t file_bytes_max = 1 * MiB;
constexpr std::size_t password_bytes_max = 4096;
constexpr int look_interval_ms = 100;

sys::fs::path file_of(const Session& session) { return session.state() / "servers.json"; }

/// What is typed is not shown while this lives.
class Unseen {
public:
    Unseen() : is_terminal_{::tcgetattr(STDIN_FILENO, &before_) == 0} {
        if (!is_terminal_) return;
        auto quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Unseen() {
        if (is_terminal_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    termios before_{};
    bool is_terminal_;
};

/// A line of standard input; whoever gives up while typing is not waited for.
Result<Secret> read_line(const std::stop_token& stop) {
    std::string line;
    line.reserve(password_bytes_max);  // so that no copy of it is left behind
    while (line.size() < password_bytes_max) {
        if (stop.stop_requested()) return fail(Code::cancelled, "interrupted");
        pollfd look{STDIN_FILENO, POLLIN, 0};
        if (::poll(&look, 1, look_interval_ms) <= 0) continue;
        std::byte letter{};
        DS_TRY(const auto read, sys::read_some(STDIN_FILENO, {&letter, 1}, "standard input"));
        if (read == 0 || letter == std::byte{'\n'}) break;
        line.push_back(static_cast<char>(letter));
    }
    if (line.ends_with('\r')) line.pop_back();
    return Secret{std::move(line)};
}

Result<Secret> typed(const char* question, const std::stop_token& stop) {
    const Unseen unseen;
    fmt::print(stderr, "{}: ", question);
    auto line = read_line(stop);
    fmt::print(stderr, "\n");
    return line;
}

}  // namespace

Result<Credentials> read_credentials(const Session& session) {
    const auto bytes = sys::read_file(file_of(session), file_bytes_max);
    if (!bytes && bytes.error().code() == Code::not_found) return Credentials{};
    if (!bytes) return Error{bytes.error()};
    auto read = json::read<Credentials>(text_of(*bytes));
    if (read) return read;
    return fail(Code::invalid, file_of(session).string() + ": " + read.error().message(),
                "Remove the file and sign in again.");
}

Status write_credentials(const Credentials& credentials, const Session& session) {
    DS_DO(sys::make_directories(session.state(), 0700));
    return sys::write_file(file_of(session), view_of(json::write(credentials, true) + "\n"), 0600);
}

Result<std::string> server_meant(const Credentials& credentials, const Session& session) {
    if (!session.common.server.empty()) return server_url(session.common.server);
    DS_TRY(const auto named, sys::environment_or_file("DUMPSTATION_SERVER"));
    if (!named.empty()) return server_url(named);
    if (!credentials.last.empty()) return credentials.last;
    return fail(Code::invalid, "no server is known here",
                "Sign in with `dumpstation login URL`, or name it with --server or "
                "DUMPSTATION_SERVER.");
}

Result<std::unique_ptr<Remote>> open_remote(const Session& session) {
    DS_TRY(const auto credentials, read_credentials(session));
    DS_TRY(const auto server, server_meant(credentials, session));
    DS_TRY(auto token, sys::environment_or_file("DUMPSTATION_TOKEN"));
    const auto found = credentials.servers.find(server);
    if (token.empty() && found != credentials.servers.end()) token = found->second.token;
    if (token.empty()) {
        return fail(Code::unauthenticated, "not signed in to " + server,
                    "`dumpstation login " + server + "`, or a token in DUMPSTATION_TOKEN.");
    }
    return std::make_unique<Remote>(server, Secret{std::string{trimmed(token)}}, session.stop);
}

Result<Secret> read_password(bool twice, const Session& session) {
    DS_TRY(auto given, sys::environment_or_file("DUMPSTATION_PASSWORD"));
    if (!given.empty()) return Secret{std::move(given)};
    const bool asked = ::isatty(STDIN_FILENO) == 1;
    DS_TRY(auto password, asked ? typed("Password", session.stop) : read_line(session.stop));
    if (password.empty()) {
        return fail(Code::invalid, "no password was given",
                    "Type it, or give it in DUMPSTATION_PASSWORD_FILE or on standard input.");
    }
    if (asked && twice) {
        DS_TRY(const auto again, typed("Again", session.stop));
        if (again.reveal() != password.reveal())
            return fail(Code::invalid, "the two passwords differ", "Type the same one twice.");
    }
    return password;
}

}  // namespace ds::cli
