#include "http/pool.hpp"

#include <system_error>

#include <pthread.h>

namespace ds::http {

Pool::Pool(std::string name, std::size_t threads_max, std::size_t queue_max)
    : name_{std::move(name)}, threads_max_{threads_max}, queue_max_{queue_max} {}

Pool::~Pool() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool Pool::submit(std::function<void()> task) {
    {
        const std::lock_guard lock{mutex_};
        const bool all_taken = tasks_.size() >= free_;
        const bool added = all_taken && threads_.size() < threads_max_ && add_thread();
        if (threads_.empty() || (all_taken && !added && tasks_.size() - free_ >= queue_max_)) {
            return false;
        }
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
    return true;
}

/// False when the system gives no more threads: then the ones there are do the work.
bool Pool::add_thread() {
    try {
        threads_.emplace_back([this] { work(); });
        ++free_;
        return true;
    } catch (const std::system_error&) {
        return false;
    }
}

void Pool::work() {
    ::pthread_setname_np(::pthread_self(), name_.c_str());
    std::unique_lock lock{mutex_};
    for (;;) {
        wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        --free_;
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
        ++free_;
    }
}

}  // namespace ds::http
