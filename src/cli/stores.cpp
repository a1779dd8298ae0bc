#include "cli/stores.hpp"

namespace ds::cli {

Result<Chosen> choose(const BackupChoice& choice, const sys::Run& run) {
    DS_TRY(auto store, stores::open_store(choice.store, run));
    DS_TRY(auto backup, archive::find_backup(*store, choice.name, run));
    return Chosen{std::move(store), std::move(backup)};
}

}  // namespace ds::cli
