#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "server/demo/seed.hpp"
#include "server/settings/gather.hpp"
#include "sys/service_manager.hpp"

namespace ds::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto answers_within = 5s;
/// What ending runs may take beyond their grace: tools are asked to end, then killed.
constexpr auto end_takes = 60s;

std::string address_of(const http::Options& options, std::uint16_t port) {
    const bool v6 = options.address.find(':') != std::string::npos;
    return fmt::format("{}://{}:{}", options.certificate_file.empty() ? "http" : "https",
                       v6 ? "[" + options.address + "]" : options.address, port);
}

void tell_start(sys::Log& log, const server::Server& server, const std::string& address,
                const server::Gathered& gathered) {
    log.info("server.started",
             fmt::format("dumpstation " DS_VERSION " serves at {0}, its API is described at "
                         "{0}/api/docs",
                         address),
             {{"version", DS_VERSION},
              {"address", address},
              {"state", gathered.config.server.state.string()},
              {"config", gathered.file}});
    const auto setup = server.setup_file();
    if (setup.empty()) return;
    log.info("server.needs_setup",
             fmt::format("there are no users yet: {0}/setup asks for the secret in {1}, or "
                         "dumpstation login {0} --setup @{1} makes the first administrator",
                         address, setup.string()));
}

/// The state of a demo: made anew, gone at the end. Real data is not looked at.
class DemoState {
public:
    static Result<DemoState> make() {
        std::string name = (sys::fs::temp_directory_path() / "dumpstation-demo-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            return sys::errno_error(errno, "cannot make a directory for the demo");
        return DemoState{name};
    }
    ~DemoState() {
        std::error_code ignored;
        if (!path_.empty()) sys::fs::remove_all(path_, ignored);
    }
    DemoState(DemoState&& other) noexcept : path_{std::exchange(other.path_, {})} {}
    DemoState& operator=(DemoState&&) = delete;
    const sys::fs::path& path() const { return path_; }

private:
    explicit DemoState(sys::fs::path path) : path_{std::move(path)} {}
    sys::fs::path path_;
};

/// Until `stop`. The service manager hears that we are alive as long as clients are answered.
void wait_for_end(const sys::ServiceManager& manager, const server::Server& server, sys::Log& log,
                  const std::stop_token& stop) {
    const auto beat = manager.beat() > 0ms ? manager.beat() : std::chrono::milliseconds{24h};
    while (sys::system_clock().sleep_for(beat, stop)) {
        if (manager.beat() == 0ms) continue;
        if (server.answers(answers_within))
            manager.tell_alive();
        else
            log.error("server.hangs", "this server does not answer itself");
    }
}

}  // namespace

ExitStatus serve(const ServeOptions& given, const Session& session) {
    const auto& console = session.console;
    auto gathered = server::gather(given.config, given.flags);
    if (!gathered) return console.error(gathered.error());
    auto options = gathered->config.server;
    const auto grace = gathered->config.grace;
    std::optional<DemoState> demo;
    if (given.demo) {
        auto made = DemoState::make();
        if (!made) return console.error(made.error());
        demo.emplace(std::move(*made));
        options.demo = true;
        options.state = demo->path();
        options.catalog_url = {};
        gathered->config.server.state = demo->path();
    }

    sys::LogWriter log{STDERR_FILENO, gathered->config.log};
    options.http.on_error = [&log](const Error& error) { log.warn("http.error", error.message()); };
    auto started = server::Server::start(options, log);
    if (!started) {
        if (!console.stderr_is_terminal())
            log.error("server.failed", started.error().message(),
                      {{"hint", started.error().hint()}});
        return console.error(started.error());
    }
    auto& server = **started;
    const sys::ServiceManager manager;
    const auto address = address_of(options.http, server.port());
    tell_start(log, server, address, *gathered);
    if (given.demo)
        log.info("server.demo", fmt::format("sign in as {} with the password {}", server::demo_user,
                                            server::demo_password));
    manager.tell_ready("serves at " + address);

    wait_for_end(manager, server, log, session.stop);
    log.info("server.stopping", "takes no new work; runs at work have some time to end",
             {{"grace_seconds", grace.count()}});
    manager.tell_stopping(grace + end_takes);
    server.stop(grace);
    started->reset();
    log.info("server.stopped", "runs that were not done are queued again");
    return ExitStatus::done;
}

}  // namespace ds::cli
