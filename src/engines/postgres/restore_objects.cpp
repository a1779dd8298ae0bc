#include "engines/postgres/restore_objects.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t warnings_max = 50;
constexpr std::size_t script_bytes_max = 1 * GiB;

enum class Stage { both, before, after, neither };

constexpr std::int32_t section_none = 1, section_data = 3;

// `current` is the section of the last entry that has one: comments and labels follow their object.
Stage stage_of(const TocEntry& entry, std::int32_t current) {
    static const std::set<std::string, std::less<>> session{"ENCODING", "STDSTRINGS", "SEARCHPATH"};
    if (session.contains(entry.desc)) return Stage::both;
    if (entry.had_dumper) return Stage::neither;
    // These create the large objects, though they are of the section "data" since version 17.
    if (entry.desc == "BLOB METADATA") return Stage::before;
    if (entry.desc == "ACL" || entry.desc == "DEFAULT ACL") return Stage::after;
    return current >= section_data ? Stage::after : Stage::before;
}

Toc without_entries(const Toc& toc) {
    auto copy = toc;
    copy.entries.clear();
    return copy;
}

sys::Command command_for(const Tool& pg_restore, const sys::Fd& archive) {
    sys::Command command;
    command.arguments = {pg_restore.path.string(), "--no-password"};
    command.environment = sys::clean_environment();
    command.keep_open = {archive.get()};
    command.error_bytes_max = MiB;
    return command;
}

std::string path_of(const sys::Fd& file) { return fmt::format("/proc/self/fd/{}", file.get()); }

Result<sys::Fd> archive_file(const Toc& objects) {
    return sys::memory_file("toc", write_toc(objects));
}

bool is_start_of_error(std::string_view line) { return line.starts_with("pg_restore: error: "); }

// The server speaks its own language, so the error is told by the command that caused it.
bool is_unknown_timeout(std::string_view message) {
    return message.ends_with("\nCommand was: SET transaction_timeout = 0;");
}

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

std::string one_line(std::string_view message) {
    constexpr std::string_view prefix = "pg_restore: ";
    if (message.starts_with(prefix)) message.remove_prefix(prefix.size());
    std::string text{message};
    std::replace(text.begin(), text.end(), '\n', ' ');
    return printable(text, 600);
}

}  // namespace

Stages stages_of(const Toc& toc) {
    Stages stages{without_entries(toc), without_entries(toc)};
    std::int32_t current = 0;
    for (const auto& entry : toc.entries) {
        if (entry.section != section_none) current = entry.section;
        const auto stage = stage_of(entry, current);
        if (stage == Stage::both || stage == Stage::before) stages.before.entries.push_back(entry);
        if (stage == Stage::both || stage == Stage::after) stages.after.entries.push_back(entry);
    }
    return stages;
}

Result<std::vector<std::string>> judge_restore(const sys::Exit& exit, std::string_view errors) {
    std::vector<std::string> warnings;
    bool only_accepted = true;
    for (const auto& message : messages_of(errors)) {
        if (is_start_of_error(message)) {
            if (is_unknown_timeout(message)) continue;
            return fail(Code::invalid, one_line(message));
        }
        if (message.starts_with("pg_restore: warning: errors ignored on restore")) continue;
        if (message.starts_with("pg_restore: while ") ||
            message.starts_with("pg_restore: from TOC entry"))
            continue;
        if (!message.starts_with("pg_restore: ")) only_accepted = false;
        if (warnings.size() < warnings_max) warnings.push_back(one_line(message));
    }
    // Status 1 is what the accepted error leaves; whatever else ends so has said why.
    if (exit.ok() || (exit.code == 1 && exit.signal == 0 && only_accepted && warnings.empty()))
        return warnings;
    return fail(Code::unavailable, fmt::format("pg_restore ended with {}{}{}", exit.text(),
                                               warnings.empty() ? "" : ": ", join(warnings, "; ")));
}

Result<std::vector<std::string>> restore_objects(const Connection& target, const Toc& objects,
                                                 const Tool& pg_restore, unsigned jobs,
                                                 const sys::Run& run) {
    DS_TRY(const auto archive, archive_file(objects));
    DS_TRY(const auto access, target.client_access());
    auto command = command_for(pg_restore, archive);
    for (const auto& [name, value] : access.environment) command.environment[name] = value;
    const auto kept = access.keep_open();
    command.keep_open.insert(command.keep_open.end(), kept.begin(), kept.end());
    command.arguments.insert(
        command.arguments.end(),
        {"--dbname=dbname=" + quoted_conninfo(target.database()), "--format=custom"});
    if (jobs > 1) command.arguments.push_back(fmt::format("--jobs={}", jobs));
    command.arguments.push_back(path_of(archive));
    command.capture_output = false;
    DS_TRY(const auto child, sys::Child::start(command));
    const auto exit = child->wait(run.stop);
    DS_DO(run.check());
    return judge_restore(exit, child->errors());
}

Result<std::string> objects_as_sql(const Toc& objects, const Tool& pg_restore, int server_major,
                                   const sys::Run& run) {
    DS_TRY(const auto archive, archive_file(objects));
    auto command = command_for(pg_restore, archive);
    command.arguments.insert(command.arguments.end(),
                             {"--format=custom", "--file=-", path_of(archive)});
    DS_TRY(auto done, sys::run_command(command, script_bytes_max, run.stop));
    DS_DO(judge_restore(done.exit, done.errors));
    // Commands to psql, not SQL: a pair around the whole with a random word.
    std::string sql;
    for (const auto& line : split(done.output, '\n')) {
        if (line.starts_with("\\restrict ") || line.starts_with("\\unrestrict ")) continue;
        if (server_major < 17 && line == "SET transaction_timeout = 0;") continue;
        sql += line + "\n";
    }
    return sql;
}

}  // namespace ds::engines::postgres
