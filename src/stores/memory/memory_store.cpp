#include "stores/memory/memory_store.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace ds::stores::memory {

class MemoryStore::Sink final : public stream::Sink {
public:
    Sink(MemoryStore& store, std::string key, bool only_if_absent)
        : store_{store}, key_{std::move(key)}, only_if_absent_{only_if_absent} {}

    Status write(View bytes) override {
        DS_DO(store_.run_.check());
        append(bytes_, bytes);
        return {};
    }

    Status finish() override {
        DS_DO(store_.run_.check());
        const std::lock_guard lock{store_.mutex_};
        if (only_if_absent_ && store_.objects_.contains(key_)) {
            return fail(Code::exists, fmt::format("{} exists already", key_));
        }
        store_.objects_[key_] = {std::make_shared<const Bytes>(std::move(bytes_)),
                                 store_.run_.clock.now()};
        return {};
    }

private:
    MemoryStore& store_;
    const std::string key_;
    const bool only_if_absent_;
    Bytes bytes_;
};

class MemoryStore::Source final : public stream::Source {
public:
    Source(const MemoryStore& store, std::shared_ptr<const Bytes> bytes, Range range)
        : store_{store}, bytes_{std::move(bytes)} {
        const auto begin = std::min<std::uint64_t>(range.offset, bytes_->size());
        const auto count =
            std::min<std::uint64_t>(range.bytes.value_or(bytes_->size()), bytes_->size() - begin);
        left_ =
            View{*bytes_}.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(count));
    }

    Result<std::size_t> read(Room room) override {
        DS_DO(store_.run_.check());
        const auto count = std::min(room.size(), left_.size());
        std::copy_n(left_.begin(), count, room.begin());
        left_ = left_.subspan(count);
        return count;
    }

private:
    const MemoryStore& store_;
    std::shared_ptr<const Bytes> bytes_;
    View left_;
};

Result<stream::SinkPtr> MemoryStore::create(const std::string& key, const PutOptions& options) {
    DS_DO(check_key(key));
    return std::make_unique<Sink>(*this, key, options.only_if_absent);
}

Result<stream::SourcePtr> MemoryStore::open(const std::string& key, Range range) {
    DS_DO(check_key(key));
    const std::lock_guard lock{mutex_};
    const auto found = objects_.find(key);
    if (found == objects_.end())
        return fail(Code::not_found, fmt::format("there is no object '{}'", key));
    return std::make_unique<Source>(*this, found->second.bytes, range);
}

Result<ObjectInfo> MemoryStore::stat(const std::string& key) {
    DS_DO(check_key(key));
    const std::lock_guard lock{mutex_};
    const auto found = objects_.find(key);
    if (found == objects_.end())
        return fail(Code::not_found, fmt::format("there is no object '{}'", key));
    return ObjectInfo{key, found->second.bytes->size(), found->second.modified};
}

Status MemoryStore::list(const std::string& prefix,
                         const std::function<Status(const ObjectInfo&)>& visit) {
    DS_DO(run_.check());
    // A copy, so that `visit` may use the store.
    std::vector<ObjectInfo> found;
    {
        const std::lock_guard lock{mutex_};
        for (auto at = objects_.lower_bound(prefix);
             at != objects_.end() && at->first.starts_with(prefix); ++at) {
            found.push_back({at->first, at->second.bytes->size(), at->second.modified});
        }
    }
    for (const auto& info : found) DS_DO(visit(info));
    return {};
}

Status MemoryStore::remove(const std::string& key) {
    DS_DO(check_key(key));
    const std::lock_guard lock{mutex_};
    objects_.erase(key);
    return {};
}

Result<std::size_t> MemoryStore::sweep(const std::string& /*prefix*/,
                                       std::chrono::seconds /*age*/) {
    return 0;
}

}  // namespace ds::stores::memory
