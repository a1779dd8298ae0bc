#pragma once

#include "catalog/tables.hpp"

namespace ds::catalog {

/// Enters a backup. Names are drawn without looking at others, and over the years two are the same:
/// the later one is called "brave-otter-20261123-0517-2" here. In its store it keeps its name, and
/// its id tells which it is.
Status insert_backup(Session& session, model::Backup backup);

}  // namespace ds::catalog
