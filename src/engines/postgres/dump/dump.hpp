#pragma once

#include <memory>

#include "engines/engine.hpp"
#include "engines/postgres/dump_format/dump_format.hpp"
#include "engines/postgres/facts/facts.hpp"

namespace ds::engines::postgres {

/// A logical backup of one database: "database.dump" as pg_dump's custom format without
/// compression, and "globals.sql". Our own session exports the snapshot that pg_dump reads from and
/// takes the facts in it.
Result<std::unique_ptr<Dump>> begin_dump(const DumpRequest& request, const sys::Run& run);

/// Every table of `facts` must have its rows in the dump, exactly as many as the snapshot has:
/// otherwise Code::corrupt. Completes the facts with the content hashes and the index with names.
Status agree(const Toc& toc, DumpIndex& index, Facts& facts);

/// "Shop DB", … → "shop-db-1a2b3c4d": stable over renamed hosts where the server can be identified.
std::string source_id_of(const std::string& database, const std::string& server_identity,
                         const std::string& database_oid);

}  // namespace ds::engines::postgres
