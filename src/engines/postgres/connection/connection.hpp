#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "engines/postgres/connection/connection_info.hpp"
#include "sys/files.hpp"

struct pg_conn;
struct pg_result;

namespace ds::engines::postgres {

using Row = std::vector<std::optional<std::string>>;
using Rows = std::vector<Row>;
using Parameters = std::vector<std::optional<std::string>>;

/// What a client program such as pg_dump needs to reach the same server and database. The password
/// is neither in its arguments nor in its environment nor on disk: PGPASSFILE names a file in
/// memory.
struct ClientAccess {
    std::map<std::string, std::string> environment;  // to be added to sys::clean_environment()
    sys::Fd password_file;                           // to be kept open in the child; may be empty
    std::vector<int> keep_open() const {
        return password_file ? std::vector<int>{password_file.get()} : std::vector<int>{};
    }
};

/// One session on a PostgreSQL server. One thread at a time. Every wait ends when the stop token
/// fires: the running statement is cancelled on the server and Code::cancelled comes back.
///
/// The session is set up so that text comes out the same everywhere: DateStyle ISO, IntervalStyle
/// postgres, extra_float_digits 3, TimeZone UTC, client_encoding UTF8
/// (but SQL_ASCII in a database of SQL_ASCII), an empty search_path (so
/// that nobody's function can stand in for a built-in one), row_security off (an error instead of
/// missing rows), and no time limits.
class Connection {
public:
    /// Fails with unavailable (no such host, refused, no answer in time), unauthenticated,
    /// not_found (no such database; the hint lists those there are, when they can be asked for),
    /// denied or unsupported.
    static Result<std::unique_ptr<Connection>> open(
        const ConnectionInfo& info, const std::stop_token& stop = {},
        std::chrono::seconds timeout = std::chrono::seconds{15});
    /// The same for the physical replication protocol, which knows its own commands and SHOW, but
    /// no SQL (PostgreSQL manual, "Streaming Replication Protocol").
    static Result<std::unique_ptr<Connection>> open_replication(
        const ConnectionInfo& info, const std::stop_token& stop = {},
        std::chrono::seconds timeout = std::chrono::seconds{15});
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs statements without looking at rows. Several, separated by ';', are one transaction.
    Status exec(const std::string& sql);
    /// Rows of one statement; more than `rows_bytes_max` of text is Code::exhausted.
    Result<Rows> rows(const std::string& sql, const Parameters& parameters = {});
    /// Runs `work` and gives back what it locked: inside a transaction locks are kept to its end,
    /// and the server has room for a limited number. What `work` changed is undone.
    Status without_keeping_locks(const std::function<Status()>& work);
    /// Row by row, for results of any size.
    Status each(const std::string& sql, const Parameters& parameters,
                const std::function<Status(Row&)>& on_row);
    /// The first column of the only row; NULL is nothing.
    Result<std::optional<std::string>> optional_value(const std::string& sql,
                                                      const Parameters& parameters = {});
    /// The same where NULL is an error.
    Result<std::string> value(const std::string& sql, const Parameters& parameters = {});

    /// "COPY … TO STDOUT": pieces are whole rows as the server sends them (a text row with its
    /// newline).
    Status copy_out(const std::string& sql, const std::function<Status(View)>& on_piece);
    /// "COPY … FROM STDIN": `next_piece` gives bytes that stay valid until it is called again; an
    /// empty piece is the end. Its error, or a stop, makes the server discard the whole COPY.
    /// Returns the rows taken.
    Result<std::uint64_t> copy_in(const std::string& sql,
                                  const std::function<Result<View>()>& next_piece);

    /// One command whose answer is several results, taken one after the other: a replication
    /// command's rows and copies.
    Status begin(const std::string& command);
    enum class Answer { rows, copy, done };
    /// The next result; what it has of rows is put into `rows`. A copy is read to its end with
    /// next_piece() before the next result is asked for.
    Result<Answer> next_answer(Rows& rows);
    /// One message of the copy, good until the next call; nothing: the copy has ended.
    Result<std::optional<View>> next_piece();

    /// Bytes go in and out in the database's own encoding from now on, as pg_dump's do.
    Status use_database_encoding();

    /// 170010 for 17.10.
    int version() const;
    int major() const { return version() / 10000; }
    /// "17.10".
    std::string version_text() const;
    /// Names as the server knows them.
    std::string database() const;
    std::string user() const;
    const ConnectionInfo& info() const { return info_; }
    /// The server's process id for this session.
    int backend_pid() const;
    /// How a client program gets to the very same server (also when several hosts were named).
    Result<ClientAccess> client_access() const;

    void set_stop(std::stop_token stop) { stop_ = std::move(stop); }

private:
    struct Close {
        void operator()(pg_conn* connection) const;
    };
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using ResultPtr = std::unique_ptr<pg_result, Clear>;

    ConnectionInfo info_;
    std::stop_token stop_;
    bool heard_ = false;
    std::unique_ptr<pg_conn, Close> connection_;
    struct Free {
        void operator()(char* piece) const;
    };
    std::unique_ptr<char, Free> piece_;

    enum class Protocol { queries, replication };
    static Result<std::unique_ptr<Connection>> open_as(Protocol protocol,
                                                       const ConnectionInfo& info,
                                                       const std::stop_token& stop,
                                                       std::chrono::seconds timeout);
    Connection(ConnectionInfo info, std::stop_token stop)
        : info_{std::move(info)}, stop_{std::move(stop)} {}
    Status connect(std::chrono::seconds timeout);
    Error connect_error(std::string_view text) const;
    Status prepare_session();
    Status send(const std::string& sql, const Parameters& parameters);
    Status flush();
    /// Something came from the server since copy_in() began.
    bool heard() const;
    Status wait_readable();
    Result<ResultPtr> next_result();
    /// Takes results until there are none; the first error wins.
    Status drain(Status status);
    Status expect_copy(const std::string& sql, int state);
    Result<ResultPtr> copy_result();
    Status push_copy(View bytes);
    void cancel_statement();
    /// Throws away what came in so far; true when the server has no more to say.
    bool discard_answer();
    Error stopped();
    Error lost() const;
};

constexpr std::size_t rows_bytes_max = 512 * MiB;

/// "\"name\"", for SQL.
std::string quoted_name(std::string_view name);
/// 'text', for SQL; safe whatever standard_conforming_strings is.
std::string quoted_text(std::string_view text);
/// 'value' with its own escapes, for a libpq connection string.
std::string quoted_conninfo(std::string_view value);

}  // namespace ds::engines::postgres
