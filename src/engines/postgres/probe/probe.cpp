#include "engines/postgres/probe/probe.hpp"

#include <fmt/format.h>

#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/facts/privileges.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::engines::postgres {
namespace {

constexpr int oldest_major = 12;
constexpr int read_all_data_major = 14;  // "Predefined Roles": pg_read_all_data came with 14
constexpr const char* proposed_role = "dumpstation";

/// The error as people need it: what is wrong, and what to do.
std::string told(const Error& error) {
    return error.hint().empty() ? error.message() : error.message() + ". " + error.hint();
}

/// What of a connection did not work, as the name of the check that failed.
std::string cause_of(const Error& error) {
    const auto text = error.message();
    const auto says = [&](std::string_view words) { return text.find(words) != text.npos; };
    if (says("no such host")) return "host name";
    if (says("TLS")) return "TLS";
    switch (error.code()) {
        case Code::unauthenticated: return "sign-in";
        case Code::denied: return "right to connect";
        case Code::not_found: return "database";
        case Code::unavailable:
        case Code::timeout: return "network";
        default: return "connection";
    }
}

class Probing {
public:
    Probing(const DumpRequest& request, const sys::Run& run) : request_{request}, run_{run} {}

    Probe execute() {
        static_cast<void>(in_order());  // the failure is the last check
        return std::move(probe_);
    }

private:
    const DumpRequest& request_;
    const sys::Run& run_;
    Probe probe_;
    std::unique_ptr<Connection> connection_;

    Status note(std::string name, const Status& status, std::string detail) {
        probe_.checks.push_back({std::move(name), status.has_value(), 1,
                                 status ? std::move(detail) : told(status.error())});
        return status;
    }

    Status in_order() {
        const auto connected = connect();
        DS_DO(note(connected ? "connection" : cause_of(connected.error()), connected,
                   "reached, and signed in"));
        DS_DO(note("server version", version(), "PostgreSQL " + connection_->version_text()));
        probe_.role_sql = role_sql(proposed_role, connection_->database(), connection_->major());
        DS_DO(databases());
        DS_DO(note("client tools", tools(), "pg_dump fits the server"));
        return note("rights", check_privileges(*connection_), "everything can be read");
    }

    Status connect() {
        DS_TRY(const auto info, ConnectionInfo::parse(request_.url));
        DS_TRY(connection_, Connection::open(info, run_.stop));
        return {};
    }

    Status version() const {
        if (connection_->major() >= oldest_major) return {};
        return fail(Code::unsupported,
                    fmt::format("PostgreSQL {} is too old", connection_->version_text()),
                    "PostgreSQL 12 and newer can be backed up.");
    }

    Status databases() {
        DS_TRY(const auto rows,
               connection_->rows("SELECT datname FROM pg_database WHERE datallowconn AND NOT "
                                 "datistemplate AND has_database_privilege(oid, 'CONNECT') "
                                 "ORDER BY datname LIMIT 1000"));
        for (const auto& row : rows) probe_.databases.push_back(row.at(0).value_or(""));
        return {};
    }

    Status tools() const {
        for (const char* program : {"pg_dump", "pg_dumpall"}) {
            const auto tool = find_tool(program, connection_->major(), Fit::same_or_newer,
                                        request_.tool_dirs, run_.stop);
            if (!tool) return Error{tool.error()};
        }
        return {};
    }
};

/// What is there may be read, and what the same owners make later.
std::string grants_by_owner(const std::string& name) {
    return fmt::format(
        "DO $$ DECLARE s name; o name; BEGIN\n"
        "  FOR s IN SELECT nspname FROM pg_namespace\n"
        "    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP\n"
        "    EXECUTE format('GRANT USAGE ON SCHEMA %I TO {0}', s);\n"
        "    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO {0}', s);\n"
        "    EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %I TO {0}', s);\n"
        "  END LOOP;\n"
        "  FOR o IN SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' LOOP\n"
        "    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT USAGE ON SCHEMAS TO {0}', "
        "o);\n"
        "    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT ON TABLES TO {0}', "
        "o);\n"
        "    EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT ON SEQUENCES TO "
        "{0}', o);\n"
        "  END LOOP;\nEND $$;\n",
        name);
}

}  // namespace

Result<Probe> probe(const DumpRequest& request, const sys::Run& run) {
    auto result = Probing{request, run}.execute();
    DS_DO(run.check());
    return result;
}

std::string role_sql(const std::string& role, const std::string& database, int server_major) {
    const auto name = quoted_name(role);
    auto sql = fmt::format(
        "CREATE ROLE {0} LOGIN PASSWORD '…';\n"
        "ALTER ROLE {0} BYPASSRLS;\n"
        "GRANT CONNECT ON DATABASE {1} TO {0};\n",
        name, quoted_name(database));
    if (server_major >= read_all_data_major)
        sql += fmt::format("GRANT pg_read_all_data TO {};\n", name);
    sql += "-- In each database that is to be backed up; again when large objects were added:\n";
    if (server_major < read_all_data_major) sql += grants_by_owner(name);
    return sql + fmt::format(
                     "DO $$ DECLARE o oid; BEGIN\n"
                     "  FOR o IN SELECT oid FROM pg_largeobject_metadata LOOP\n"
                     "    EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO %I', o, {});\n"
                     "  END LOOP;\nEND $$;\n",
                     quoted_text(role));
}

}  // namespace ds::engines::postgres
