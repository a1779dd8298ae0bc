#pragma once

#include <memory>

#include "catalog/sql/session.hpp"
#include "sys/files.hpp"

namespace ds::catalog::sql {

/// Opens (and creates, mode 0600) a SQLite file in WAL mode. Waits up to `busy` for other writers.
Result<std::unique_ptr<Session>> open_sqlite(const sys::fs::path& file, bool writing);

}  // namespace ds::catalog::sql
