#include "catalog/sql/pool.hpp"

#include <chrono>

namespace ds::catalog::sql {

namespace {
constexpr auto wait_max = std::chrono::seconds{30};
}

Pool::Pool(Open open, std::size_t sessions_max)
    : open_{std::move(open)}, sessions_max_{sessions_max} {}

Pool::Lease::~Lease() {
    if (session_) pool_->give_back(std::move(session_));
}

Result<Pool::Lease> Pool::take() {
    std::unique_lock lock{mutex_};
    const bool free = returned_.wait_for(
        lock, wait_max, [&] { return !idle_.empty() || open_count_ < sessions_max_; });
    if (!free) return fail(Code::unavailable, "catalog: all connections are busy", "Try again.");
    if (!idle_.empty()) {
        auto session = std::move(idle_.back());
        idle_.pop_back();
        return Lease{*this, std::move(session)};
    }
    ++open_count_;
    lock.unlock();
    auto opened = open_();
    if (opened) return Lease{*this, std::move(*opened)};
    give_back(nullptr);
    return std::move(opened.error());
}

void Pool::give_back(std::unique_ptr<Session> session) {
    const std::lock_guard lock{mutex_};
    if (session && session->usable()) {
        idle_.push_back(std::move(session));
    } else {
        --open_count_;
    }
    returned_.notify_one();
}

}  // namespace ds::catalog::sql
