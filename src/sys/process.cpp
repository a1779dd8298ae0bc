#include "sys/process.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <mutex>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.hpp"

namespace ds::sys {
namespace {

constexpr auto term_grace = std::chrono::seconds{5};

struct Account {
    uid_t uid = 0;
    gid_t gid = 0;
};

Result<Account> find_account(const std::string& user) {
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> room(16 * KiB);
    getpwnam_r(user.c_str(), &entry, room.data(), room.size(), &found);
    if (found == nullptr)
        return fail(Code::not_found, fmt::format("this machine has no user '{}'", user));
    return Account{entry.pw_uid, entry.pw_gid};
}

/// All that the child needs between fork and exec, made ready before: there, only async-signal-safe
/// calls are allowed, since other threads may have held locks.
struct Prepared {
    std::vector<std::string> texts;
    std::vector<char*> arguments;
    std::vector<char*> environment;
    std::optional<Account> account;
    std::string directory;
    int input = -1, output = -1, errors = -1, report = -1;
    std::vector<int> keep_open;
    bool without_network = false;
    pid_t parent = 0;
};

[[noreturn]] void give_up(const Prepared& p) {
    const int number = errno;
    // Told to the parent through a close-on-exec pipe; nobody else can say why exec failed.
    [[maybe_unused]] const auto put = ::write(p.report, &number, sizeof number);
    ::_exit(127);
}

[[noreturn]] void become(const Prepared& p) {
    // Only signals that we were told to block stay blocked otherwise.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    struct sigaction standard{};
    standard.sa_handler = SIG_DFL;
    for (const int number : {SIGINT, SIGTERM, SIGPIPE, SIGCHLD, SIGHUP})
        sigaction(number, &standard, nullptr);
    ::setpgid(0, 0);

    if (::dup2(p.input, 0) < 0 || ::dup2(p.output, 1) < 0 || ::dup2(p.errors, 2) < 0) give_up(p);
    for (const int fd : p.keep_open) {
        const int flags = ::fcntl(fd, F_GETFD);
        if (flags < 0 || ::fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) != 0) give_up(p);
    }
    // Best effort: without the right to do so the program still listens on no network address.
    if (p.without_network && ::unshare(CLONE_NEWNET) != 0) ::unshare(CLONE_NEWUSER | CLONE_NEWNET);
    if (p.account) {
        if (::setgroups(0, nullptr) != 0 || ::setgid(p.account->gid) != 0 ||
            ::setuid(p.account->uid) != 0)
            give_up(p);
    }
    // After the change of user, which clears it. If our process died before this line, its pid is
    // no longer our parent's.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) give_up(p);
    if (::getppid() != p.parent) ::_exit(127);
    if (::chdir(p.directory.c_str()) != 0) give_up(p);
    ::execve(p.arguments[0], p.arguments.data(), p.environment.data());
    give_up(p);
}

Result<std::pair<Fd, Fd>> make_pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return errno_error(errno, "cannot create a pipe");
    // Kept away from 0..2, which dup2 in the child is going to overwrite.
    return std::pair{Fd{ends[0]}, Fd{ends[1]}};
}

void point_into(std::vector<char*>& to, std::vector<std::string>& texts) {
    for (auto& text : texts) to.push_back(text.data());
    to.push_back(nullptr);
}

}  // namespace

std::string Exit::text() const {
    return signal != 0 ? fmt::format("killed by signal {}", signal)
                       : fmt::format("exit status {}", code);
}

/// The last bytes of stderr, written by the draining thread.
struct Child::Tail {
    std::mutex mutex;
    std::string text;
    std::size_t bytes_max = 0;

    void add(View bytes) {
        const std::lock_guard lock{mutex};
        text += text_of(bytes);
        if (text.size() > 2 * bytes_max) text.erase(0, text.size() - bytes_max);
    }
    std::string last() {
        const std::lock_guard lock{mutex};
        return text.size() <= bytes_max ? text : text.substr(text.size() - bytes_max);
    }
};

