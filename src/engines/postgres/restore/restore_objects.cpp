#include "engines/postgres/restore/restore_objects.hpp"

#include <algorithm>
#include <initializer_list>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t warnings_max = 50;
constexpr std::size_t script_bytes_max = 1 * GiB;

constexpr int timeout_since = 17;  // transaction_timeout

constexpr std::int32_t section_none = 1, section_data = 3;

bool is_any(const TocEntry& entry, std::initializer_list<std::string_view> of) {
    return std::find(of.begin(), of.end(), entry.desc) != of.end();
}

// `current` is the section of the last entry that has one: comments and labels follow their object.
bool is_before(const TocEntry& entry, std::int32_t current) {
    // These create the large objects, though they are of the section "data" since version 17.
    if (entry.desc == "BLOB METADATA") return true;
    if (is_any(entry, {"ACL", "DEFAULT ACL"})) return false;
    return current < section_data;
}

// Attaching an index locks the parent's index and the child's in another order than creating one
// does, of which pg_restore knows nothing: done at once they deadlock. And attached before its own
// parts are, a child leaves the parent's index invalid for good. So there is a step for them, in
// order.
std::size_t step_of(const TocEntry& entry, bool attaches) {
    if (!attaches || is_any(entry, {"INDEX", "CONSTRAINT"})) return 0;
    return entry.desc == "INDEX ATTACH" ? 1 : 2;
}

/// Files in memory that a pg_restore reads.
struct Input {
    sys::Fd archive, list;
};

Result<Input> input_of(const Toc& toc, const EntryIds& wanted) {
    Input input;
    DS_TRY(input.archive, sys::memory_file("toc", write_toc(toc)));
    std::string list;
    for (const auto id : wanted) list += fmt::format("{};\n", id);
    DS_TRY(input.list, sys::memory_file("list", view_of(list)));
    return input;
}

std::string path_of(const sys::Fd& file) { return fmt::format("/proc/self/fd/{}", file.get()); }

sys::Command command_for(const Tool& pg_restore, const Input& input) {
    sys::Command command;
    command.arguments = {pg_restore.path.string(), "--no-password", "--format=custom",
                         "--use-list=" + path_of(input.list)};
    command.environment = sys::clean_environment();
    command.keep_open = {input.archive.get(), input.list.get()};
    command.error_bytes_max = MiB;
    return command;
}

bool is_start_of_error(std::string_view line) { return line.starts_with("pg_restore: error: "); }

// Messages begin with the program's name; lines without it go on.
std::vector<std::string> messages_of(std::string_view errors) {
    std::vector<std::string> messages;
    for (const auto& line : split(errors, '\n')) {
        if (line.starts_with("pg_restore: ") || messages.empty()) {
            messages.push_back(line);
        } else {
            messages.back() += "\n" + line;
        }
    }
    for (auto& message : messages) message = trimmed(message);
    std::erase(messages, "");
    return messages;
}

/// Takes every `token` out of `text`.
void erase_all(std::string& text, std::string_view token) {
    for (auto at = text.find(token); at != std::string::npos; at = text.find(token, at))
        text.erase(at, token.size());
}

/// Takes out the refused "SET transaction_timeout" of one connection; false when there is none. The
/// server speaks its own language, so the error is told by the command that caused it.
bool erase_unknown_timeout(std::string& text) {
    constexpr std::string_view begin = "could not execute query: ";
    constexpr std::string_view command = "\nCommand was: ";
    constexpr std::string_view end = "\nCommand was: SET transaction_timeout = 0;";
    const auto found = text.find(end);
    if (found == std::string::npos) return false;
    const auto from = text.rfind(begin, found);
    if (from == std::string::npos || text.find(command, from) != found) return false;
    text.erase(from, found + end.size() - from);
    return true;
}

/// Workers of one pg_restore write to the same stderr, each message in pieces
/// (src/common/logging.c: program, blank, level, text): several at once come out as a mixture of
/// whole pieces.
bool is_nothing_but_pieces(std::string text) {
    const auto ignored = text.find("warning: errors ignored on restore: ");
    if (ignored != std::string::npos) text.erase(ignored, text.find('\n', ignored) - ignored);
    for (const char* piece :
         {"pg_restore:", "error:", "while INITIALIZING:", "while PROCESSING TOC:"})
        erase_all(text, piece);
    return trimmed(text).empty();
}

