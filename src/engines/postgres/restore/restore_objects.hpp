#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/dump_format/toc.hpp"
#include "engines/postgres/tools/tools.hpp"
#include "sys/process.hpp"
#include "sys/run.hpp"

/// Restoring all that is not data, with pg_restore and a table of contents that lies in memory.
namespace ds::engines::postgres {

/// Dump ids of entries, in the dump's order.
using EntryIds = std::vector<std::int32_t>;

struct Step {
    EntryIds entries;
    bool in_order = false;  // over one connection, one after another
};

/// The objects of a dump in the order in which they are created. Entries of data are in none of the
/// steps. Access rights come last, as an owner may have taken some from himself.
struct Stages {
    Toc toc;      // of everything: what pg_restore must not do at once it sees only there
    Step before;  // what the data needs
    std::vector<Step> after;  // what follows it, one step after another
};
Stages stages_of(const Toc& toc);

/// Creates the entries of `step` in the database that `target` is connected to, over up to `jobs`
/// connections. Returns what pg_restore and the server warned of. Any error fails it, with the
/// first one's text.
Result<std::vector<std::string>> restore_objects(const Connection& target, const Toc& toc,
                                                 const Step& step, const Tool& pg_restore,
                                                 unsigned jobs, const sys::Run& run);

/// The same as SQL text, for running it inside a transaction of our own. `server_major` is the
/// target's.
Result<std::string> objects_as_sql(const Toc& toc, const Step& step, const Tool& pg_restore,
                                   int server_major, const sys::Run& run);

/// What pg_restore's end and its stderr mean. One error is accepted: since version 17 it sets
/// transaction_timeout, which older servers do not know.
Result<std::vector<std::string>> judge_restore(const sys::Exit& exit, std::string_view errors);

}  // namespace ds::engines::postgres
