#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "catalog/sql/session.hpp"

namespace ds::catalog::sql {

/// A few connections, handed out one at a time. Thread-safe. All taken means wait, up to a limit;
/// then Code::unavailable.
class Pool {
public:
    using Open = std::function<Result<std::unique_ptr<Session>>()>;

    Pool(Open open, std::size_t sessions_max);

    /// Gives its session back when destroyed, unless the connection is lost.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Session> session)
            : pool_{&pool}, session_{std::move(session)} {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Session& operator*() const { return *session_; }
        Session* operator->() const { return session_.get(); }

    private:
        Pool* pool_;
        std::unique_ptr<Session> session_;
    };
    Result<Lease> take();

private:
    Open open_;
    const std::size_t sessions_max_;

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Session>> idle_;
    std::size_t open_count_ = 0;

    void give_back(std::unique_ptr<Session> session);
};

}  // namespace ds::catalog::sql
