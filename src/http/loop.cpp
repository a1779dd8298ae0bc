#include "http/loop.hpp"

#include <algorithm>

#include <sys/resource.h>

#include "http/answer.hpp"

namespace ds::http {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t listener_key = 0;
constexpr milliseconds linger_time{2000};
constexpr std::size_t read_bytes = 16 * KiB;
/// Descriptors that are never taken for clients: backups need files.
constexpr std::size_t descriptors_left = 256;

std::size_t affordable_connections(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
    const auto all = static_cast<std::size_t>(limit.rlim_cur);
    return std::min(wanted, all > 2 * descriptors_left ? all - descriptors_left : all / 2);
}

milliseconds tick_of(const Options& options) {
    const auto shortest = std::min({options.header_timeout, options.body_timeout,
                                    options.idle_timeout, options.write_timeout});
    return std::clamp(shortest / 4, milliseconds{5}, milliseconds{250});
}

/// What the client has taken of the answer: the kernel accepts megabytes for one who reads nothing.
std::size_t taken_bytes(const Connection& connection) {
    return connection.sent - std::min(connection.sent, connection.transport.unconfirmed_bytes());
}

std::function<std::size_t(const RequestHead&)> body_limit(const Options& options) {
    if (options.body_bytes_max_of) return options.body_bytes_max_of;
    return [limit = options.body_bytes_max](const RequestHead&) { return limit; };
}

}  // namespace

Result<std::unique_ptr<Loop>> Loop::open(Options options, Handler handler) {
    std::unique_ptr<Certificates> certificates;
    if (!options.certificate_file.empty() || !options.key_file.empty()) {
        DS_TRY(certificates, Certificates::load(options.certificate_file, options.key_file));
    }
    DS_TRY(auto listener, Listener::open(options.address, options.port));
    DS_TRY(auto poller, Poller::open());
    if (!poller.add(listener.fd(), listener_key, EPOLLIN)) {
        return fail(Code::exhausted, "cannot watch the listening socket");
    }
    return std::unique_ptr<Loop>{new Loop{std::move(options), std::move(handler),
                                          std::move(listener), std::move(poller),
                                          std::move(certificates)}};
}

Loop::Loop(Options options, Handler handler, Listener listener, Poller poller,
           std::unique_ptr<Certificates> certificates)
    : options_{std::move(options)},
      handler_{std::move(handler)},
      limits_{options_.header_bytes_max, body_limit(options_)},
      connections_max_{affordable_connections(options_.connections_max)},
      tick_{tick_of(options_)},
      listener_{std::move(listener)},
      poller_{std::move(poller)},
      certificates_{std::move(certificates)},
      room_(read_bytes),
      streams_{"http-stream", options_.streams_max, 0},
      handlers_{"http-handler", options_.handler_threads, options_.queue_max} {}

void Loop::run() {
    while (!draining_ || !connections_.empty()) {
        const auto events = poller_.wait(patience());
        now_ = std::chrono::steady_clock::now();
        for (const auto& event : events) handle(event);
        take_finished();
        if (now_ >= next_look_) look_at_time();
    }
}

void Loop::stop(milliseconds grace) {
    {
        const std::lock_guard lock{mutex_};
        stop_ordered_ = grace;
    }
    poller_.wake();
}

milliseconds Loop::patience() const {
    return connections_.empty() && !accept_again_ ? milliseconds{-1} : tick_;
}

void Loop::handle(const epoll_event& event) {
    const std::uint64_t key = event.data.u64;  // a copy: the event is packed
    if (key == listener_key) return accept_all();
    const auto found = connections_.find(key);
    if (found == connections_.end()) return;
    auto& connection = *found->second;
    switch (connection.phase) {
        case Phase::reading: return read_more(connection);
        case Phase::writing: return go_on_sending(connection);
        case Phase::lingering: return linger(connection);
        case Phase::long_lived: connection.gone->request_stop(); return;
        case Phase::working: return;
    }
}

void Loop::take_finished() {
    std::vector<Finished> finished;
    std::optional<milliseconds> stop_ordered;
    {
        const std::lock_guard lock{mutex_};
        finished.swap(finished_);
        stop_ordered.swap(stop_ordered_);
    }
    for (auto& one : finished) {
        auto& connection = *one.connection;
        connection.gone.reset();
        if (!one.usable || grace_over_) {
            close(connection);
        } else if (one.long_answer) {
            begin_long(connection, std::move(one.long_answer));
        } else {
            enter(connection, Phase::writing);
            go_on_sending(connection);
        }
    }
    if (stop_ordered) begin_stop(*stop_ordered);
}

void Loop::look_at_time() {
    next_look_ = now_ + tick_;
    if (accept_again_ && now_ >= *accept_again_ && !draining_) {
        accept_again_.reset();
        poller_.change(listener_.fd(), listener_key, EPOLLIN);
    }
    if (grace_end_ && now_ >= *grace_end_ && !grace_over_) end_grace();
    std::vector<Connection*> late;
    for (const auto& [id, connection] : connections_) {
        if (expired(*connection)) late.push_back(connection.get());
    }
    for (auto* connection : late) expire(*connection);
}

bool Loop::expired(const Connection& connection) const {
    const auto passed = now_ - connection.since;
    const auto with_bytes = [&](milliseconds base, std::size_t bytes) {
        return base + milliseconds{bytes * 1000 / options_.bytes_per_second_min};
    };
    switch (connection.phase) {
        case Phase::reading: {
            const auto& reader = connection.reader;
            if (reader.in_body()) {
                return passed > with_bytes(options_.body_timeout, reader.body_bytes());
            }
            const bool between = reader.idle() && connection.served;
            return passed > (between ? options_.idle_timeout : options_.header_timeout);
        }
        case Phase::writing:
            return passed > options_.write_timeout &&
                   passed > with_bytes(options_.write_timeout, taken_bytes(connection));
        case Phase::lingering: return passed > linger_time;
        case Phase::working:
        case Phase::long_lived: return false;
    }
    return false;
}

void Loop::expire(Connection& connection) {
    if (connection.phase == Phase::reading && !connection.reader.idle()) {
        return refuse(connection, {408, "the request did not come in time"});
    }
    // What the kernel holds for a client that does not read goes too.
    if (connection.phase == Phase::writing) connection.transport.break_off();
    close(connection);
}

void Loop::begin_stop(milliseconds grace) {
    draining_ = true;
    listener_.close();
    grace_end_ = now_ + grace;
    next_look_ = now_;
    std::vector<Connection*> all;
    for (const auto& [id, connection] : connections_) all.push_back(connection.get());
    for (auto* connection : all) stop_one(*connection);
}

void Loop::stop_one(Connection& connection) {
    connection.server_stops = true;
    if (connection.phase == Phase::reading && connection.reader.idle()) {
        close(connection);
    } else if (connection.phase == Phase::long_lived) {
        connection.gone->request_stop();
        // Wakes a WebSocket's receive(); streams do not read.
        connection.transport.shut_down(true);
    }
}

void Loop::end_grace() {
    grace_over_ = true;
    handlers_stop_.request_stop();
    std::vector<Connection*> all;
    for (const auto& [id, connection] : connections_) all.push_back(connection.get());
    for (auto* connection : all) end_one(*connection);
}

void Loop::end_one(Connection& connection) {
    const bool in_hands =
        connection.phase == Phase::working || connection.phase == Phase::long_lived;
    if (!in_hands) return close(connection);
    // A handler may still notice its token and answer: only who writes for long is cut.
    if (connection.phase == Phase::long_lived) connection.transport.shut_down(false);
}

}  // namespace ds::http
