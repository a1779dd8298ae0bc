#pragma once

#include <optional>

#include "cli/commands.hpp"
#include "cli/remote.hpp"
#include "model/run_record.hpp"

namespace ds::cli {

/// A run, as far as it is told about.
struct RunRow {
    std::string id;
    model::RunKind kind = model::RunKind::backup;
    model::RunState state = model::RunState::queued;
    std::string plan, database;
    std::string created, started, finished;
    model::RunProgress progress;
    std::string backup;
    std::string error, error_code, hint;
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(RunRow, (),
                      (id, kind, state, plan, database, created, started, finished, progress,
                       backup, error, error_code, hint, warnings))

bool is_over(model::RunState state);
std::string state_name(model::RunState state);
std::string kind_name(model::RunKind kind);
/// Which status a command ends with that waited for this run.
ExitStatus exit_status_of(const RunRow& run);

/// Shows how far the run is until it is over. Code::cancelled when the user does not want to wait
/// any more, nothing when `wait_max` is over (0: as long as it takes); the run goes on then.
Result<std::optional<json::Value>> watch_run(Remote& remote, const std::string& id,
                                             std::chrono::seconds wait_max, const Session& session);

/// What runs were started: only that, or with --wait how they end. Tells it, and returns the status
/// to exit with.
ExitStatus tell_started(Remote& remote, const std::vector<std::string>& ids, const WaitChoice& wait,
                        const Session& session);

}  // namespace ds::cli
