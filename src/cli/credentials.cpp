#include "cli/credentials.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
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

/// One program at a time refreshes: a refresh token is good once.
Result<sys::Fd> lock_credentials(const Session& session) {
    const auto path = session.state() / "servers.lock";
    sys::Fd lock{::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)};
    if (!lock || ::flock(lock.get(), LOCK_EX) != 0)
        return sys::errno_error(errno, "cannot lock " + path.string());
    return lock;
}

struct Renewed {
    std::string id, token, expires, refresh, refresh_expires;
    bool second_factor_needed = false;
};
BOOST_DESCRIBE_STRUCT(Renewed, (),
                      (id, token, expires, refresh, refresh_expires, second_factor_needed))

/// The token that follows `old`, which the server takes no more.
Result<Secret> renewed_token(const Session& session, const std::string& server, const Secret& old) {
    DS_TRY(const auto lock, lock_credentials(session));
    DS_TRY(auto credentials, read_credentials(session));
    auto& mine = credentials.servers[server];
    if (mine.token != old.reveal()) return Secret{mine.token};  // another one was first
    if (!mine.refresh)
        return fail(Code::unauthenticated, "the session is over",
                    "Sign in again: `dumpstation login " + server + "`.");
    Remote remote{server, {}, session.stop};
    DS_TRY(const auto answer, remote.post("session/refresh", {{"refresh", *mine.refresh}}));
    DS_TRY(auto renewed, row_as<Renewed>(answer));
    mine.token = std::move(renewed.token);
    mine.expires = std::move(renewed.expires);
    mine.refresh = std::move(renewed.refresh);
    DS_DO(write_credentials(credentials, session));
    return Secret{mine.token};
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
    DS_TRY(const auto given, sys::environment_or_file("DUMPSTATION_TOKEN"));
    if (!given.empty())
        return std::make_unique<Remote>(server, Secret{std::string{trimmed(given)}}, session.stop);
    const auto found = credentials.servers.find(server);
    if (found == credentials.servers.end()) {
        return fail(Code::unauthenticated, "not signed in to " + server,
                    "`dumpstation login " + server + "`, or a token in DUMPSTATION_TOKEN.");
    }
    return remote_of(server, found->second, session);
}

std::unique_ptr<Remote> remote_of(const std::string& server, const Credential& credential,
                                  const Session& session) {
    return std::make_unique<Remote>(
        server, Secret{credential.token}, session.stop,
        [&session, server](const Secret& old) { return renewed_token(session, server, old); });
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

Result<Secret> read_code(const Session& session) {
    DS_TRY(auto given, sys::environment_or_file("DUMPSTATION_CODE"));
    if (!given.empty()) return Secret{std::string{trimmed(given)}};
    return ::isatty(STDIN_FILENO) == 1 ? typed("Code", session.stop) : read_line(session.stop);
}

}  // namespace ds::cli
