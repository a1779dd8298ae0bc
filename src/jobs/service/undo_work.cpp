#include "engines/all.hpp"
#include "jobs/service/opened.hpp"
#include "jobs/service/replacement.hpp"
#include "jobs/service/work.hpp"

namespace ds::jobs {
namespace {

struct Ground {
    model::Replacement back;   // what comes back
    model::Replacement aside;  // what is there now, and kept in its turn
    model::Server server;
};

Result<Ground> read_ground(catalog::Session& session, const model::Run& order, catalog::Time now) {
    Ground ground;
    DS_TRY(ground.back, way_back_of(session, order.organization, order.order.undoes, now));
    DS_TRY(ground.server, catalog::servers.get(session, order.organization, ground.back.server));
    DS_TRY(ground.aside, expect_replacement(session, order, ground.back.server, ground.back.name,
                                            ground.back.keep_hours, now));
    return ground;
}

}  // namespace

Result<Outcome> undo_work(const Office& office, const model::Run& order, const sys::Run& run) {
    const auto now = office.now();
    DS_TRY(auto ground, office.catalog.write([&](catalog::Session& session) {
        return read_ground(session, order, now);
    }));
    DS_TRY(const auto url, database_url(office, ground.server, ground.back.name));
    DS_TRY(auto* engine, engines::engine_for_url(url.reveal()));
    run.progress.step("swap");
    const auto until = now + std::chrono::hours{ground.back.keep_hours};
    DS_TRY(const auto kept_as,
           engine->swap_back({url, ground.back.run, {order.id, now, until}}, run));
    Outcome outcome;
    outcome.record = [ground, kept_as, &office](catalog::Session& session) -> Status {
        auto back = ground.back;
        back.state = model::ReplacementState::returned;
        back.changed = rfc3339(office.now());
        DS_DO(catalog::replacements.update(session, back));
        return settle_replacement(session, ground.aside, kept_as, office.now());
    };
    return outcome;
}

}  // namespace ds::jobs
