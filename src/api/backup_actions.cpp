#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/run_orders.hpp"
#include "catalog/run_queue.hpp"
#include "jobs/service/holding.hpp"
#include "jobs/service/opened_copy.hpp"
#include "jobs/service/settings.hpp"

namespace ds::api {

struct VerifyQuestion {
    std::uint64_t level = 4;
    std::string store;  // "": any good copy
};
BOOST_DESCRIBE_STRUCT(VerifyQuestion, (), (level, store))

struct CopiesAnswer {
    std::vector<std::string> copies;  // their ids
    std::string remove_after;         // "": they stay
};
BOOST_DESCRIBE_STRUCT(CopiesAnswer, (), (copies, remove_after))

namespace {

Result<model::Backup> backup_of(catalog::Session& session, const Call& call) {
    return catalog::backups.get(session, call.caller.organization, call.id());
}

Result<Reply> verify(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<VerifyQuestion>(call));
    if (question.level < 1 || question.level > 4) return fail(Code::invalid, "level: from 1 to 4");
    auto run = run_by_hand(services, call.caller, model::RunKind::verify);
    DS_DO(services.read([&](catalog::Session& session) -> Status {
        DS_TRY(const auto backup, backup_of(session, call));
        run.plan = backup.plan;
        run.database = backup.database;
        run.order.backup = backup.id;
        const auto copy = jobs::choose_copy(session, backup.organization, backup.id, question.store,
                                            jobs::Damaged::allowed);
        return copy ? Status{} : Status{copy.error()};
    }));
    run.order.store = question.store;
    run.order.level = question.level;
    return enter(services, run);
}

/// By hand everything may go but what is pinned or locked.
Status check_removable(const model::Backup& backup, catalog::Time now) {
    if (backup.pinned) return fail(Code::conflict, "it is pinned", "Unpin it first.");
    if (backup.locked_until > rfc3339(now))
        return fail(Code::conflict, "it is locked until " + backup.locked_until);
    return {};
}

Status enter_pruning(catalog::Session& session, const model::Backup& backup, catalog::Time now,
                     const std::string& not_before) {
    model::Run prune;
    catalog::begin_record(prune, backup.organization, now);
    prune.kind = model::RunKind::prune;
    prune.plan = backup.plan;
    prune.database = backup.database;
    prune.not_before = not_before;
    return catalog::enqueue(session, prune);
}

/// Moves a backup's copies from one state to the other.
Result<Reply> move_copies(const Services& services, const Call& call, model::CopyState from,
                          model::CopyState to) {
    CopiesAnswer answer;
    const bool remove = to == model::CopyState::condemned;
    const auto now = services.now();
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(auto backup, backup_of(session, call));
        if (remove) {
            DS_DO(check_removable(backup, now));
            DS_TRY(const auto grace,
                   jobs::prune_grace_of(session, services.office, backup.organization));
            answer.remove_after = rfc3339(now + grace);
        }
        DS_TRY(auto copies, catalog::copies.select(
                                session, "WHERE organization = ? AND backup = ? AND state = ?",
                                {backup.organization, backup.id,
                                 std::string{boost::describe::enum_to_string(from, "")}}));
        for (auto& copy : copies) {
            copy.state = to;
            copy.remove_after = answer.remove_after;
            copy.reason = remove ? std::string{jobs::by_hand} : std::string{"kept by hand"};
            copy.changed = rfc3339(now);
            DS_DO(catalog::copies.update(session, copy));
            answer.copies.push_back(copy.id);
        }
        if (answer.copies.empty())
            return fail(Code::conflict,
                        remove ? "it has no copy to remove" : "no copy of it is to go");
        if (remove) return enter_pruning(session, backup, services.now(), answer.remove_after);
        // Pinned, so that the rules do not take it again.
        backup.pinned = true;
        return catalog::backups.update(session, backup);
    }));
    services.events.changed(call.caller.organization, "backup", call.id());
    return Reply{200, json::to_value(answer), {}, {}};
}

}  // namespace

void add_backup_actions(Router& router, const Services& services) {
    router.add(
        {"POST", "/api/v1/backups/{id}/verify", Scope::operate, "backups",
         "Prove a backup: level 1 it is whole, 2 it can be read, 3 it restores, 4 it is equal",
         asked(shape<VerifyQuestion>()), run_shape(), 202, false,
         [&services](const Call& call) { return verify(services, call); }});
    router.add({"POST",
                "/api/v1/backups/{id}/remove",
                Scope::administer,
                "backups",
                "Let a backup go after the grace time",
                {},
                shape<CopiesAnswer>(),
                200,
                false,
                [&services](const Call& call) {
                    return move_copies(services, call, model::CopyState::complete,
                                       model::CopyState::condemned);
                }});
    router.add({"POST",
                "/api/v1/backups/{id}/keep",
                Scope::operate,
                "backups",
                "Keep a backup that was to go, and pin it",
                {},
                shape<CopiesAnswer>(),
                200,
                false,
                [&services](const Call& call) {
                    return move_copies(services, call, model::CopyState::condemned,
                                       model::CopyState::complete);
                }});
}

}  // namespace ds::api
