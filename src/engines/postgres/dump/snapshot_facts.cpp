#include "engines/postgres/dump/snapshot_facts.hpp"

#include <functional>

#include <pthread.h>

#include "base/guarded.hpp"

namespace ds::engines::postgres {

SnapshotFacts::SnapshotFacts(std::unique_ptr<Connection> connection, Facts begun,
                             const sys::Run& run)
    : connection_{std::move(connection)},
      facts_{std::move(begun)},
      thread_{[this](const std::stop_token& stop) {
          ::pthread_setname_np(::pthread_self(), "pg-facts");
          connection_->set_stop(stop);
          auto status = guarded([&] { return read(stop); });
          const std::lock_guard lock{mutex_};
          status_ = std::move(status);
      }},
      on_stop_{run.stop, [this] { thread_.request_stop(); }} {}

SnapshotFacts::~SnapshotFacts() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void SnapshotFacts::tables_are_locked() {
    const std::lock_guard lock{mutex_};
    locked_ = true;
    changed_.notify_all();
}

Status SnapshotFacts::problem() {
    const std::lock_guard lock{mutex_};
    return status_;
}

Status SnapshotFacts::read(const std::stop_token& stop) {
    DS_DO(read_objects(*connection_, facts_));
    {
        std::unique_lock lock{mutex_};
        if (!changed_.wait(lock, stop, [&] { return locked_; }))
            return fail(Code::cancelled, "stopped");
    }
    return count_rows(*connection_, facts_);
}

Result<Facts> SnapshotFacts::finish() {
    thread_.join();
    DS_DO(status_);
    return std::move(facts_);
}

}  // namespace ds::engines::postgres
