#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>

namespace ds::stream {

/// A bounded hand-over between two threads. The bound is the back-pressure: a fast producer waits
/// here instead of filling memory.
template <class T>
class Handoff {
public:
    explicit Handoff(std::size_t slots) : slots_{slots} {}

    /// Waits for room. False means the consumer is gone or `stop` fired: stop producing.
    bool push(T item, std::stop_token stop = {}) {
        std::unique_lock lock{mutex_};
        const bool room =
            changed_.wait(lock, stop, [&] { return closed_ || items_.size() < slots_; });
        if (!room || closed_) return false;
        items_.push_back(std::move(item));
        changed_.notify_all();
        return true;
    }

    /// Waits for an item. Empty means the producer finished and all was taken, or `stop` fired.
    std::optional<T> pop(std::stop_token stop = {}) {
        std::unique_lock lock{mutex_};
        if (!changed_.wait(lock, stop, [&] { return closed_ || !items_.empty(); }) ||
            items_.empty())
            return {};
        std::optional<T> item{std::move(items_.front())};
        items_.pop_front();
        changed_.notify_all();
        return item;
    }

    /// No more pushes; what is queued can still be popped.
    void close() {
        const std::lock_guard lock{mutex_};
        closed_ = true;
        changed_.notify_all();
    }

    /// Closes and drops what is queued: the consumer gave up.
    void abandon() {
        const std::lock_guard lock{mutex_};
        closed_ = true;
        items_.clear();
        changed_.notify_all();
    }

private:
    const std::size_t slots_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<T> items_;
    bool closed_ = false;
};

}  // namespace ds::stream
