#include "archive/remover.hpp"

#include <vector>

namespace ds::archive {

Status remove_backup(stores::Store& store, const Place& place) {
    std::vector<std::string> keys;
    DS_DO(store.list(place.prefix(), [&](const stores::ObjectInfo& object) -> Status {
        keys.push_back(object.key);
        return {};
    }));
    DS_DO(store.remove(place.key(manifest_object)));
    for (const auto& key : keys) DS_DO(store.remove(key));
    return {};
}

}  // namespace ds::archive
