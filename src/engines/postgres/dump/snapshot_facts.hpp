#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "engines/postgres/facts/facts.hpp"
#include "sys/run.hpp"

namespace ds::engines::postgres {

/// Reads the facts inside the snapshot that pg_dump uses, on a thread of its own while the dump
/// flows. Keeps the transaction that owns the snapshot open until it is destroyed.
class SnapshotFacts {
public:
    /// `begun` has what is known already (database, sequences, tables).
    SnapshotFacts(std::unique_ptr<Connection> connection, Facts begun, const sys::Run& run);
    /// Stops the reading if it still goes on.
    ~SnapshotFacts();

    /// pg_dump holds its locks: tables can neither vanish nor be locked against us any more.
    void tables_are_locked();
    /// Why the reading failed, if it did so far: then the dump need not go on.
    Status problem();
    /// Waits for the end of the reading. Called once.
    Result<Facts> finish();

private:
    std::unique_ptr<Connection> connection_;
    Facts facts_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool locked_ = false;
    Status status_;
    std::jthread thread_;
    std::stop_callback<std::function<void()>> on_stop_;

    Status read(const std::stop_token& stop);
};

}  // namespace ds::engines::postgres