Result<std::unique_ptr<Child>> Child::start(const Command& command) {
    DS_CHECK(!command.arguments.empty(), "a command needs a program");
    Prepared p;
    if (command.user) {
        DS_TRY(p.account, find_account(*command.user));
    }
    std::vector<std::string> arguments = command.arguments;
    std::vector<std::string> environment;
    for (const auto& [name, value] : command.environment) environment.push_back(name + "=" + value);
    point_into(p.arguments, arguments);
    point_into(p.environment, environment);
    p.directory = command.directory.value_or("/").string();
    p.keep_open = command.keep_open;
    p.without_network = command.without_network;
    p.parent = ::getpid();

    const Fd nothing{::open("/dev/null", O_RDWR | O_CLOEXEC)};
    if (!nothing) return errno_error(errno, "cannot open /dev/null");
    DS_TRY(auto errors, make_pipe());
    DS_TRY(auto report, make_pipe());
    std::pair<Fd, Fd> output;
    p.input = command.input.value_or(nothing.get());
    p.output = command.output.value_or(nothing.get());
    if (command.capture_output && !command.output) {
        DS_TRY(output, make_pipe());
        p.output = output.second.get();
        // A large pipe lets the writer run ahead; the kernel may refuse more than its limit, which
        // is fine.
        ::fcntl(output.first.get(), F_SETPIPE_SZ, static_cast<int>(command.pipe_bytes));
    }
    p.errors = errors.second.get();
    p.report = report.second.get();

    const pid_t pid = ::fork();
    if (pid < 0) return errno_error(errno, "cannot start " + command.arguments[0]);
    if (pid == 0) become(p);

    auto child = std::unique_ptr<Child>{new Child};
    child->pid_ = pid;
    child->output_ = std::move(output.first);
    child->tail_ = std::make_shared<Tail>();
    child->tail_->bytes_max = command.error_bytes_max;
    output.second.reset();
    errors.second.reset();
    report.second.reset();

    int number = 0;
    DS_TRY(const auto told,
           read_some(report.first.get(), std::as_writable_bytes(std::span{&number, 1}), "a pipe"));
    if (told == sizeof number) return errno_error(number, "cannot start " + command.arguments[0]);

    child->drain_ = std::jthread{
        [fd = std::move(errors.first), tail = child->tail_](const std::stop_token& stop) {
            std::byte buffer[4 * KiB];
            for (;;) {
                // A grandchild may keep stderr open after the child ended, so the end of file alone
                // is not enough.
                pollfd ready{fd.get(), POLLIN, 0};
                const int count = ::poll(&ready, 1, stop.stop_requested() ? 0 : 50);
                if (count == 0 && stop.stop_requested()) return;
                if (count <= 0) continue;
                const auto got = read_some(fd.get(), buffer, "stderr");
                if (!got || *got == 0) return;
                tail->add(View{buffer, *got});
            }
        }};
    return child;
}

Child::~Child() {
    if (!exit_ && pid_ > 0) {
        signal(SIGKILL);
        wait();
    }
}

void Child::signal(int number) const {
    if (!exit_ && pid_ > 0) ::kill(pid_, number);
}

Exit Child::wait(const std::stop_token& stop) {
    if (exit_) return *exit_;
    const int watched = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    const Fd pidfd{watched};
    const std::stop_callback on_stop{stop, [this] { ::kill(pid_, SIGTERM); }};
    int status = 0;
    auto deadline = std::chrono::steady_clock::time_point::max();
    for (;;) {
        const auto done = ::waitpid(pid_, &status, pidfd ? WNOHANG : 0);
        if (done == pid_) break;
        if (done < 0 && errno != EINTR) break;
        const auto now = std::chrono::steady_clock::now();
        if (stop.stop_requested() && deadline == std::chrono::steady_clock::time_point::max()) {
            deadline = now + term_grace;
        }
        if (now >= deadline) ::kill(pid_, SIGKILL);
        pollfd ready{pidfd.get(), POLLIN, 0};
        ::poll(&ready, 1, 100);
    }
    exit_ = WIFSIGNALED(status) ? Exit{0, WTERMSIG(status)} : Exit{WEXITSTATUS(status), 0};
    drain_.request_stop();
    if (drain_.joinable()) drain_.join();
    return *exit_;
}

std::string Child::errors() const { return tail_ ? tail_->last() : std::string{}; }

Result<Finished> run_command(const Command& command, std::size_t output_bytes_max,
                             const std::stop_token& stop) {
    DS_TRY(const auto child, Child::start(command));
    Finished finished;
    const std::stop_callback on_stop{stop, [&] { child->signal(SIGTERM); }};
    std::byte buffer[16 * KiB];
    while (child->output() >= 0) {
        DS_TRY(const auto got,
               read_some(child->output(), buffer, "the output of " + command.arguments[0]));
        if (got == 0) break;
        if (finished.output.size() + got > output_bytes_max) {
            return fail(Code::exhausted,
                        fmt::format("{} printed more than {}", command.arguments[0],
                                    human_bytes(output_bytes_max)));
        }
        finished.output += text_of(View{buffer, got});
    }
    finished.exit = child->wait(stop);
    finished.errors = child->errors();
    if (stop.stop_requested()) return fail(Code::cancelled, "stopped on request");
    return finished;
}

std::map<std::string, std::string> clean_environment() {
    std::map<std::string, std::string> environment{{"LANG", "C.UTF-8"}, {"LC_ALL", "C.UTF-8"}};
    for (const char* name : {"PATH", "HOME", "TZ", "USER", "TMPDIR"}) {
        if (const char* value = std::getenv(name)) environment[name] = value;
    }
    return environment;
}

}  // namespace ds::sys
