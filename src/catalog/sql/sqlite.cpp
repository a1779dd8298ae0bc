#include "catalog/sql/sqlite.hpp"

#include <optional>
#include <unordered_map>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

namespace ds::catalog::sql {
namespace {

constexpr int busy_ms = 10'000;
constexpr std::size_t statements_max = 200;

Code code_of(int extended) {
    if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
        return Code::exists;
    switch (extended & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Code::conflict;
        case SQLITE_FULL:
        case SQLITE_NOMEM: return Code::exhausted;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return Code::corrupt;
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY: return Code::denied;
        case SQLITE_IOERR: return Code::unavailable;
        case SQLITE_CONSTRAINT: return Code::invalid;
        default: return Code::internal;
    }
}

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

class SqliteSession final : public Session {
public:
    explicit SqliteSession(std::unique_ptr<sqlite3, Close> database)
        : database_{std::move(database)} {}

    Dialect dialect() const override { return Dialect::sqlite; }
    std::uint64_t changed() const override { return changed_; }
    bool usable() const override { return true; }

    Result<std::vector<Row>> run(std::string_view sql, const Values& parameters) override {
        DS_TRY(auto* statement, prepared(sql));
        bind(statement, parameters);
        std::vector<Row> rows;
        int step = SQLITE_ROW;
        while ((step = sqlite3_step(statement)) == SQLITE_ROW) rows.push_back(row_of(statement));
        changed_ = static_cast<std::uint64_t>(sqlite3_changes64(database_.get()));
        auto failure = step == SQLITE_DONE ? std::optional<Error>{} : error();
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        if (failure) return std::move(*failure);
        return rows;
    }

    Status script(const std::string& statements) override {
        if (sqlite3_exec(database_.get(), statements.c_str(), nullptr, nullptr, nullptr) !=
            SQLITE_OK)
            return error();
        return {};
    }

private:
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    std::unique_ptr<sqlite3, Close> database_;  // outlives the statements below
    std::unordered_map<std::string, Statement> statements_;
    std::uint64_t changed_ = 0;

    Error error() const {
        return fail(code_of(sqlite3_extended_errcode(database_.get())),
                    fmt::format("catalog: {}", sqlite3_errmsg(database_.get())));
    }

    Result<sqlite3_stmt*> prepared(std::string_view sql) {
        const std::string text{sql};
        const auto known = statements_.find(text);
        if (known != statements_.end()) return known->second.get();
        // Texts come from our code and from lists' filters, which are few; start over when not.
        if (statements_.size() >= statements_max) statements_.clear();
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_.get(), text.c_str(), static_cast<int>(text.size()),
                               &statement, nullptr) != SQLITE_OK)
            return error();
        return statements_.emplace(text, Statement{statement}).first->second.get();
    }

    static void bind(sqlite3_stmt* statement, const Values& parameters) {
        int at = 0;
        for (const auto& value : parameters) {
            ++at;
            if (const auto* number = std::get_if<std::int64_t>(&value)) {
                sqlite3_bind_int64(statement, at, *number);
            } else if (const auto* real = std::get_if<double>(&value)) {
                sqlite3_bind_double(statement, at, *real);
            } else if (const auto* text = std::get_if<std::string>(&value)) {
                sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_TRANSIENT,
                                    SQLITE_UTF8);
            } else {
                sqlite3_bind_null(statement, at);
            }
        }
    }

    static Row row_of(sqlite3_stmt* statement) {
        Row row(static_cast<std::size_t>(sqlite3_column_count(statement)));
        for (int at = 0; at < static_cast<int>(row.size()); ++at) {
            auto& value = row[static_cast<std::size_t>(at)];
            switch (sqlite3_column_type(statement, at)) {
                case SQLITE_NULL: break;
                case SQLITE_INTEGER:
                    value = std::int64_t{sqlite3_column_int64(statement, at)};
                    break;
                case SQLITE_FLOAT: value = sqlite3_column_double(statement, at); break;
                default:
                    value = std::string{
                        reinterpret_cast<const char*>(sqlite3_column_text(statement, at)),
                        static_cast<std::size_t>(sqlite3_column_bytes(statement, at))};
            }
        }
        return row;
    }
};

}  // namespace

Result<std::unique_ptr<Session>> open_sqlite(const sys::fs::path& file, bool writing) {
    const auto mask = ::umask(0077);  // the file and its -wal and -shm are nobody else's business
    sqlite3* raw = nullptr;
    const int flags = writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int opened = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<sqlite3, Close> database{raw};
    if (opened != SQLITE_OK) {
        ::umask(mask);
        return fail(code_of(opened), fmt::format("cannot open the catalog {}: {}", file.string(),
                                                 sqlite3_errstr(opened)));
    }
    sqlite3_busy_timeout(database.get(), busy_ms);
    sqlite3_extended_result_codes(database.get(), 1);
    auto session = std::make_unique<SqliteSession>(std::move(database));
    // FULL, not NORMAL: what the API said was done must survive a power cut.
    auto status = session->script(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
        "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;");
    ::umask(mask);
    if (!status) return std::move(status.error()).while_doing("opening " + file.string());
    return session;
}

}  // namespace ds::catalog::sql
