#include "jobs/service/work.hpp"

namespace ds::jobs {

Result<Outcome> do_work(const Office& office, const model::Run& order, const sys::Run& run) {
    switch (order.kind) {
        case model::RunKind::backup: return backup_work(office, order, run);
        case model::RunKind::restore: return restore_work(office, order, run);
        case model::RunKind::verify: return verify_work(office, order, run);
        case model::RunKind::undo: return undo_work(office, order, run);
        case model::RunKind::prune: return prune_work(office, order, run);
    }
    return fail(Code::internal, "a run of an unknown kind");
}

}  // namespace ds::jobs
