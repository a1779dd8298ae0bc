#include "http/server.hpp"

#include <system_error>

#include <fmt/format.h>
#include <pthread.h>

#include "http/loop.hpp"

namespace ds::http {
namespace {

Status check(const Options& options) {
    const bool counts = options.handler_threads > 0 && options.connections_max > 0 &&
                        options.bytes_per_second_min > 0 && options.header_bytes_max > 0;
    if (!counts) return fail(Code::invalid, "a limit of the HTTP server is zero");
    if (options.certificate_file.empty() != options.key_file.empty()) {
        return fail(Code::invalid, "TLS needs a certificate and a key");
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Options options, Handler handler) {
    DS_DO(check(options));
    DS_TRY(auto loop, Loop::open(std::move(options), std::move(handler)));
    std::unique_ptr<Server> server{new Server{std::move(loop)}};
    try {
        server->thread_ = std::thread{[loop = server->loop_.get()] {
            ::pthread_setname_np(::pthread_self(), "http-loop");
            loop->run();
        }};
    } catch (const std::system_error& thrown) {
        return fail(Code::exhausted, fmt::format("cannot start a thread: {}", thrown.what()));
    }
    return server;
}

Server::Server(std::unique_ptr<Loop> loop) : loop_{std::move(loop)} {}

Server::~Server() { stop(std::chrono::milliseconds{0}); }

std::uint16_t Server::port() const { return loop_->port(); }

void Server::stop(std::chrono::milliseconds grace) {
    const std::lock_guard lock{mutex_};
    if (!thread_.joinable()) return;
    loop_->stop(grace);
    thread_.join();
}

}  // namespace ds::http
