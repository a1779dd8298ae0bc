#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "stores/all.hpp"
#include "stores/check.hpp"

namespace ds::cli {
namespace {

struct Shown {
    std::string name;
    bool ok = false;
    std::string detail;
    std::uint64_t milliseconds = 0;
};
BOOST_DESCRIBE_STRUCT(Shown, (), (name, ok, detail, milliseconds))

Result<std::vector<Shown>> run_check(stores::Store& store, const sys::Run& run) {
    // A store that cannot be reached at all is one clear error, not a page of them.
    DS_DO(store.list("dumpstation-check/", [](const stores::ObjectInfo&) -> Status { return {}; }));
    DS_TRY(const auto results, stores::check_store(store, run));
    std::vector<Shown> shown;
    for (const auto& one : results)
        shown.push_back({one.name, one.ok, one.detail, one.milliseconds});
    return shown;
}

}  // namespace

ExitStatus store_check(const std::string& url, const Session& session) {
    const auto& console = session.console;
    const sys::Run run{session.stop, sys::system_clock(), sys::no_progress()};
    const auto store = stores::open_store(url, run);
    if (!store) return console.error(store.error());
    const auto location = (*store)->traits().location;
    const auto results = run_check(**store, run);
    if (!results) return console.error(Error{results.error()}.while_doing(location));

    bool all = true;
    console.line(console.bold(location));
    for (const auto& one : *results) {
        all = all && one.ok;
        console.line(fmt::format("  {} {}{} {}", console.tick(one.ok), one.name,
                                 one.detail.empty() ? "" : ": " + printable(one.detail, 500),
                                 console.dim(fmt::format("({} ms)", one.milliseconds))));
    }
    console.line(all ? "  " + console.good("fit for backups")
                     : "  " + console.bad("do not trust backups to this store"));
    console.result(
        json::bj::object{{"store", location}, {"ok", all}, {"checks", json::to_value(*results)}});
    return all ? ExitStatus::done : ExitStatus::failed;
}

}  // namespace ds::cli
