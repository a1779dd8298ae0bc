#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace ds::sys::testing {

/// A new directory that goes away with this.
class TempDirectory {
public:
    TempDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "ds-test-XXXXXX").string();
        DS_CHECK(mkdtemp(name.data()) != nullptr, "no temporary directory");
        path_ = name;
    }
    ~TempDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempDirectory(const TempDirectory&) = delete;
    TempDirectory& operator=(const TempDirectory&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::filesystem::path& name) const {
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

}  // namespace ds::sys::testing
