#include "jobs/restore.hpp"
#include "jobs/service/opened_copy.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {

Result<Outcome> restore_work(const Office& office, const model::Run& order, const sys::Run& run) {
    DS_TRY(const auto copy, open_copy(office, order, run));
    DS_TRY(const auto server, office.catalog.read([&](catalog::Session& session) {
        return catalog::servers.get(session, order.organization, order.order.into_server);
    }));
    RestoreOrder restore_order;
    DS_TRY(restore_order.restore.into, database_url(office, server, order.order.into_database));
    restore_order.restore.tool_dirs = tool_dirs_of(office, server);
    restore_order.restore.tables = order.order.tables;
    restore_order.restore.replace = order.order.replace;
    restore_order.identities = copy.identities;
    DS_TRY(const auto outcome, restore(restore_order, *copy.store, copy.stored, run));
    for (const auto& note : outcome.report.notes) run.progress.warn(note);
    return Outcome{};
}

}  // namespace ds::jobs
