#include "catalog/sql/postgres.hpp"

#include <charconv>
#include <unordered_map>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "base/text.hpp"

namespace ds::catalog::sql {
namespace {

// Texts come from our code and from lists' filters, which are few; start over when not.
constexpr std::size_t statements_max = 200;

// From PostgreSQL's catalog/pg_type.dat; never change.
constexpr Oid oid_bool = 16, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23, oid_float8 = 701;

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, Clear>;

// Appendix A of the PostgreSQL manual, "PostgreSQL Error Codes".
Code code_of(std::string_view state) {
    if (state == "23505") return Code::exists;
    if (state == "40001" || state == "40P01" || state == "55P03") return Code::conflict;
    if (state.empty() || state.starts_with("08") || state.starts_with("57P"))
        return Code::unavailable;
    if (state.starts_with("53")) return Code::exhausted;
    if (state.starts_with("42501")) return Code::denied;
    if (state.starts_with("23") || state.starts_with("22")) return Code::invalid;
    return Code::internal;
}

/// "a = ? AND b = ?" → "a = $1 AND b = $2". Our statements have no other question marks.
std::string numbered(std::string_view sql) {
    std::string text;
    int at = 0;
    for (const char c : sql) {
        if (c == '?') {
            text += '$' + std::to_string(++at);
        } else {
            text += c;
        }
    }
    return text;
}

Value value_of(const PGresult* result, int row, int column) {
    if (PQgetisnull(result, row, column) != 0) return {};
    const char* text = PQgetvalue(result, row, column);
    switch (PQftype(result, column)) {
        case oid_bool: return std::int64_t{text[0] == 't'};
        case oid_int2:
        case oid_int4:
        case oid_int8: return number_of(Value{std::string{text}});
        case oid_float8: return std::strtod(text, nullptr);
        default:
            return std::string{text, static_cast<std::size_t>(PQgetlength(result, row, column))};
    }
}

class PostgresSession final : public Session {
public:
    explicit PostgresSession(std::unique_ptr<PGconn, Finish> connection)
        : connection_{std::move(connection)} {}

    Dialect dialect() const override { return Dialect::postgres; }
    std::uint64_t changed() const override { return changed_; }
    bool usable() const override { return PQstatus(connection_.get()) == CONNECTION_OK; }

    Result<std::vector<Row>> run(std::string_view sql, const Values& parameters) override {
        std::vector<std::string> texts(parameters.size());
        std::vector<const char*> pointers(parameters.size());
        for (std::size_t at = 0; at < parameters.size(); ++at) {
            if (std::holds_alternative<std::monostate>(parameters[at])) continue;
            texts[at] = text_of(parameters[at]);
            pointers[at] = texts[at].c_str();
        }
        DS_TRY(const auto statement, prepared(sql));
        const ResultPtr result{PQexecPrepared(connection_.get(), statement.c_str(),
                                              static_cast<int>(pointers.size()), pointers.data(),
                                              nullptr, nullptr, 0)};
        DS_DO(judged(result.get()));
        const std::string count = PQcmdTuples(result.get());
        changed_ = static_cast<std::uint64_t>(number_of(Value{count}));
        std::vector<Row> rows(static_cast<std::size_t>(PQntuples(result.get())));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (int column = 0; column < PQnfields(result.get()); ++column)
                rows[row].push_back(value_of(result.get(), static_cast<int>(row), column));
        }
        return rows;
    }

    Status script(const std::string& statements) override {
        const ResultPtr result{PQexec(connection_.get(), statements.c_str())};
        return judged(result.get());
    }

private:
    std::unique_ptr<PGconn, Finish> connection_;
    std::unordered_map<std::string, std::string> statements_;  // their names, by text
    std::uint64_t changed_ = 0;

    /// Parsed once for each connection, and planned once where a plan for all parameters is as
    /// good. Statements outlive the transactions that they were made in, also those rolled back.
    Result<std::string> prepared(std::string_view sql) {
        const std::string text{sql};
        const auto known = statements_.find(text);
        if (known != statements_.end()) return known->second;
        if (statements_.size() >= statements_max) {
            DS_DO(script("DEALLOCATE ALL"));
            statements_.clear();
        }
        const auto name = fmt::format("s{}", statements_.size());
        const ResultPtr result{
            PQprepare(connection_.get(), name.c_str(), numbered(sql).c_str(), 0, nullptr)};
        DS_DO(judged(result.get()));
        return statements_.emplace(text, name).first->second;
    }

    Status judged(const PGresult* result) const {
        const auto status = PQresultStatus(result);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return {};
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        const char* text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
        return fail(
            code_of(state != nullptr ? state : ""),
            fmt::format("catalog: {}", text != nullptr ? printable(text, 400)
                                                       : "the connection to its database is lost"));
    }
};

}  // namespace

Result<std::unique_ptr<Session>> open_postgres(const Secret& url) {
    const char* const names[] = {"dbname", "client_encoding", "fallback_application_name",
                                 "connect_timeout", nullptr};
    const char* const values[] = {url.reveal().c_str(), "UTF8", "dumpstation", "10", nullptr};
    std::unique_ptr<PGconn, Finish> connection{PQconnectdbParams(names, values, 1)};
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        return fail(Code::unavailable,
                    fmt::format("cannot connect to the catalog's database: {}",
                                printable(trimmed(PQerrorMessage(connection.get())), 400)),
                    "Is the URL of --catalog right, and the server up?");
    }
    PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
    return std::make_unique<PostgresSession>(std::move(connection));
}

}  // namespace ds::catalog::sql
