#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

/// Tars for tests, written with nothing of what reads them.
namespace ds::engines::postgres::testing {

inline void seal(std::string& header) {
    header.replace(148, 8, 8, ' ');
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    header.replace(148, 8, fmt::format("{:06o}", sum) + std::string{"\0 ", 2});
}

inline std::string tar_header(const std::string& path, std::size_t bytes) {
    std::string header(512, '\0');
    header.replace(0, path.size(), path);
    header.replace(100, 7, "0000600");
    header.replace(124, 11, fmt::format("{:011o}", bytes));
    header.replace(136, 11, "00000000001");
    header[156] = path.ends_with('/') ? '5' : '0';
    header.replace(257, 5, "ustar");
    header.replace(263, 2, "00");
    seal(header);
    return header;
}

/// Paths that end with '/' are directories.
inline std::string tar_of(const std::vector<std::pair<std::string, std::string>>& files) {
    std::string tar;
    for (const auto& [path, contents] : files) {
        tar += tar_header(path, contents.size()) + contents;
        tar.append((512 - contents.size() % 512) % 512, '\0');
    }
    return tar + std::string(1024, '\0');
}

}  // namespace ds::engines::postgres::testing
