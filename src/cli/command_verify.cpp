#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/keys.hpp"
#include "cli/progress.hpp"
#include "cli/stores.hpp"
#include "cli/told.hpp"
#include "jobs/verify.hpp"

namespace ds::cli {
namespace {

Result<jobs::VerifyReport> run_verify(const VerifyOptions& options, const Session& session) {
    jobs::VerifyOrder order;
    order.level = options.level;
    order.trusted_signers = options.signers;
    order.tool_dirs = session.common.tool_dirs;
    order.state = session.state();
    DS_TRY(order.identities, identities_of(options.keys));
    ShownProgress progress{session.console, session.progress_style()};
    const sys::Run run{session.stop, sys::system_clock(), progress};
    DS_TRY(const auto chosen, choose(options.backup, run));
    return jobs::verify(order, *chosen.store, chosen.backup, run);
}

}  // namespace

std::string_view level_name(int level) {
    switch (level) {
        case 1: return "stored intact";
        case 2: return "structurally valid";
        case 3: return "restores";
        case 4: return "equal to the source";
        default: return "not verified";
    }
}

void tell_proof(const jobs::VerifyReport& report, const Console& console) {
    for (const auto& damage : report.damages) {
        console.line(fmt::format("  {} {}: {}: {}", console.tick(false), damage.object,
                                 boost::describe::enum_to_string(damage.kind, "damaged"),
                                 printable(damage.detail)));
    }
    for (const auto& check : report.checks) {
        console.line(
            fmt::format("  {} {}{}{}", console.tick(check.ok), check.name,
                        check.compared > 0 ? fmt::format(" ({})", human_count(check.compared)) : "",
                        check.detail.empty() ? "" : ": " + printable(check.detail, 1000)));
    }
    for (const auto& note : report.notes) console.note(note);
}

ExitStatus verify(const VerifyOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto report = run_verify(options, session);
    if (!report) return console.error(report.error());
    console.result(json::bj::object{{"backup", report->manifest.name},
                                    {"id", report->manifest.id},
                                    {"level_asked", options.level},
                                    {"level", report->level},
                                    {"ok", !report->damaged()},
                                    {"damages", json::to_value(report->damages)},
                                    {"checks", json::to_value(report->checks)},
                                    {"notes", json::to_value(report->notes)},
                                    {"bytes_read", report->bytes_read},
                                    {"milliseconds", report->duration.count()}});
    console.line(console.bold(report->manifest.name));
    tell_proof(*report, console);
    if (report->damaged()) {
        console.line(fmt::format("  {} after {}", console.bad("damaged or different"),
                                 human_duration(report->duration)));
        return ExitStatus::damage;
    }
    console.line(fmt::format("  {} level {}: {}, in {}", console.good("proven"), report->level,
                             level_name(report->level), human_duration(report->duration)));
    return ExitStatus::done;
}

}  // namespace ds::cli
