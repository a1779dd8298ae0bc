#include "engines/postgres/tools/tool_error.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

struct Cause {
    std::string_view words;  // in the tool's or the server's text; the first that fits counts
    Code code;
    std::string_view hint;
};

// Tools run with English messages; the server's own language can differ, then the code stays the
// default one.
constexpr std::array causes{
    Cause{"permission denied", Code::denied,
          "Grant SELECT on it, or pg_read_all_data (PostgreSQL 14 and newer)."},
    Cause{"row-level security policy", Code::denied,
          "A backup must see every row: ALTER ROLE … BYPASSRLS;"},
    // pg_dump limits its waits for locks by a statement timeout, and sets none otherwise.
    Cause{"due to statement timeout", Code::timeout,
          "Another session holds an exclusive lock; see pg_locks and pg_blocking_pids() on the "
          "server."},
    Cause{"lock timeout", Code::timeout,
          "Another session holds an exclusive lock; see pg_locks and pg_blocking_pids() on the "
          "server."},
    Cause{"conflict with recovery", Code::unavailable,
          "The standby removed rows that the dump needed: raise max_standby_streaming_delay or set "
          "hot_standby_feedback = on."},
    Cause{"snapshot", Code::unavailable, "The session that holds the snapshot ended; try again."},
    Cause{"terminating connection", Code::unavailable,
          "The server ended the session: a restart, a failover or an administrator; try again."},
    Cause{"server closed the connection", Code::unavailable,
          "The server's log tells why; try again once it is up."},
    Cause{"password authentication failed", Code::unauthenticated, ""},
    Cause{"server version mismatch", Code::unsupported,
          "Install the client tools of the server's version."},
    Cause{"No space left on device", Code::exhausted, ""},
    Cause{"out of shared memory", Code::exhausted,
          "pg_dump locks every table: raise max_locks_per_transaction on the server."},
    Cause{"out of memory", Code::exhausted, ""},
    Cause{"invalid page", Code::corrupt, "The database itself is damaged; keep the older backups."},
    Cause{"missing chunk number", Code::corrupt,
          "The database itself is damaged; keep the older backups."},
    Cause{"unexpected chunk number", Code::corrupt,
          "The database itself is damaged; keep the older backups."},
    Cause{"could not read block", Code::corrupt,
          "The database itself is damaged; keep the older backups."},
    Cause{"unsupported version", Code::unsupported,
          "Use a pg_restore as new as the pg_dump that wrote it."},
    Cause{"connection to server", Code::unavailable, ""},
};

// "pg_dump: error: query failed: ERROR:  permission …" → "query failed: ERROR:  permission …".
std::string_view after(std::string_view line, std::string_view mark) {
    const auto at = line.find(mark);
    return at == std::string_view::npos ? std::string_view{} : line.substr(at + mark.size());
}

bool starts_with_error(std::string_view line, std::string_view program) {
    return line.starts_with(fmt::format("{}: error: ", program));
}

// Since 16 it locks many at once, and the server does not say at which one it waited.
std::string locked_tables(std::string_view list) {
    const auto tables = std::count(list.begin(), list.end(), ',') + 1;
    return tables == 1 ? std::string{list} : fmt::format("one of {} tables: {}", tables, list);
}

// The last error and what the tool adds to it: "detail:" lines, of which the server's message says
// most.
std::string relevant(std::string_view program, std::string_view errors) {
    std::string text;
    for (const auto& line : split(errors, '\n')) {
        if (starts_with_error(line, program)) {
            text = after(line, "error: ");
        } else if (const auto server = after(line, "Error message from server: ");
                   !server.empty()) {
            text += (text.empty() ? "" : ": ") + std::string{server};
        } else if (const auto query = after(line, "Query was: LOCK TABLE "); !query.empty()) {
            text += fmt::format(" (locking {})",
                                locked_tables(query.substr(0, query.find(" IN ACCESS"))));
        }
    }
    if (!text.empty()) return printable(text, 600);
    const auto last = trimmed(errors);
    const auto newline = last.rfind('\n');
    return printable(newline == std::string_view::npos ? last : last.substr(newline + 1), 600);
}

}  // namespace

Error tool_error(std::string_view program, const sys::Exit& exit, std::string_view errors) {
    if (exit.signal != 0) {
        return fail(
            Code::unavailable, fmt::format("{} was {}", program, exit.text()),
            exit.signal == 9 ? "Did the machine run out of memory? See its kernel log." : "");
    }
    const auto words = relevant(program, errors);
    const auto found = std::find_if(causes.begin(), causes.end(), [&](const Cause& cause) {
        return words.find(cause.words) != std::string::npos;
    });
    const auto code = found == causes.end() ? Code::failed : found->code;
    const auto hint = found == causes.end() ? std::string{} : std::string{found->hint};
    return fail(code, fmt::format("{} failed: {}", program, words.empty() ? exit.text() : words),
                hint);
}

}  // namespace ds::engines::postgres
