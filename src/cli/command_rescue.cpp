#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/keys.hpp"
#include "cli/progress.hpp"
#include "cli/stores.hpp"
#include "jobs/rescue/rescue.hpp"

namespace ds::cli {
namespace {

Result<jobs::RescueReport> run_rescue(const RescueOptions& options, const Session& session) {
    jobs::RescueOrder order;
    order.signers = options.signers;
    order.manifests_only = options.manifests_only;
    order.into = sys::fs::absolute(options.into);
    DS_TRY(order.identities, identities_of(options.keys));
    ShownProgress progress{session.console, session.progress_style()};
    const sys::Run run{session.stop, sys::system_clock(), progress};
    std::vector<std::unique_ptr<stores::Store>> opened;
    for (const auto& url : options.stores) {
        DS_TRY(auto store, open_existing(url, run));
        order.stores.push_back({url, store.get()});
        opened.push_back(std::move(store));
    }
    return jobs::rescue(order, run);
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", human_count(count), count == 1 ? one : many);
}

void tell_organization(const jobs::RescuedOrganization& one, const Console& console) {
    console.line();
    console.line("  " + console.bold(printable(one.name, 100)));
    console.line(fmt::format("    {}, {}, {}, {}", counted(one.servers, "server", "servers"),
                             counted(one.databases, "database", "databases"),
                             counted(one.stores, "store", "stores"),
                             counted(one.users, "user", "users")));
    console.line(fmt::format("    {}, {} in its history", counted(one.backups, "backup", "backups"),
                             counted(one.runs, "run", "runs")));
    if (one.catalog.empty()) {
        console.line("    from the backups alone: there was no catalog");
        return;
    }
    console.line(fmt::format("    from the catalog of {}, in {}", one.catalog, one.store));
    console.line("    signed by " + printable(one.signer, 100));
    for (const auto& plan : one.plans) {
        console.line(fmt::format("    plan {}: paused{}", printable(plan.name, 100),
                                 plan.was_paused ? ", as it was" : ""));
    }
}

void tell_stores(const jobs::RescueReport& report, const Console& console) {
    console.line();
    if (report.backups_added > 0) {
        console.line("  " + counted(report.backups_added, "backup was", "backups were") +
                     " in a store and in no catalog, and got a row.");
    }
    if (report.copies_added > 0) {
        console.line("  " + counted(report.copies_added, "copy was", "copies were") +
                     " there although the catalog did not say so.");
    }
    if (report.copies_missing > 0) {
        console.line(fmt::format("  {} {} that the catalog lists {} not in the store any more.",
                                 console.tick(false),
                                 counted(report.copies_missing, "copy", "copies"),
                                 report.copies_missing == 1 ? "is" : "are"));
    }
    for (const auto& damage : report.damages)
        console.line(fmt::format("  {} {}", console.tick(false), printable(damage)));
}

bool has_users(const jobs::RescueReport& report) {
    for (const auto& one : report.organizations) {
        if (one.users > 0) return true;
    }
    return false;
}

void tell_next(const jobs::RescueReport& report, const std::string& into, const Console& console) {
    console.line();
    console.line(
        "Every plan is paused: if the old server still lives, two would back up and prune "
        "the same stores.");
    console.line();
    console.line(console.bold("Next"));
    console.line("  1. Make sure that the old server is off and stays off.");
    console.line("  2. dumpstation serve --state " + shell_quoted(into));
    console.line(has_users(report)
                     ? "  3. Sign in as before, with the old password: dumpstation login URL"
                     : "  3. Make an administrator: serve prints how.");
    console.line("  4. Prove a backup: dumpstation backups verify NAME --level 4 --wait");
    console.line("  5. Resume the plans: dumpstation plan resume NAME");
    console.line("     From then on this server keeps its catalog in the stores again.");
}

}  // namespace

ExitStatus rescue(const RescueOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto report = run_rescue(options, session);
    if (!report) return console.error(report.error());
    const auto into = sys::fs::absolute(options.into).string();
    console.result(json::bj::object{{"into", into}, {"rescue", json::to_value(*report)}});
    console.line(fmt::format("{} A server was rebuilt in {}", console.tick(true), into));
    for (const auto& one : report->organizations) tell_organization(one, console);
    tell_stores(*report, console);
    tell_next(*report, into, console);
    for (const auto& note : report->notes) console.note(printable(note, 1000));
    if (options.signers.empty() && !options.manifests_only) {
        console.note(
            "compare the signer with your recovery sheet (or say --signer): whoever may "
            "write to a store can put a catalog there that your key opens");
    }
    return report->damages.empty() && report->copies_missing == 0 ? ExitStatus::done
                                                                  : ExitStatus::partly;
}

}  // namespace ds::cli
