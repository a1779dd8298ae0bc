#include "engines/postgres/connection/connection.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include "base/text.hpp"
#include "engines/postgres/connection/server_error.hpp"

namespace ds::engines::postgres {
namespace {

using Clock = std::chrono::steady_clock;

// How long a stop may go unnoticed.
constexpr std::chrono::milliseconds stop_latency{100};
constexpr std::size_t listed_databases_max = 20;

void ignore_notice(void*, const pg_result*) {}

std::string at(const std::vector<std::string>& items, std::size_t index) {
    // libpq: one port for all hosts, or one each.
    if (items.empty()) return {};
    return items.size() == 1 ? items[0] : index < items.size() ? items[index] : std::string{};
}

std::vector<std::string> values_of(const ConnectionInfo& info, const std::string& keyword) {
    const auto found = info.parameters().find(keyword);
    return found == info.parameters().end() ? std::vector<std::string>{}
                                            : split(found->second.reveal(), ',');
}

// libpq applies a time limit per host only when it may block; each host is tried by itself instead.
std::vector<ConnectionInfo> one_per_host(const ConnectionInfo& info) {
    const auto hosts = values_of(info, "host"), addresses = values_of(info, "hostaddr");
    const auto ports = values_of(info, "port");
    const auto count = std::max({hosts.size(), addresses.size(), std::size_t{1}});
    if (count == 1) return {info};
    std::vector<ConnectionInfo> all;
    for (std::size_t i = 0; i < count; ++i) {
        auto one = info;
        if (!hosts.empty()) one = one.with("host", at(hosts, i));
        if (!addresses.empty()) one = one.with("hostaddr", at(addresses, i));
        if (!ports.empty()) one = one.with("port", at(ports, i));
        all.push_back(std::move(one));
    }
    return all;
}

struct Keywords {
    std::vector<const char*> names, values;

    explicit Keywords(const ConnectionInfo& info) {
        const auto& given = info.parameters();
        for (const auto& [name, value] : given) {
            // The time limit is ours, and what comes out must be UTF-8 whatever the URL says.
            if (name != "connect_timeout" && name != "client_encoding")
                add(name.c_str(), value.reveal().c_str());
        }
        add("client_encoding", "UTF8");
        const std::pair<const char*, const char*> defaults[] = {
            {"fallback_application_name", "dumpstation"},
            {"keepalives_idle", "30"},
            {"keepalives_interval", "10"},
            {"keepalives_count", "6"},
            {"tcp_user_timeout", "90000"}};
        for (const auto& [name, value] : defaults) {
            if (!given.contains(name)) add(name, value);
        }
        add(nullptr, nullptr);
    }
    void add(const char* name, const char* value) {
        names.push_back(name);
        values.push_back(value);
    }
};

std::chrono::seconds limit_of(const ConnectionInfo& info, std::chrono::seconds otherwise) {
    const auto found = info.parameters().find("connect_timeout");
    if (found == info.parameters().end()) return otherwise;
    const auto seconds = parse_unsigned(found->second.reveal(), "connect_timeout");
    return seconds && *seconds > 0 && *seconds < 3600 ? std::chrono::seconds{*seconds} : otherwise;
}

// What there is instead of a database that does not exist; empty when nobody can be asked.
std::string databases_hint(const ConnectionInfo& info, const std::stop_token& stop) {
    for (const auto* name : {"postgres", "template1"}) {
        if (info.database() == name) return {};
        const auto other =
            Connection::open(info.with_database(name), stop, std::chrono::seconds{5});
        if (!other) continue;
        const auto rows = (*other)->rows(
            "SELECT datname FROM pg_catalog.pg_database WHERE datallowconn AND NOT datistemplate "
            "ORDER BY 1");
        if (!rows) continue;
        std::vector<std::string> names;
        for (const auto& row : *rows) {
            if (row[0] && names.size() < listed_databases_max) names.push_back(printable(*row[0]));
        }
        const auto more = rows->size() > names.size() ? " …" : "";
        return fmt::format("Databases on this server: {}{}.", join(names, ", "), more);
    }
    return {};
}

}  // namespace

void Connection::Close::operator()(pg_conn* connection) const { PQfinish(connection); }
void Connection::Clear::operator()(pg_result* result) const { PQclear(result); }
void Connection::Free::operator()(char* piece) const { PQfreemem(piece); }
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionInfo& info,
                                                     const std::stop_token& stop,
                                                     std::chrono::seconds timeout) {
    return open_as(Protocol::queries, info, stop, timeout);
}

Result<std::unique_ptr<Connection>> Connection::open_replication(const ConnectionInfo& info,
                                                                 const std::stop_token& stop,
                                                                 std::chrono::seconds timeout) {
    return open_as(Protocol::replication, info.with("replication", "true"), stop, timeout);
}

Result<std::unique_ptr<Connection>> Connection::open_as(Protocol protocol,
                                                        const ConnectionInfo& info,
                                                        const std::stop_token& stop,
                                                        std::chrono::seconds timeout) {
    std::optional<Error> problem;
    for (const auto& one : one_per_host(info)) {
        std::unique_ptr<Connection> connection{new Connection{one, stop}};
        auto status = connection->connect(limit_of(info, timeout));
        if (status && protocol == Protocol::queries) status = connection->prepare_session();
        if (status) return connection;
        problem = std::move(status.error());
        if (problem->code() != Code::unavailable) break;
    }
    if (problem->code() == Code::not_found) {
        std::move(*problem).hinting(databases_hint(info, stop));
    }
    return std::move(*problem);
}

