#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/keys.hpp"
#include "cli/progress.hpp"
#include "cli/stores.hpp"
#include "engines/all.hpp"
#include "jobs/backup.hpp"

namespace ds::cli {
namespace {

struct CopyShown {
    std::string location;
    bool ok = false;
    std::optional<std::string> code, error, hint;
};
BOOST_DESCRIBE_STRUCT(CopyShown, (), (location, ok, code, error, hint))

std::vector<CopyShown> shown(const std::vector<archive::Copy>& copies) {
    std::vector<CopyShown> all;
    for (const auto& copy : copies) {
        auto& one = all.emplace_back(CopyShown{copy.location, !copy.error, {}, {}, {}});
        if (!copy.error) continue;
        one.code = std::string{name_of(copy.error->code())};
        one.error = copy.error->message();
        if (!copy.error->hint().empty()) one.hint = copy.error->hint();
    }
    return all;
}

void tell(const jobs::BackupReport& report, const Console& console) {
    const auto& m = report.manifest;
    const auto& s = m.summary;
    console.line(console.bold(m.name));
    const bool whole_cluster = m.method == "physical";
    console.line(fmt::format(
        "  {} on {} {}: {}", printable(s.database, 100), m.engine, printable(s.server_version, 40),
        whole_cluster
            ? human_bytes(s.database_bytes) + " of files"
            : fmt::format("{} tables, {} rows", human_count(s.tables), human_count(s.rows))));
    const auto ratio = static_cast<double>(m.plain_bytes()) /
                       static_cast<double>(std::max<std::uint64_t>(1, m.stored_bytes()));
    console.line(fmt::format("  {} read, {} stored ({:.1f} : 1), {}, in {}",
                             human_bytes(m.plain_bytes()), human_bytes(m.stored_bytes()), ratio,
                             m.sealed() ? fmt::format("encrypted to {} key{}", m.recipients.size(),
                                                      m.recipients.size() == 1 ? "" : "s")
                                        : "not encrypted",
                             human_duration(report.duration)));
    for (const auto& copy : report.copies) {
        console.line(fmt::format("  {} {}{}", console.tick(!copy.error), copy.location,
                                 copy.error ? ": " + printable(copy.error->message(), 500) : ""));
        if (copy.error && !copy.error->hint().empty())
            console.line("    hint: " + printable(copy.error->hint(), 500));
    }
    if (report.swept > 0)
        console.note(
            fmt::format("{} leftovers of interrupted runs were removed first", report.swept));
    for (const auto& note : report.notes) console.note(note);
}

Result<jobs::BackupReport> run_backup(const BackupOptions& options, const Session& session) {
    DS_TRY(auto* engine, engines::engine_for_url(options.url));
    jobs::BackupOrder order;
    order.dump = {Secret{options.url}, session.common.tool_dirs, options.lock_wait_seconds,
                  options.physical ? engines::Method::physical : engines::Method::logical};
    DS_TRY(order.recipe.compression, codec::Compression::parse(options.compression));
    DS_TRY(order.recipe.recipients, recipients_of(options));
    order.state = session.state();
    ShownProgress progress{session.console, session.progress_style()};
    const sys::Run run{session.stop, sys::system_clock(), progress};
    std::vector<std::unique_ptr<stores::Store>> stores;
    for (const auto& url : options.to) {
        DS_TRY(auto store, stores::open_store(url, run));
        order.stores.push_back(stores.emplace_back(std::move(store)).get());
    }
    return jobs::back_up(order, *engine, run);
}

}  // namespace

ExitStatus backup(const BackupOptions& options, const Session& session) {
    const auto report = run_backup(options, session);
    if (!report) return session.console.error(report.error());
    session.console.result(
        json::bj::object{{"status", report->everywhere() ? "succeeded" : "partly"},
                         {"backup", json::to_value(report->manifest)},
                         {"copies", json::to_value(shown(report->copies))},
                         {"swept", report->swept},
                         {"notes", json::to_value(report->notes)},
                         {"milliseconds", report->duration.count()}});
    tell(*report, session.console);
    return report->everywhere() ? ExitStatus::done : ExitStatus::partly;
}

}  // namespace ds::cli
