#pragma once

#include "model/record.hpp"

namespace ds::model {

enum class RunKind { backup, restore, verify, prune };
BOOST_DESCRIBE_ENUM(RunKind, backup, restore, verify, prune)

enum class RunState { queued, running, succeeded, partly, failed, cancelled, interrupted };
BOOST_DESCRIBE_ENUM(RunState, queued, running, succeeded, partly, failed, cancelled, interrupted)

enum class Trigger { schedule, catch_up, manual, retry, heal };
BOOST_DESCRIBE_ENUM(Trigger, schedule, catch_up, manual, retry, heal)

struct RunProgress {
    std::string step;
    std::uint64_t bytes_expected = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
};
BOOST_DESCRIBE_STRUCT(RunProgress, (), (step, bytes_expected, bytes_in, bytes_out))

/// What a run is to do; which fields count depends on its kind.
struct RunOrder {
    std::string backup;               // restore, verify
    std::string store;                // restore, verify: from which copy; prune: where
    std::uint64_t level = 0;          // verify
    std::string into_server;          // restore
    std::string into_database;        // restore
    std::vector<std::string> tables;  // restore: only these
    bool replace = false;             // restore
};
BOOST_DESCRIBE_STRUCT(RunOrder, (),
                      (backup, store, level, into_server, into_database, tables, replace))

/// One execution of a job. `lease_*` say which server works on it, and until when that is believed.
struct Run : Record {
    RunKind kind = RunKind::backup;
    RunState state = RunState::queued;
    Trigger trigger = Trigger::manual;
    std::string plan;
    std::string database;
    std::string server;
    RunOrder order;
    std::string scheduled_for;  // of a scheduled run: the moment its plan named
    std::string not_before;     // a retry waits until then
    std::uint64_t attempt = 1;
    std::uint64_t attempts_max = 1;
    std::string started;
    std::string finished;
    std::string lease_owner;
    std::string lease_until;
    bool cancel_requested = false;
    RunProgress progress;
    std::vector<std::string> stores;  // that it reads or writes, as entered
    std::uint64_t memory_bytes = 0;   // what it needs at most, as entered
    std::string place;       // "source/id" under which a backup run stores, until it has ended
    std::string backup;      // what a backup run left
    std::string error;       // one line, without secrets
    std::string error_code;  // "unavailable"
    std::string hint;
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(Run, (Record),
                      (kind, state, trigger, plan, database, server, order, scheduled_for,
                       not_before, attempt, attempts_max, started, finished, lease_owner,
                       lease_until, cancel_requested, progress, stores, memory_bytes, place, backup,
                       error, error_code, hint, warnings))

/// A line of a run's log.
struct LogLine : Record {
    std::string run;
    std::string level;  // "info", "warning", "error"
    std::string text;
};
BOOST_DESCRIBE_STRUCT(LogLine, (Record), (run, level, text))

}  // namespace ds::model
