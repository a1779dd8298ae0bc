#pragma once

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "http/server.hpp"
#include "http/testing/http_client.hpp"

namespace ds::http::testing {

inline std::unique_ptr<Server> started(Options options, Handler handler) {
    auto server = Server::start(std::move(options), std::move(handler));
    EXPECT_TRUE(server) << server.error().message();
    return std::move(*server);
}

inline std::unique_ptr<Server> started(Handler handler) {
    return started(Options{}, std::move(handler));
}

/// What a server told its owner and no client.
class Told {
public:
    Options options() {
        Options made;
        made.on_error = [this](const Error& error) {
            const std::lock_guard lock{mutex_};
            messages_.push_back(error.message());
        };
        return made;
    }
    std::vector<std::string> messages() {
        const std::lock_guard lock{mutex_};
        return messages_;
    }

private:
    std::mutex mutex_;
    std::vector<std::string> messages_;
};

/// Opens once; who waits before goes on then.
class Gate {
public:
    void open() {
        const std::lock_guard lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }
    /// False: not within ten seconds.
    bool wait() {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
};

inline bool wait_stopped(const std::stop_token& stop) {
    for (int i = 0; i < 1000 && !stop.stop_requested(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return stop.stop_requested();
}

}  // namespace ds::http::testing
