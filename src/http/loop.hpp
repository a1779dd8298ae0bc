#pragma once

#include <atomic>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "http/connection.hpp"
#include "http/listener.hpp"
#include "http/poller.hpp"
#include "http/pool.hpp"
#include "http/server.hpp"
#include "http/tls.hpp"

namespace ds::http {

/// The server's one event loop. It owns all connections; a connection whose request is complete
/// goes to a thread of a pool, which hands it back through finish().
class Loop {
public:
    static Result<std::unique_ptr<Loop>> open(Options options, Handler handler);

    std::uint16_t port() const { return listener_.port(); }
    /// Serves on the calling thread until it was stopped and all connections are gone.
    void run();
    /// From any thread, once.
    void stop(std::chrono::milliseconds grace);

private:
    using Time = Connection::Time;
    struct Finished {
        Connection* connection = nullptr;
        bool usable = true;
        std::shared_ptr<const Response> long_answer;
    };

    Loop(Options options, Handler handler, Listener listener, Poller poller,
         std::unique_ptr<Certificates> certificates);

    // loop.cpp: what happens when
    void handle(const epoll_event& event);
    std::chrono::milliseconds patience() const;
    void take_finished();
    void look_at_time();
    bool expired(const Connection& connection) const;
    void expire(Connection& connection);
    void begin_stop(std::chrono::milliseconds grace);
    void end_grace();
    void stop_one(Connection& connection);
    void end_one(Connection& connection);

    // loop_accept.cpp: clients come
    void accept_all();
    void admit(sys::Fd socket, const std::string& peer);
    bool make_room();
    void pause_accepting();
    void tell(const Error& error) const;

    // loop_serve.cpp: one client's requests
    void begin_reading(Connection& connection);
    void read_more(Connection& connection);
    bool take_in(Connection& connection, std::string_view bytes);
    bool say_continue(Connection& connection);
    void begin_work(Connection& connection);
    void begin_long(Connection& connection, std::shared_ptr<const Response> response);
    void refuse(Connection& connection, const wire::Refusal& refusal);
    void go_on_sending(Connection& connection);
    void answered(Connection& connection);
    void begin_lingering(Connection& connection);
    void linger(Connection& connection);
    void enter(Connection& connection, Phase phase);
    void await(Connection& connection, std::uint32_t events);
    void count(Connection& connection);
    void close(Connection& connection);
    // … on the pools' threads
    void work(Connection& connection);
    void work_long(Connection& connection, const Response& response);
    void finish(Finished finished);

    const Options options_;
    const Handler handler_;
    const wire::Limits limits_;
    const std::size_t connections_max_;
    const std::chrono::milliseconds tick_;
    Listener listener_;
    Poller poller_;
    const std::unique_ptr<Certificates> certificates_;  // nothing: no TLS

    std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> connections_;
    std::uint64_t last_id_ = 0;
    std::size_t held_bytes_ = 0;  // by half-read requests and half-sent answers
    std::vector<char> room_;
    Time now_;
    Time next_look_;
    std::optional<Time> accept_again_;
    std::optional<Time> grace_end_;
    bool grace_over_ = false;
    std::atomic<bool> draining_{false};
    std::stop_source handlers_stop_;

    std::mutex mutex_;
    std::vector<Finished> finished_;
    std::optional<std::chrono::milliseconds> stop_ordered_;

    // Last, so that their threads are gone before anything they use.
    Pool streams_;
    Pool handlers_;
};

}  // namespace ds::http
