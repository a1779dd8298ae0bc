#include "engines/postgres/tools/tools.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "sys/process.hpp"

namespace ds::engines::postgres {
namespace {

namespace fs = std::filesystem;

// A directory with more entries is somebody's home, not a place of programs.
constexpr std::size_t entries_max = 200;

std::vector<fs::path> subdirectories(const fs::path& parent) {
    std::vector<fs::path> found;
    std::error_code problem;
    for (fs::directory_iterator at{parent, problem}, end; !problem && at != end;
         at.increment(problem)) {
        if (found.size() == entries_max) break;
        std::error_code unreadable;
        if (at->is_directory(unreadable)) found.push_back(at->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
}

void add_versions_below(const fs::path& parent, std::vector<fs::path>& to) {
    for (const auto& version : subdirectories(parent)) {
        if (!is_number(version.filename().string())) continue;
        to.push_back(version / "bin");
        for (const auto& build : subdirectories(version)) to.push_back(build / "bin");
    }
}

// In order of preference.
std::vector<fs::path> candidate_directories(const std::vector<std::string>& asked) {
    std::vector<fs::path> all;
    auto given = asked;
    if (const char* set = std::getenv("DUMPSTATION_PG_DIRS"); set != nullptr) {
        for (auto& item : split(set, ':')) given.push_back(std::move(item));
    }
    for (const auto& item : given) {
        if (item.empty()) continue;
        all.emplace_back(item);
        all.push_back(fs::path{item} / "bin");
        add_versions_below(item, all);
        add_versions_below(fs::path{item} / "pg", all);
    }
    add_versions_below("/usr/lib/postgresql", all);  // Debian, Ubuntu
    for (const auto& entry : subdirectories("/usr")) {
        if (entry.filename().string().starts_with("pgsql-"))
            all.push_back(entry / "bin");  // Red Hat, SUSE
    }
    for (const auto* fixed :
         {"/usr/local/pgsql/bin", "/usr/libexec/postgresql", "/opt/homebrew/bin"}) {
        all.emplace_back(fixed);
    }
    for (const auto& entry : subdirectories("/opt/homebrew/opt")) {
        if (entry.filename().string().starts_with("postgresql@")) all.push_back(entry / "bin");
    }
    const char* path = std::getenv("PATH");
    for (const auto& item : split(path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin", ':')) {
        if (item.starts_with("/")) all.emplace_back(item);
    }
    return all;
}

// Debian's /usr/bin/pg_dump chooses a version by rules of its own.
bool is_wrapper(const fs::path& program) {
    std::error_code problem;
    return fs::canonical(program, problem).filename() == "pg_wrapper";
}

Result<Tool> ask(const fs::path& program, const std::stop_token& stop) {
    sys::Command command;
    command.arguments = {program.string(), "--version"};
    command.environment = sys::clean_environment();
    DS_TRY(const auto done, sys::run_command(command, 4096, stop));
    const std::string_view output = done.output;
    Tool tool{program, 0, printable(trimmed(output.substr(0, output.find('\n'))))};
    DS_TRY(tool.major, major_of(tool.version));
    return tool;
}

// Asking costs a process each; programs change only with an upgrade.
Result<Tool> ask_once(const fs::path& program, const std::stop_token& stop) {
    static std::mutex mutex;
    static std::map<fs::path, std::pair<fs::file_time_type, Tool>> known;
    std::error_code problem;
    const auto changed = fs::last_write_time(program, problem);
    {
        const std::lock_guard lock{mutex};
        const auto found = known.find(program);
        if (found != known.end() && found->second.first == changed) return found->second.second;
    }
    DS_TRY(auto tool, ask(program, stop));
    const std::lock_guard lock{mutex};
    known[program] = {changed, tool};
    return tool;
}

std::string wanted(std::string_view program, int major, Fit fit) {
    return fit == Fit::exact ? fmt::format("{} of PostgreSQL {} is needed", program, major)
                             : fmt::format("{} {} or newer is needed", program, major);
}

Error missing(std::string_view program, int major, Fit fit, const std::vector<int>& majors) {
    std::vector<std::string> names;
    for (const int found : majors) names.push_back(std::to_string(found));
    const bool client = program.starts_with("pg_dump") || program == "pg_restore" ||
                        program == "psql" || program == "pg_amcheck";
    return fail(
        Code::unsupported,
        fmt::format("{}; found: {}", wanted(program, major, fit),
                    names.empty() ? "none" : join(names, ", ")),
        fmt::format(
            "apt-get install postgresql-{}{}, or name its directory in DUMPSTATION_PG_DIRS.",
            client ? "client-" : "", major));
}

}  // namespace

Result<int> major_of(std::string_view line) {
    const auto mark = line.find("(PostgreSQL) ");
    const auto digits =
        mark == std::string_view::npos ? std::string_view{} : line.substr(mark + 13);
    const auto number =
        parse_unsigned(digits.substr(0, digits.find_first_not_of("0123456789")), "version");
    if (!number || *number < 8 || *number > 999) {
        return fail(Code::unsupported,
                    fmt::format("not a PostgreSQL program: '{}'", printable(line, 100)));
    }
    return static_cast<int>(*number);
}

Result<Tool> find_tool(std::string_view program, int major, Fit fit,
                       const std::vector<std::string>& directories, const std::stop_token& stop) {
    std::optional<Tool> best;
    std::vector<int> majors;
    for (const auto& directory : candidate_directories(directories)) {
        const auto path = directory / program;
        if (::access(path.c_str(), X_OK) != 0 || fs::is_directory(path) || is_wrapper(path))
            continue;
        auto tool = ask_once(path, stop);
        if (stop.stop_requested()) return fail(Code::cancelled, "stopped");
        // One that does not start (another machine's, a missing library) is as good as absent.
        if (!tool) continue;
        if (tool->major == major) return tool;
        if (std::find(majors.begin(), majors.end(), tool->major) == majors.end())
            majors.push_back(tool->major);
        if (fit == Fit::exact || tool->major < major) continue;
        if (!best || tool->major < best->major) best = std::move(*tool);
    }
    if (best) return std::move(*best);
    std::sort(majors.begin(), majors.end());
    return missing(program, major, fit, majors);
}

}  // namespace ds::engines::postgres
