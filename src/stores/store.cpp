#include "stores/store.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace ds::stores {
namespace {

constexpr std::size_t key_bytes_max = 512;

bool allowed(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

bool segment_is_fine(std::string_view segment) {
    return !segment.empty() && segment != "." && segment != ".." &&
           std::all_of(segment.begin(), segment.end(), allowed);
}

}  // namespace

Status check_key(std::string_view key) {
    bool fine = key.size() <= key_bytes_max;
    for (const auto& segment : split(key, '/')) fine = fine && segment_is_fine(segment);
    if (fine) return {};
    return fail(Code::invalid, fmt::format("'{}' cannot be an object's name", printable(key, 100)));
}

Status put(Store& store, const std::string& key, View bytes, const PutOptions& options) {
    PutOptions exact = options;
    exact.bytes_estimate = bytes.size();
    DS_TRY(const auto sink, store.create(key, exact));
    DS_DO(sink->write(bytes));
    return sink->finish();
}

Result<Bytes> get(Store& store, const std::string& key, std::size_t bytes_max) {
    DS_TRY(const auto source, store.open(key, {}));
    return stream::read_all(*source, bytes_max).while_doing(fmt::format("reading {}", key));
}

}  // namespace ds::stores
