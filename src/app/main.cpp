#include <csignal>
#include <cstdio>
#include <exception>
#include <stop_token>
#include <thread>

#include <unistd.h>

#include "cli/cli.hpp"
#include "cli/exit_status.hpp"

namespace {

/// Turns SIGINT and SIGTERM into a request to stop; a second one ends us at once. Must be made
/// before any other thread, so that all inherit the blocked signals.
class SignalWatch {
public:
    SignalWatch() {
        std::signal(SIGPIPE, SIG_IGN);
        sigemptyset(&watched_);
        for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&watched_, number);
        pthread_sigmask(SIG_BLOCK, &watched_, nullptr);
        // Detached: it waits for a signal that may never come, and ends with the process.
        std::thread{[this] {
            int number = 0;
            sigwait(&watched_, &number);
            stop_.request_stop();
            sigwait(&watched_, &number);
            ::_exit(static_cast<int>(ds::cli::ExitStatus::interrupted));
        }}.detach();
    }
    std::stop_token token() const { return stop_.get_token(); }

private:
    sigset_t watched_{};
    std::stop_source stop_;
};

}  // namespace

int main(int argc, char** argv) {
    try {
        // Narration on stderr and text on stdout keep their order also when both go into one pipe.
        std::setvbuf(stdout, nullptr, _IOLBF, 0);
        static SignalWatch signals;
        return ds::cli::run(argc, argv, signals.token());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "dumpstation: bug: %s\n", error.what());
        return static_cast<int>(ds::cli::ExitStatus::failed);
    }
}
