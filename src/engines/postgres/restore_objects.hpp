#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engines/postgres/connection.hpp"
#include "engines/postgres/toc.hpp"
#include "engines/postgres/tools.hpp"
#include "sys/process.hpp"
#include "sys/run.hpp"

/// Restoring all that is not data, with pg_restore and a table of contents that lies in memory.
namespace ds::engines::postgres {

/// A table of contents in two: what must be there before the data, and what follows it. Entries of
/// data are in neither; settings of the session are in both. Access rights come last of all, as an
/// owner may have taken some from himself.
struct Stages {
    Toc before, after;
};
Stages stages_of(const Toc& toc);

/// Creates all objects of `objects` in the database that `target` is connected to, over `jobs`
/// connections. Returns what pg_restore and the server warned of. Any error fails it, with the
/// first one's text.
Result<std::vector<std::string>> restore_objects(const Connection& target, const Toc& objects,
                                                 const Tool& pg_restore, unsigned jobs,
                                                 const sys::Run& run);

/// The same as SQL text, for running it inside a transaction of our own. `server_major` is the
/// target's.
Result<std::string> objects_as_sql(const Toc& objects, const Tool& pg_restore, int server_major,
                                   const sys::Run& run);

/// What pg_restore's end and its stderr mean. One error is accepted: since version 17 it sets
/// transaction_timeout, which older servers do not know.
Result<std::vector<std::string>> judge_restore(const sys::Exit& exit, std::string_view errors);

}  // namespace ds::engines::postgres
