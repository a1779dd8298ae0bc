#include "engines/postgres/connection/server_error.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/result.hpp"
#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

struct Mapping {
    std::string_view prefix;  // of the SQLSTATE; the first that fits counts
    Code code;
};

constexpr std::array mappings{
    Mapping{"08", Code::unavailable},      // connection exceptions
    Mapping{"0A", Code::unsupported},      // feature not supported
    Mapping{"28", Code::unauthenticated},  // invalid authorization
    Mapping{"2B", Code::conflict},         // other objects depend on it
    Mapping{"3D000", Code::not_found},     // no such database
    Mapping{"3F000", Code::not_found},     // no such schema
    Mapping{"40", Code::unavailable},      // serialization, deadlock, conflict with recovery
    Mapping{"42501", Code::denied},       Mapping{"42P01", Code::not_found},  // table
    Mapping{"42883", Code::not_found},                                        // function
    Mapping{"42704", Code::not_found},                                        // object
    Mapping{"42P04", Code::exists},                                           // database
    Mapping{"42P06", Code::exists},                                           // schema
    Mapping{"42P07", Code::exists},                                           // table
    Mapping{"42710", Code::exists},                                           // object
    Mapping{"23505", Code::exists},                                           // unique violation
    Mapping{"22", Code::invalid},                                             // data exceptions
    Mapping{"23", Code::invalid},         // integrity constraints
    Mapping{"53300", Code::unavailable},  // too many connections
    Mapping{"53", Code::exhausted},       // disk, memory
    Mapping{"54", Code::exhausted},       // program limits
    Mapping{"55006", Code::conflict},     // object in use
    Mapping{"55P03", Code::timeout},      // lock not available
    Mapping{"57014", Code::timeout},      // cancelled by a limit of the server's
    Mapping{"57", Code::unavailable},     // shut down, crash, starting up
    Mapping{"58", Code::unavailable},     // the server's own system errors
    Mapping{"72000", Code::unavailable},  // snapshot too old
    Mapping{"XX001", Code::corrupt},      Mapping{"XX002", Code::corrupt},
};

bool says(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

// "FATAL:  28P01: password authentication failed for user "x"" → what follows the SQLSTATE.
std::string server_words(std::string_view text, const std::string& sqlstate) {
    const auto at = text.find(sqlstate + ": ");
    return printable(first_line(text.substr(at + sqlstate.size() + 2)));
}

std::string_view login_hint(std::string_view words) {
    if (says(words, "pg_hba.conf"))
        return "The server's pg_hba.conf has no line that lets this user in from here.";
    if (says(words, "is not permitted to log in")) return "The role needs the LOGIN attribute.";
    return "Check the user name and the password; special characters in a URL are percent-encoded.";
}

Error refused_by_server(const std::string& sqlstate, const std::string& words,
                        const std::string& where) {
    const auto code = code_of(sqlstate);
    std::string hint;
    if (code == Code::unauthenticated) hint = login_hint(words);
    if (code == Code::denied) hint = "The role needs the privilege CONNECT on the database.";
    if (sqlstate == "53300")
        hint = "All connection slots of the server are taken; try again, or raise max_connections.";
    if (sqlstate == "57P03")
        hint = "The server is starting up, shutting down or recovering; try again.";
    return fail(code, fmt::format("cannot connect to {}: {}", where, words), std::move(hint));
}

}  // namespace

Code code_of(std::string_view sqlstate) {
    const auto found = std::find_if(mappings.begin(), mappings.end(), [&](const Mapping& mapping) {
        return sqlstate.starts_with(mapping.prefix);
    });
    return found == mappings.end() ? Code::internal : found->code;
}

Error server_error(std::string_view sqlstate, std::string_view message, std::string_view detail) {
    auto text = printable(message);
    if (!detail.empty()) text += " (" + printable(detail) + ")";
    std::string hint;
    if (sqlstate == "55P03")
        hint = "Another session holds a lock; see pg_locks and pg_blocking_pids() on the server.";
    if (sqlstate == "57P01")
        hint = "The server ended the session: a restart, a failover or an administrator.";
    return fail(code_of(sqlstate), std::move(text), std::move(hint));
}

std::string sqlstate_in(std::string_view text) {
    // The word before it is in the server's language, so only ":  XXXXX: " counts.
    for (auto at = text.find(":  "); at != std::string_view::npos; at = text.find(":  ", at + 1)) {
        const auto state = text.substr(at + 3, 5);
        const bool letters =
            state.size() == 5 && std::all_of(state.begin(), state.end(), [](char c) {
                return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
            });
        if (letters && text.substr(at + 8, 2) == ": ") return std::string{state};
    }
    return {};
}

Error connection_error(std::string_view text, const std::string& where) {
    if (const auto state = sqlstate_in(text); !state.empty()) {
        return refused_by_server(state, server_words(text, state), where);
    }
    const auto cannot = [&](Code code, std::string_view why, std::string hint) {
        return fail(code, fmt::format("cannot connect to {}: {}", where, why), std::move(hint));
    };
    if (says(text, "could not translate host name")) {
        return cannot(Code::unavailable, "no such host",
                      "Check the host name in the URL and the name server.");
    }
    if (says(text, "Connection refused")) {
        return cannot(Code::unavailable, "connection refused",
                      "Is the server running, and does it listen there (listen_addresses, port)?");
    }
    if (says(text, "No such file or directory") && says(text, ".s.PGSQL.")) {
        return cannot(Code::unavailable, "no server listens on that local socket",
                      "Name the host in the URL: postgres://user@host/database.");
    }
    if (says(text, "no password supplied")) {
        return cannot(Code::unauthenticated, "the server asks for a password and none was given",
                      "Put it into the URL, PGPASSWORD, PGPASSWORD_FILE or ~/.pgpass.");
    }
    if (says(text, "server does not support SSL")) {
        return cannot(Code::unsupported, "the server does not offer TLS but the URL requires it",
                      "Turn on ssl on the server, or allow plain text with sslmode=prefer.");
    }
    if (says(text, "certificate") || says(text, "SSL error")) {
        return cannot(Code::unauthenticated, "TLS failed: " + printable(first_line(text)),
                      "Check sslmode, sslrootcert and the name in the server's certificate.");
    }
    return cannot(Code::unavailable, printable(first_line(text)), {});
}

}  // namespace ds::engines::postgres
