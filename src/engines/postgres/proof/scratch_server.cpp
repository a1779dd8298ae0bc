#include "engines/postgres/proof/scratch_server.hpp"

#include <cerrno>
#include <chrono>

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::engines::postgres {
namespace {

constexpr auto start_limit = std::chrono::seconds{60};
constexpr std::uint64_t spare_bytes = 256 * MiB;  // system catalogs, WAL and sort files

// Settings that matter for safety come last on the command line, so no file can override them.
constexpr const char* settings[] = {
    "listen_addresses=",
    "unix_socket_directories=.",
    "unix_socket_permissions=0700",
    "port=5432",
    "archive_mode=off",
    "shared_preload_libraries=",
    "session_preload_libraries=",
    "local_preload_libraries=",
    "max_wal_senders=0",
    "wal_level=minimal",
    "max_replication_slots=0",
    "max_logical_replication_workers=0",
    // Lost on a crash, and nobody minds: this server is thrown away.
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_wal_size=4GB",
    "checkpoint_timeout=30min",
    // Modest, since it runs beside whatever else this machine does.
    "shared_buffers=128MB",
    "maintenance_work_mem=128MB",
    "max_connections=20",
    "autovacuum=off",
    "huge_pages=off",
    "max_parallel_maintenance_workers=0",
    "max_parallel_workers_per_gather=0",
    "jit=off",
    // A dump of many partitions locks them all.
    "max_locks_per_transaction=1024",
    "logging_collector=off",
    "log_destination=stderr",
    "log_min_messages=fatal",
    "log_statement=none",
    "lc_messages=C",
    "timezone=UTC",
};

fs::path scratch_root(const fs::path& state_directory) { return state_directory / "scratch"; }

Result<std::uint64_t> free_bytes(const fs::path& directory) {
    struct statvfs room{};
    if (::statvfs(directory.c_str(), &room) != 0) {
        return sys::errno_error(
            errno, fmt::format("cannot ask for the free space of {}", directory.string()));
    }
    return std::uint64_t{room.f_bavail} * room.f_frsize;
}

Status check_space(const ScratchRequest& request) {
    DS_TRY(const auto free, free_bytes(request.state_directory));
    const auto needed = request.bytes_needed + request.bytes_needed / 10 + spare_bytes;
    if (free >= needed) return {};
    return fail(
        Code::exhausted,
        fmt::format("not enough room for a scratch server below {}: {} free, {} needed",
                    request.state_directory.string(), human_bytes(free), human_bytes(needed)),
        "Free some space, or put the state directory on a larger disk.");
}

// Whether another process holds it; nothing when the file is gone.
Result<sys::Fd> try_lock(const fs::path& path, int flags) {
    sys::Fd fd{::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600)};
    if (!fd) return sys::errno_error(errno, fmt::format("cannot open {}", path.string()));
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        return fail(Code::conflict, fmt::format("{} is held by another process", path.string()));
    }
    struct stat seen{};
    // Somebody swept it between our open and our lock: what we hold is no longer there for others
    // to see.
    if (::fstat(fd.get(), &seen) != 0 || seen.st_nlink == 0) {
        return fail(Code::conflict, fmt::format("{} was swept", path.string()));
    }
    return fd;
}

// Every process of a PostgreSQL server works in its data directory, which tells them apart from any
// other program, also when a process id was used again.
void kill_processes_in(const fs::path& directory) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{"/proc", error}) {
        const auto name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto at = fs::read_symlink(entry.path() / "cwd", error);
        if (!error && at == directory) ::kill(static_cast<pid_t>(std::stol(name)), SIGKILL);
    }
}

Status remove_scratch(const fs::path& directory) {
    std::error_code error;
    // A process killed just now may still be writing its last file.
    for (int attempt = 0; attempt < 50; ++attempt) {
        kill_processes_in(directory / "data");
        fs::remove_all(directory, error);
        if (!error) return {};
        ::usleep(20'000);
    }
    return fail(Code::internal,
                fmt::format("cannot remove {}: {}", directory.string(), error.message()));
}

// Says whether the child ended, without reaping it.
bool ended(pid_t pid) {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
           info.si_pid == pid;
}

bool says_ready(const fs::path& pid_file) {
    const auto text = sys::read_file(pid_file, 4 * KiB);
    if (!text) return false;
    const auto lines = split(text_of(*text), '\n');
    return lines.size() >= 8 && trimmed(lines[7]) == "ready";
}

std::string last_lines(const std::string& text) {
    return printable(text.size() <= 300 ? text : text.substr(text.size() - 300));
}

}  // namespace

std::string unprivileged_account() {
    if (::geteuid() != 0) return {};
    return ::getpwnam("postgres") != nullptr ? "postgres" : "nobody";
}

// Through the descriptor, since nobody but us may walk to it.
std::string ScratchServer::seen_as() const { return fmt::format("/proc/self/fd/{}", data_.get()); }

sys::Command ScratchServer::command(const ScratchRequest& request, const char* program) const {
    sys::Command command;
    command.arguments = {(request.bin_directory / program).string(), "-D", seen_as()};
    command.environment = sys::clean_environment();
    // TZ and the like would leak into defaults that initdb chooses.
    command.environment["TZ"] = "UTC";
    command.keep_open = {data_.get()};
    command.without_network = true;
    if (!request.account.empty()) command.user = request.account;
    return command;
}

