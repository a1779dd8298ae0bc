#include "engines/postgres/administration/administration.hpp"

#include "engines/postgres/administration/parts.hpp"

namespace ds::engines::postgres {
namespace {

class PostgresAdministration final : public Administration {
public:
    explicit PostgresAdministration(std::unique_ptr<Connection> connection)
        : connection_{std::move(connection)} {}

    Result<model::ServerDatabases> databases() override { return list_databases(*connection_); }
    Result<model::ServerRoles> roles() override { return list_roles(*connection_); }
    Result<model::ServerGrants> grants() override { return list_grants(*connection_); }
    Result<model::ServerSchemas> schemas() override { return list_schemas(*connection_); }
    Result<model::ServerTables> tables(const TablesQuestion& question) override {
        return list_tables(*connection_, question);
    }
    Result<model::TableDetails> table(const std::string& schema, const std::string& name) override {
        return table_details(*connection_, schema, name);
    }
    Result<model::TableRows> rows(const RowsQuestion& question) override {
        return read_rows(*connection_, question);
    }
    Result<model::Diagram> diagram(const std::string& schema) override {
        return draw_diagram(*connection_, schema);
    }
    Result<Forecast> forecast(const model::DatabaseAct& act) override {
        return forecast_act(*connection_, act);
    }
    Status perform(const model::DatabaseAct& act) override {
        return perform_act(*connection_, act);
    }

private:
    std::unique_ptr<Connection> connection_;
};

}  // namespace

Status begin_looking(Connection& connection) {
    // Pages without an order come as rows lie: no scan may join another in the middle, or be
    // shared out among processes.
    return connection.exec(
        "SET default_transaction_read_only = on; SET statement_timeout = '10s'; "
        "SET lock_timeout = '2s'; SET synchronize_seqscans = off; "
        "SET max_parallel_workers_per_gather = 0");
}

Result<std::unique_ptr<Administration>> administer(const Secret& url, const sys::Run& run) {
    DS_TRY(const auto info, ConnectionInfo::parse(url));
    DS_TRY(auto connection, Connection::open(info, run.stop));
    DS_DO(begin_looking(*connection));
    return std::unique_ptr<Administration>{
        std::make_unique<PostgresAdministration>(std::move(connection))};
}

}  // namespace ds::engines::postgres
