#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engines/engine.hpp"
#include "engines/testing/dump_helpers.hpp"

namespace ds::engines::testing {

/// A stored backup that lies in memory.
class StoredBackup final : public PartReader {
public:
    std::map<std::string, Bytes> parts;
    json::Value facts_value;
    std::map<std::string, json::Value> indexes;
    /// Called before each open(); its error is open()'s.
    std::function<Status(const std::string& part, std::uint64_t offset)> on_open;

    Result<stream::SourcePtr> open(const std::string& part, std::uint64_t offset,
                                   std::optional<std::uint64_t> bytes) override {
        if (on_open) DS_DO(on_open(part, offset));
        const auto found = parts.find(part);
        if (found == parts.end()) return fail(Code::not_found, "no part " + part);
        const View all{found->second};
        if (offset > all.size()) return fail(Code::invalid, "behind the end of " + part);
        const auto rest = all.size() - static_cast<std::size_t>(offset);
        const auto count = std::min<std::uint64_t>(bytes.value_or(rest), rest);
        return std::make_unique<ViewSource>(
            all.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(count)));
    }
    const json::Value& facts() const override { return facts_value; }
    const json::Value& index(const std::string& part) const override {
        static const json::Value nothing;
        const auto found = indexes.find(part);
        return found == indexes.end() ? nothing : found->second;
    }
    const std::string& backup_name() const override { return name_; }

    Bytes& dump() { return parts.at("database.dump"); }

private:
    const std::string name_ = "brave-otter-20261123-0517";

    class ViewSource final : public stream::Source {
    public:
        explicit ViewSource(View bytes) : left_{bytes} {}
        Result<std::size_t> read(Room room) override {
            const auto count = std::min(room.size(), left_.size());
            std::copy_n(left_.begin(), count, room.begin());
            left_ = left_.subspan(count);
            return count;
        }

    private:
        View left_;
    };
};

/// A backup as the engine makes it, in memory.
inline std::unique_ptr<StoredBackup> take_backup(const DumpRequest& request) {
    auto dumped = must(dump_all(request));
    auto backup = std::make_unique<StoredBackup>();
    backup->parts = std::move(dumped.parts);
    backup->facts_value = std::move(dumped.facts.facts);
    backup->indexes = std::move(dumped.facts.indexes);
    return backup;
}
inline std::unique_ptr<StoredBackup> take_backup(const Secret& url) {
    return take_backup(DumpRequest{url, tool_dirs(), 60});
}

}  // namespace ds::engines::testing
