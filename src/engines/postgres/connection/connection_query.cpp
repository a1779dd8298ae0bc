#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/connection/server_error.hpp"

// The half of Connection that runs statements: libpq without blocking, so that a stop is noticed.
namespace ds::engines::postgres {
namespace {

constexpr int stop_latency_ms = 100;
// libpq's buffer grows with what is put into it at once.
constexpr std::size_t copy_piece_bytes = 64 * KiB;

std::string_view field(const pg_result* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string_view{} : text;
}

Row row_of(const pg_result* result, int index) {
    Row row(static_cast<std::size_t>(PQnfields(result)));
    for (int column = 0; column < PQnfields(result); ++column) {
        if (PQgetisnull(result, index, column) != 0) continue;
        const auto bytes = static_cast<std::size_t>(PQgetlength(result, index, column));
        row[static_cast<std::size_t>(column)].emplace(PQgetvalue(result, index, column), bytes);
    }
    return row;
}

}  // namespace

Status Connection::send(const std::string& sql, const Parameters& parameters) {
    if (stop_.stop_requested()) return fail(Code::cancelled, "stopped");
    int sent = 0;
    if (parameters.empty()) {
        sent = PQsendQuery(connection_.get(), sql.c_str());
    } else {
        std::vector<const char*> values;
        values.reserve(parameters.size());
        for (const auto& item : parameters) values.push_back(item ? item->c_str() : nullptr);
        sent = PQsendQueryParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()),
                                 nullptr, values.data(), nullptr, nullptr, 0);
    }
    if (sent != 1) return lost();
    return flush();
}

Status Connection::flush() {
    for (;;) {
        const int left = PQflush(connection_.get());
        if (left == 0) return {};
        if (left < 0) return lost();
        pollfd waiting{PQsocket(connection_.get()), POLLIN | POLLOUT, 0};
        ::poll(&waiting, 1, stop_latency_ms);
        if (stop_.stop_requested()) return stopped();
        // Otherwise both sides could wait for the other to read.
        if ((waiting.revents & POLLIN) == 0) continue;
        heard_ = true;
        if (PQconsumeInput(connection_.get()) != 1) return lost();
    }
}

bool Connection::heard() const {
    pollfd waiting{PQsocket(connection_.get()), POLLIN, 0};
    return heard_ || ::poll(&waiting, 1, 0) > 0;
}

Status Connection::wait_readable() {
    pollfd waiting{PQsocket(connection_.get()), POLLIN, 0};
    ::poll(&waiting, 1, stop_latency_ms);
    if (stop_.stop_requested()) return stopped();
    if (waiting.revents != 0 && PQconsumeInput(connection_.get()) != 1) return lost();
    return {};
}

Result<Connection::ResultPtr> Connection::next_result() {
    while (PQisBusy(connection_.get()) != 0) DS_DO(wait_readable());
    ResultPtr result{PQgetResult(connection_.get())};
    if (result == nullptr) return result;
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_FATAL_ERROR && status != PGRES_BAD_RESPONSE) return result;
    const auto state = field(result.get(), PG_DIAG_SQLSTATE);
    if (state.empty()) return lost();
    return server_error(state, field(result.get(), PG_DIAG_MESSAGE_PRIMARY),
                        field(result.get(), PG_DIAG_MESSAGE_DETAIL));
}

Status Connection::drain(Status status) {
    if (!status && status.error().code() == Code::cancelled) return status;
    for (;;) {
        auto result = next_result();
        if (result && *result == nullptr) return status;
        if (!result && PQstatus(connection_.get()) != CONNECTION_OK)
            return status ? result.error() : status;
        if (!result && result.error().code() == Code::cancelled) return result.error();
        if (!result && status) status = std::move(result.error());
    }
}

Status Connection::exec(const std::string& sql) {
    DS_DO(send(sql, {}));
    return drain({});
}

Status Connection::each(const std::string& sql, const Parameters& parameters,
                        const std::function<Status(Row&)>& on_row) {
    DS_DO(send(sql, parameters));
    PQsetSingleRowMode(connection_.get());
    for (;;) {
        auto result = next_result();
        if (!result) return drain(std::move(result.error()));
        if (*result == nullptr) return {};
        for (int index = 0; index < PQntuples(result->get()); ++index) {
            auto row = row_of(result->get(), index);
            if (auto taken = on_row(row); !taken) {
                // The rest may be long: tell the server instead of reading it all.
                cancel_statement();
                return taken;
            }
        }
    }
}

Status Connection::without_keeping_locks(const std::function<Status()>& work) {
    if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return work();
    DS_DO(exec("SAVEPOINT locks"));
    DS_DO(work());
    return exec("ROLLBACK TO SAVEPOINT locks; RELEASE SAVEPOINT locks");
}

Result<Rows> Connection::rows(const std::string& sql, const Parameters& parameters) {
    Rows all;
    std::size_t bytes = 0;
    DS_DO(each(sql, parameters, [&](Row& row) -> Status {
        for (const auto& item : row) bytes += sizeof item + (item ? item->size() : 0);
        if (bytes > rows_bytes_max)
            return fail(Code::exhausted, "the server's answer is larger than 512 MiB");
        all.push_back(std::move(row));
        return {};
    }));
    return all;
}

