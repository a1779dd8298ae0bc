#include "cli/stores.hpp"

namespace ds::cli {

Result<std::unique_ptr<stores::Store>> open_existing(const std::string& url, const sys::Run& run) {
    DS_TRY(auto store, stores::open_store(url, run));
    constexpr std::string_view scheme = "file://";
    const auto location = store->traits().location;
    std::error_code unknown;
    if (location.starts_with(scheme) && !sys::fs::exists(location.substr(scheme.size()), unknown) &&
        !unknown) {
        return fail(Code::not_found, location + " does not exist",
                    "Check the name, and that the disk is mounted; the first backup creates the "
                    "directory.");
    }
    return store;
}

Result<Chosen> choose(const BackupChoice& choice, const sys::Run& run) {
    DS_TRY(auto store, open_existing(choice.store, run));
    DS_TRY(auto backup, archive::find_backup(*store, choice.name, run));
    return Chosen{std::move(store), std::move(backup)};
}

}  // namespace ds::cli
