#pragma once

#include "archive/layout.hpp"
#include "stores/store.hpp"

namespace ds::archive {

/// Removes one backup from one store: the manifest first, so that what is left when it breaks off
/// is no backup any more, then everything else. Fine when it is gone already.
Status remove_backup(stores::Store& store, const Place& place);

}  // namespace ds::archive