Result<std::optional<std::string>> Connection::optional_value(const std::string& sql,
                                                              const Parameters& parameters) {
    DS_TRY(auto all, rows(sql, parameters));
    if (all.size() != 1 || all[0].empty()) {
        return fail(Code::internal,
                    fmt::format("expected one row from the server and got {}", all.size()));
    }
    return std::move(all[0][0]);
}

Result<std::string> Connection::value(const std::string& sql, const Parameters& parameters) {
    DS_TRY(auto found, optional_value(sql, parameters));
    if (!found) return fail(Code::internal, "expected a value from the server and got NULL");
    return std::move(*found);
}

Status Connection::expect_copy(const std::string& sql, int state) {
    DS_DO(send(sql, {}));
    auto result = next_result();
    if (!result) return drain(std::move(result.error()));
    if (*result != nullptr && static_cast<int>(PQresultStatus(result->get())) == state) return {};
    return drain(fail(Code::internal, "the server did not begin to copy"));
}

Status Connection::copy_out(const std::string& sql, const std::function<Status(View)>& on_piece) {
    DS_DO(expect_copy(sql, PGRES_COPY_OUT));
    for (;;) {
        char* buffer = nullptr;
        const int bytes = PQgetCopyData(connection_.get(), &buffer, 1);
        const std::unique_ptr<char, decltype(&PQfreemem)> owned{buffer, &PQfreemem};
        if (bytes == 0) {
            DS_DO(wait_readable());
        } else if (bytes > 0) {
            auto taken = on_piece(view_of({buffer, static_cast<std::size_t>(bytes)}));
            if (taken) continue;
            cancel_statement();
            return taken;
        } else {
            return drain(bytes == -1 ? Status{} : Status{lost()});
        }
    }
}

Status Connection::begin(const std::string& command) { return send(command, {}); }

Result<Connection::Answer> Connection::next_answer(Rows& rows) {
    rows.clear();
    auto result = next_result();
    if (!result) return drain(std::move(result.error())).error();
    if (*result == nullptr) return Answer::done;
    const auto status = PQresultStatus(result->get());
    if (status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) return Answer::copy;
    for (int index = 0; index < PQntuples(result->get()); ++index)
        rows.push_back(row_of(result->get(), index));
    return Answer::rows;
}

Result<std::optional<View>> Connection::next_piece() {
    for (;;) {
        char* buffer = nullptr;
        const int bytes = PQgetCopyData(connection_.get(), &buffer, 1);
        piece_.reset(buffer);
        if (bytes > 0) return std::optional{view_of({buffer, static_cast<std::size_t>(bytes)})};
        if (bytes == -1) return std::optional<View>{};
        if (bytes < -1) return lost();
        DS_DO(wait_readable());
    }
}

Status Connection::push_copy(View bytes) {
    while (!bytes.empty()) {
        const auto piece = bytes.first(std::min(bytes.size(), copy_piece_bytes));
        const auto text = text_of(piece);
        if (PQputCopyData(connection_.get(), text.data(), static_cast<int>(text.size())) != 1)
            return lost();
        DS_DO(flush());
        bytes = bytes.subspan(piece.size());
    }
    return {};
}

Result<Connection::ResultPtr> Connection::copy_result() {
    DS_DO(flush());
    return next_result();
}

Result<std::uint64_t> Connection::copy_in(const std::string& sql,
                                          const std::function<Result<View>()>& next_piece) {
    DS_DO(expect_copy(sql, PGRES_COPY_IN));
    heard_ = false;
    for (;;) {
        auto piece = next_piece();
        auto pushed = piece ? push_copy(*piece) : Status{piece.error()};
        if (!pushed) {
            if (pushed.error().code() == Code::cancelled ||
                PQstatus(connection_.get()) != CONNECTION_OK) {
                return std::move(pushed.error());
            }
            PQputCopyEnd(connection_.get(), "given up by the sender");
            // The server answers with an error of its own, which says nothing new.
            auto answer = copy_result();
            return drain(std::move(pushed.error())).error();
        }
        if (piece->empty()) break;
        // A server has nothing to say while it takes rows, unless it refused one. It would let us
        // send all the rest before the end of the COPY brings that up.
        if (heard()) {
            PQputCopyEnd(connection_.get(), "the server spoke while it was sent rows");
            auto answer = copy_result();
            if (!answer) return drain(std::move(answer.error())).error();
            return drain(fail(Code::unavailable, "the server ended the copy")).error();
        }
    }
    if (PQputCopyEnd(connection_.get(), nullptr) != 1) return lost();
    auto result = copy_result();
    if (!result) return drain(std::move(result.error())).error();
    std::uint64_t taken = 0;
    if (*result != nullptr) taken = std::strtoull(PQcmdTuples(result->get()), nullptr, 10);
    DS_DO(drain({}));
    return taken;
}

}  // namespace ds::engines::postgres
