#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ds::http {

/// Threads that are started when there is work for them, and a bounded queue before them.
class Pool {
public:
    /// `name` is for the system's tools: at most 15 bytes.
    Pool(std::string name, std::size_t threads_max, std::size_t queue_max);
    ~Pool();  // ends what is queued, then the threads
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// False: all threads are busy and the queue is full. Tasks do not throw.
    bool submit(std::function<void()> task);

private:
    void work();
    bool add_thread();

    const std::string name_;
    const std::size_t threads_max_;
    const std::size_t queue_max_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    std::vector<std::thread> threads_;
    std::size_t free_ = 0;  // threads without a task
    bool ending_ = false;
};

}  // namespace ds::http
