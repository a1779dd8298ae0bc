#pragma once

#include <span>
#include <string_view>

namespace ds::console {

/// A file of the console, in every encoding that it is kept in. An empty one is not kept.
struct File {
    std::string_view path;  // "/assets/index-4f1d.js"
    std::string_view type;
    std::string_view etag;  // of the plain bytes, without quotes
    std::string_view plain, gzip, brotli;
};

/// By path.
std::span<const File> files();
const File* find(std::string_view path);

}  // namespace ds::console
