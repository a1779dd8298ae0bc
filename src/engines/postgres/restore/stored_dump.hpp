#pragma once

#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/dump_format/dump_format.hpp"
#include "engines/postgres/dump_format/toc.hpp"
#include "engines/postgres/facts/facts.hpp"

namespace ds::engines::postgres {

inline constexpr const char* dump_part = "database.dump";

/// What a stored backup says of itself.
struct StoredDump {
    Facts facts;
    DumpIndex index;
    Toc toc;
    int dump_major = 0;  // of the pg_dump that wrote it
};

/// Reads facts, index and table of contents, and checks that they belong together. Does not look at
/// data.
Result<StoredDump> open_dump(PartReader& backup);

/// The index alone.
Result<DumpIndex> stored_index(const PartReader& backup);
Result<Facts> stored_facts(const PartReader& backup);

}  // namespace ds::engines::postgres