std::string one_line(std::string_view message) {
    constexpr std::string_view prefix = "pg_restore: ";
    if (message.starts_with(prefix)) message.remove_prefix(prefix.size());
    std::string text{message};
    std::replace(text.begin(), text.end(), '\n', ' ');
    return printable(text, 600);
}

}  // namespace

Stages stages_of(const Toc& toc) {
    const bool attaches =
        std::any_of(toc.entries.begin(), toc.entries.end(),
                    [](const TocEntry& entry) { return entry.desc == "INDEX ATTACH"; });
    Stages stages{toc, {{}, true}, std::vector<Step>(attaches ? 3 : 1)};
    if (attaches) stages.after[1].in_order = true;
    std::int32_t current = 0;
    for (const auto& entry : toc.entries) {
        if (entry.section != section_none) current = entry.section;
        if (entry.had_dumper) continue;
        auto& step =
            is_before(entry, current) ? stages.before : stages.after[step_of(entry, attaches)];
        step.entries.push_back(entry.dump_id);
    }
    return stages;
}

Result<std::vector<std::string>> judge_restore(const sys::Exit& exit, std::string_view errors) {
    std::vector<std::string> warnings;
    std::string others{errors};
    const bool accepted = erase_unknown_timeout(others);
    while (erase_unknown_timeout(others)) continue;
    // Status 1 is what the accepted error leaves; whatever else ends so has said why.
    if (accepted && exit.code == 1 && exit.signal == 0 && is_nothing_but_pieces(others))
        return warnings;
    for (const auto& message : messages_of(others)) {
        if (is_nothing_but_pieces(message)) continue;
        if (is_start_of_error(message)) {
            return fail(Code::invalid, one_line(message));
        }
        if (message.starts_with("pg_restore: while ") ||
            message.starts_with("pg_restore: from TOC entry"))
            continue;
        if (warnings.size() < warnings_max) warnings.push_back(one_line(message));
    }
    if (exit.ok()) return warnings;
    return fail(Code::unavailable, fmt::format("pg_restore ended with {}{}{}", exit.text(),
                                               warnings.empty() ? "" : ": ", join(warnings, "; ")));
}

Result<std::vector<std::string>> restore_objects(const Connection& target, const Toc& toc,
                                                 const Step& step, const Tool& pg_restore,
                                                 unsigned jobs, const sys::Run& run) {
    if (step.entries.empty()) return std::vector<std::string>{};
    DS_TRY(const auto input, input_of(toc, step.entries));
    DS_TRY(const auto access, target.client_access());
    auto command = command_for(pg_restore, input);
    for (const auto& [name, value] : access.environment) command.environment[name] = value;
    const auto kept = access.keep_open();
    command.keep_open.insert(command.keep_open.end(), kept.begin(), kept.end());
    command.arguments.push_back("--dbname=dbname=" + quoted_conninfo(target.database()));
    if (jobs > 1 && !step.in_order) command.arguments.push_back(fmt::format("--jobs={}", jobs));
    // Going on after an error is of use only where one must be accepted, see judge_restore().
    const bool one_accepted = pg_restore.major >= timeout_since && target.major() < timeout_since;
    if (!one_accepted) command.arguments.emplace_back("--exit-on-error");
    command.arguments.push_back(path_of(input.archive));
    command.capture_output = false;
    DS_TRY(const auto child, sys::Child::start(command));
    const auto exit = child->wait(run.stop);
    DS_DO(run.check());
    return judge_restore(exit, child->errors());
}

Result<std::string> objects_as_sql(const Toc& toc, const Step& step, const Tool& pg_restore,
                                   int server_major, const sys::Run& run) {
    if (step.entries.empty()) return std::string{};
    DS_TRY(const auto input, input_of(toc, step.entries));
    auto command = command_for(pg_restore, input);
    command.arguments.insert(command.arguments.end(), {"--file=-", path_of(input.archive)});
    DS_TRY(auto done, sys::run_command(command, script_bytes_max, run.stop));
    DS_DO(judge_restore(done.exit, done.errors));
    // Commands to psql, not SQL: a pair around the whole with a random word.
    std::string sql;
    for (const auto& line : split(done.output, '\n')) {
        if (line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ")) continue;
        if (server_major < timeout_since && line == "SET transaction_timeout = 0;") continue;
        sql += line + "\n";
    }
    return sql;
}

}  // namespace ds::engines::postgres
