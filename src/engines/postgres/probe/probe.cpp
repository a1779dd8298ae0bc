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
        DS_DO(note("connection", connect(), "reached, and signed in"));
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

}  // namespace

Result<Probe> probe(const DumpRequest& request, const sys::Run& run) {
    auto result = Probing{request, run}.execute();
    DS_DO(run.check());
    return result;
}

std::string role_sql(const std::string& role, const std::string& database, int server_major) {
    const auto name = quoted_name(role);
    auto sql =
        fmt::format("CREATE ROLE {} LOGIN PASSWORD '…';\nGRANT CONNECT ON DATABASE {} TO {};\n",
                    name, quoted_name(database), name);
    if (server_major >= read_all_data_major) {
        sql += fmt::format("GRANT pg_read_all_data TO {0};\nALTER ROLE {0} BYPASSRLS;\n", name);
    } else {
        sql += fmt::format(
            "DO $$ DECLARE s text; BEGIN FOR s IN SELECT quote_ident(nspname) FROM pg_namespace\n"
            "  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP\n"
            "  EXECUTE 'GRANT USAGE ON SCHEMA ' || s || ' TO {0}';\n"
            "  EXECUTE 'GRANT SELECT ON ALL TABLES IN SCHEMA ' || s || ' TO {0}';\n"
            "  EXECUTE 'GRANT SELECT ON ALL SEQUENCES IN SCHEMA ' || s || ' TO {0}';\n"
            "  EXECUTE 'ALTER DEFAULT PRIVILEGES IN SCHEMA ' || s || ' GRANT SELECT ON TABLES TO "
            "{0}';\n"
            "END LOOP; END $$;\nALTER ROLE {0} BYPASSRLS;\n",
            name);
    }
    return sql;
}

}  // namespace ds::engines::postgres
