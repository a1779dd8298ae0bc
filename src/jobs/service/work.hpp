#pragma once

#include <functional>
#include <optional>

#include "jobs/service/office.hpp"

/// One function per kind of run: reads what it needs from the catalog, does the work, and says
/// what is to be written with the run's end.
namespace ds::jobs {

struct Outcome {
    model::RunState state = model::RunState::succeeded;  // succeeded or partly
    std::string backup;  // what the run left: a backup, or what a restore took first
    std::string error;   // of a partly done run: what is missing
    std::string hint;
    /// Rows that belong to the outcome; written in the transaction that ends the run.
    std::function<Status(catalog::Session&)> record;
};

Result<Outcome> backup_work(const Office& office, const model::Run& order, const sys::Run& run);
Result<Outcome> restore_work(const Office& office, const model::Run& order, const sys::Run& run);
Result<Outcome> verify_work(const Office& office, const model::Run& order, const sys::Run& run);
Result<Outcome> undo_work(const Office& office, const model::Run& order, const sys::Run& run);
Result<Outcome> prune_work(const Office& office, const model::Run& order, const sys::Run& run);

/// Chooses by kind.
Result<Outcome> do_work(const Office& office, const model::Run& order, const sys::Run& run);

}  // namespace ds::jobs