Status ScratchServer::make_directory(const ScratchRequest& request) {
    const auto root = scratch_root(request.state_directory);
    DS_DO(sys::make_directories(root, 0700));
    const auto id = lower(sys::make_ulid(std::chrono::system_clock::now()));
    DS_TRY(lock_, try_lock(root / (id + ".lock"), O_CREAT | O_EXCL));
    directory_ = fs::canonical(root) / id;
    DS_DO(sys::make_directories(directory_ / "data", 0700));
    data_ = sys::Fd{::open((directory_ / "data").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!data_) return sys::errno_error(errno, fmt::format("cannot open {}", directory_.string()));
    if (request.account.empty()) return {};
    const passwd* account = ::getpwnam(request.account.c_str());
    if (account == nullptr) {
        return fail(Code::not_found, fmt::format("this machine has no user '{}'", request.account));
    }
    if (::fchown(data_.get(), account->pw_uid, account->pw_gid) != 0) {
        return sys::errno_error(
            errno, fmt::format("cannot give {} to {}", directory_.string(), request.account));
    }
    return {};
}

Status ScratchServer::initialize(const ScratchRequest& request, const sys::Run& run) {
    auto init = command(request, "initdb");
    const auto add = {"-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"};
    init.arguments.insert(init.arguments.end(), add.begin(), add.end());
    DS_TRY(const auto done, sys::run_command(init, MiB, run.stop));
    if (done.exit.ok()) return {};
    return fail(Code::unavailable,
                fmt::format("cannot prepare a scratch server: initdb ended with {}: {}",
                            done.exit.text(), last_lines(done.errors)));
}

/// Everything below a directory for the account that the server runs as.
Status give_away(const fs::path& directory, const std::string& account) {
    const passwd* owner = account.empty() ? nullptr : ::getpwnam(account.c_str());
    if (owner == nullptr) return {};
    for (const auto& entry : fs::recursive_directory_iterator{directory}) {
        if (::lchown(entry.path().c_str(), owner->pw_uid, owner->pw_gid) != 0)
            return sys::errno_error(errno, "cannot give away " + entry.path().string());
    }
    return {};
}

Status ScratchServer::fill(const ScratchRequest& request) const {
    const auto data = directory_ / "data";
    DS_DO(request.fill(data, seen_as()));
    // Its own settings could load libraries, listen or ask for passwords.
    DS_DO(sys::write_file(data / "postgresql.conf", {}, 0600));
    DS_DO(sys::write_file(data / "postgresql.auto.conf", {}, 0600));
    DS_DO(sys::write_file(data / "pg_hba.conf", view_of("local all all trust\n"), 0600));
    DS_DO(sys::write_file(data / "pg_ident.conf", {}, 0600));
    return give_away(directory_, request.account);
}

Status ScratchServer::launch(const ScratchRequest& request, const sys::Run& run) {
    auto start = command(request, "postgres");
    for (const char* setting : settings) {
        start.arguments.emplace_back("-c");
        start.arguments.emplace_back(setting);
    }
    start.capture_output = false;
    DS_TRY(server_, sys::Child::start(start));
    const auto deadline = std::chrono::steady_clock::now() + start_limit;
    while (!says_ready(directory_ / "data" / "postmaster.pid")) {
        DS_DO(run.check());
        DS_DO(check_alive());
        if (std::chrono::steady_clock::now() > deadline) {
            return fail(Code::timeout, fmt::format("the scratch server was not ready after {}",
                                                   human_duration(start_limit)));
        }
        run.clock.sleep_for(std::chrono::milliseconds{20}, run.stop);
    }
    return {};
}

Status ScratchServer::check_alive() const {
    if (!ended(server_->pid())) return {};
    return fail(Code::unavailable,
                fmt::format("the scratch server ended: {}", last_lines(server_->errors())));
}

Result<std::unique_ptr<ScratchServer>> ScratchServer::start(const ScratchRequest& given,
                                                            const sys::Run& run) {
    auto request = given;
    if (request.account.empty()) request.account = unprivileged_account();
    DS_DO(sys::make_directories(request.state_directory, 0700));
    DS_TRY(const auto swept, sweep_scratch_servers(request.state_directory));
    if (swept > 0)
        run.progress.warn(
            fmt::format("removed {} scratch servers that a stopped process left", swept));
    DS_DO(check_space(request));
    // From here on the destructor takes back whatever exists already.
    auto scratch = std::unique_ptr<ScratchServer>{new ScratchServer};
    DS_DO(scratch->make_directory(request));
    scratch->user_ = request.user;
    DS_DO(request.fill ? scratch->fill(request) : scratch->initialize(request, run));
    DS_DO(scratch->launch(request, run));
    return scratch;
}

ScratchServer::~ScratchServer() {
    if (server_) {
        server_->signal(SIGQUIT);  // at once, without a checkpoint
        server_->wait();
    }
    if (directory_.empty()) return;
    // What cannot be removed now is swept by the next start, since the lock goes with us.
    if (remove_scratch(directory_)) ::unlink((directory_.string() + ".lock").c_str());
}

Secret ScratchServer::url(const std::string& database) const {
    // Through our own descriptor the path is short whatever the state directory is called; a
    // socket's path must not be longer than 107 bytes. It is also good for children, which run as
    // the same user.
    return Secret{
        fmt::format("postgres:///{}?host=/proc/{}/fd/{}&port=5432&user={}&sslmode=disable",
                    database, ::getpid(), data_.get(), user_)};
}

Result<std::size_t> sweep_scratch_servers(const fs::path& state_directory) {
    const auto root = scratch_root(state_directory);
    std::error_code error;
    std::size_t swept = 0;
    for (const auto& entry : fs::directory_iterator{root, error}) {
        if (entry.path().extension() != ".lock") continue;
        const auto lock = try_lock(entry.path(), 0);
        if (!lock) continue;  // in use, or somebody else sweeps it
        const auto directory = fs::canonical(root, error) / entry.path().stem();
        DS_DO(remove_scratch(directory));
        ::unlink(entry.path().c_str());
        ++swept;
    }
    return swept;
}

}  // namespace ds::engines::postgres
