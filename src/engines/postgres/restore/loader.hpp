#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/restore/stored_dump.hpp"

/// Brings the data of a dump into a database whose tables exist already and have neither indexes
/// nor triggers yet: what pg_restore does between pre-data and post-data, with ranged reads instead
/// of a file.
namespace ds::engines::postgres {

struct LoadRequest {
    const ConnectionInfo& target;  // names the database
    PartReader& backup;
    const Toc& toc;
    std::vector<Span> spans;  // which data; header and trailer are left out
    unsigned jobs = 2;        // connections, each with a thread
};

struct Loaded {
    std::uint64_t tables = 0;  // that had rows
    std::uint64_t rows = 0;
    std::uint64_t large_objects = 0;
    std::uint64_t bytes = 0;  // plaintext read

    void add(const Loaded& more) {
        tables += more.tables;
        rows += more.rows;
        large_objects += more.large_objects;
        bytes += more.bytes;
    }
};

/// Largest first, on several connections. The first error, or a stop, ends all of them; the
/// database is then partly loaded and of no use. The server's count of rows must be the dump's for
/// every table.
Result<Loaded> load_data(const LoadRequest& request, const sys::Run& run);

/// The same on one connection, inside the transaction that it is in.
Result<Loaded> load_data_in_transaction(Connection& connection, const LoadRequest& request,
                                        const sys::Run& run);

/// Makes a session take data as pg_dump wrote it: what pg_restore sets, with the dump's encoding.
Status prepare_for_data(Connection& connection, const Toc& toc);

/// Spans read in one go: neighbours that are small, so that a store's frames are not fetched many
/// times. Largest first. Exposed for its test.
std::vector<std::vector<Span>> reading_order(std::vector<Span> spans);

/// "COPY public.t (a, b) FROM stdin;\n" → the same with FREEZE, without ';'. Nothing when the text
/// is not of that form.
std::optional<std::string> copy_in_statement(const std::string& copy_stmt, bool freeze);

}  // namespace ds::engines::postgres