Status Connection::connect(std::chrono::seconds timeout) {
    const Keywords keywords{info_};
    connection_.reset(PQconnectStartParams(keywords.names.data(), keywords.values.data(), 0));
    if (connection_ == nullptr) return fail(Code::exhausted, "out of memory while connecting");
    PQsetNoticeReceiver(connection_.get(), ignore_notice, nullptr);
    PQsetErrorVerbosity(connection_.get(), PQERRORS_VERBOSE);
    const auto deadline = Clock::now() + timeout;
    auto state = PGRES_POLLING_WRITING;
    while (PQstatus(connection_.get()) != CONNECTION_BAD && state != PGRES_POLLING_OK &&
           state != PGRES_POLLING_FAILED) {
        pollfd waiting{PQsocket(connection_.get()),
                       static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(stop_latency.count()));
        if (stop_.stop_requested())
            return fail(Code::cancelled, "stopped while connecting to " + info_.describe());
        if (ready > 0) state = PQconnectPoll(connection_.get());
        if (ready <= 0 && Clock::now() > deadline) {
            return fail(Code::unavailable,
                        fmt::format("cannot connect to {}: no answer within {} s", info_.describe(),
                                    timeout.count()),
                        "Check the address, and firewalls between here and there.");
        }
    }
    if (PQstatus(connection_.get()) != CONNECTION_OK) {
        return connection_error(PQerrorMessage(connection_.get()), info_.describe());
    }
    PQsetErrorVerbosity(connection_.get(), PQERRORS_DEFAULT);
    if (PQsetnonblocking(connection_.get(), 1) != 0) return lost();
    if (version() < 120000) {
        return fail(Code::unsupported,
                    fmt::format("the server is PostgreSQL {}; 12 is the oldest that is supported",
                                version_text()));
    }
    return {};
}

Status Connection::prepare_session() {
    std::string sql =
        "SELECT pg_catalog.set_config('search_path', '', false);"
        "SET DateStyle = ISO; SET IntervalStyle = postgres; SET extra_float_digits = 3; SET "
        "TimeZone = 'UTC';"
        "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout "
        "= 0;"
        "SET row_security = off; SET client_min_messages = warning; SET "
        "standard_conforming_strings = on;";
    // Bytes of a database in SQL_ASCII can be anything, and only then pass as they are.
    sql +=
        "SELECT pg_catalog.set_config('client_encoding', 'SQL_ASCII', false) "
        "WHERE pg_catalog.current_setting('server_encoding') = 'SQL_ASCII';";
    if (major() >= 14) sql += "SET idle_session_timeout = 0;";
    if (major() >= 17) sql += "SET transaction_timeout = 0;";
    return exec(sql).while_doing("preparing the session on " + info_.describe());
}

Status Connection::use_database_encoding() {
    return exec(
        "SELECT pg_catalog.set_config('client_encoding', "
        "pg_catalog.current_setting('server_encoding'), false)");
}

int Connection::version() const { return PQserverVersion(connection_.get()); }
std::string Connection::version_text() const {
    return fmt::format("{}.{}", major(), version() % 10000);
}
std::string Connection::database() const { return PQdb(connection_.get()); }
std::string Connection::user() const { return PQuser(connection_.get()); }
int Connection::backend_pid() const { return PQbackendPID(connection_.get()); }

Error Connection::lost() const {
    const std::string_view text = PQerrorMessage(connection_.get());
    const auto line = printable(trimmed(text.substr(0, text.find('\n'))));
    return fail(Code::unavailable, fmt::format("connection to {} broke off: {}", info_.describe(),
                                               line.empty() ? "no reason given" : line));
}

void Connection::cancel_statement() {
    char reason[256];
    const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> cancel{PQgetCancel(connection_.get()),
                                                                    &PQfreeCancel};
    if (cancel != nullptr) PQcancel(cancel.get(), reason, sizeof reason);
    // The session stays usable if the server lets go soon; otherwise further statements fail.
    const auto deadline = Clock::now() + std::chrono::seconds{5};
    while (Clock::now() < deadline && !discard_answer()) {
        pollfd waiting{PQsocket(connection_.get()), POLLIN, 0};
        ::poll(&waiting, 1, static_cast<int>(stop_latency.count()));
        if (PQconsumeInput(connection_.get()) != 1) return;
    }
}

bool Connection::discard_answer() {
    auto* connection = connection_.get();
    while (PQisBusy(connection) == 0) {
        const ResultPtr result{PQgetResult(connection)};
        if (result == nullptr) return true;
        const auto status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN) PQputCopyEnd(connection, "given up by the sender");
        if (status != PGRES_COPY_OUT) continue;
        for (;;) {
            char* row = nullptr;
            const int bytes = PQgetCopyData(connection, &row, 1);
            PQfreemem(row);
            if (bytes == 0) return false;
            if (bytes < 0) break;
        }
    }
    return false;
}

Error Connection::stopped() {
    cancel_statement();
    return fail(Code::cancelled, "stopped");
}

std::string quoted_name(std::string_view name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? std::string{"\"\""} : std::string{c};
    return text + '"';
}

std::string quoted_text(std::string_view value) {
    const bool escapes = value.find('\\') != std::string_view::npos;
    std::string text = escapes ? " E'" : "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') text += c;
        text += c;
    }
    return text + '\'';
}

std::string quoted_conninfo(std::string_view value) {
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + '\'';
}

}  // namespace ds::engines::postgres
