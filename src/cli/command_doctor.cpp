#include <fmt/format.h>

#include "archive/signer.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::cli {
namespace {

constexpr int oldest_major = 12;
constexpr int newest_major = 18;

struct Finding {
    std::string name;
    bool ok = false;
    std::string detail;
    std::optional<std::string> hint;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (name, ok, detail, hint))

Finding finding(std::string name, const Error& error) {
    Finding one{std::move(name), false, error.message(), {}};
    if (!error.hint().empty()) one.hint = error.hint();
    return one;
}

Finding state_directory(const Session& session) {
    const auto key = archive::own_signing_key(session.state());
    if (!key) return finding("state directory", key.error());
    return {
        "state directory", true, session.state().string() + ", signs as " + key->public_key(), {}};
}

/// Which servers can be dumped and restored with the tools that are here.
Finding client_tools(const Session& session) {
    using engines::postgres::Fit;
    std::vector<std::string> served;
    std::optional<Error> newest_error;
    for (int major = oldest_major; major <= newest_major; ++major) {
        const auto dump = engines::postgres::find_tool("pg_dump", major, Fit::same_or_newer,
                                                       session.common.tool_dirs);
        if (dump)
            served.push_back(fmt::format("{} with {}", major, dump->major));
        else
            newest_error = dump.error();
    }
    if (served.empty()) return finding("PostgreSQL client tools", *newest_error);
    Finding one{"PostgreSQL client tools", !newest_error, "servers " + join(served, ", "), {}};
    if (newest_error) one.hint = newest_error->message() + ". " + newest_error->hint();
    return one;
}

Finding proof_servers(const Session& session) {
    std::vector<std::string> majors;
    std::optional<Error> missing;
    for (int major = oldest_major; major <= newest_major; ++major) {
        const auto tool = engines::postgres::find_tool(
            "initdb", major, engines::postgres::Fit::exact, session.common.tool_dirs);
        if (tool)
            majors.push_back(std::to_string(major));
        else
            missing = tool.error();
    }
    if (majors.empty()) return finding("proof by restore (levels 3 and 4)", *missing);
    return {"proof by restore (levels 3 and 4)", true, "for servers " + join(majors, ", "), {}};
}

}  // namespace

ExitStatus doctor(const Session& session) {
    const auto& console = session.console;
    const std::vector<Finding> findings{state_directory(session), client_tools(session),
                                        proof_servers(session)};
    bool all = true;
    for (const auto& one : findings) all = all && one.ok;
    console.result(json::bj::object{{"ok", all}, {"findings", json::to_value(findings)}});
    for (const auto& one : findings) {
        console.line(
            fmt::format("{} {}: {}", console.tick(one.ok), one.name, printable(one.detail, 500)));
        if (one.hint) console.line("  hint: " + printable(*one.hint, 500));
    }
    return all ? ExitStatus::done : ExitStatus::failed;
}

ExitStatus version(const Session& session) {
    session.console.result(json::bj::object{{"version", DS_VERSION}});
    session.console.line("dumpstation " DS_VERSION);
    return ExitStatus::done;
}

}  // namespace ds::cli
