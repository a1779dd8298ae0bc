#include "engines/postgres/physical/cluster_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t damaged_max = 100;
constexpr std::size_t files_max = 20'000'000;
constexpr const char* control_path = "global/pg_control";
constexpr std::size_t control_bytes_max = 8192;
// ControlFileData ends with its checksum, and is from 280 to 330 bytes long in 12 to 18.
constexpr std::size_t control_sum_from = 200, control_sum_to = 508;

}  // namespace

bool is_sound_control_file(View bytes) {
    if (bytes.size() < control_sum_to + sizeof(std::uint32_t)) return false;
    for (auto at = control_sum_from; at <= control_sum_to; at += sizeof(std::uint32_t)) {
        if (load_le32(bytes.data() + at) == crc32c(bytes.first(at))) return true;
    }
    return false;
}

void ClusterFiles::begin_tar(const std::string& directory) {
    directory_ = directory.empty() ? "" : directory + "/";
    ++tars_;
}

Status ClusterFiles::begin(const TarEntry& entry) {
    in_file_ = entry.kind == TarEntry::Kind::file;
    if (!in_file_) return {};
    if (files_.size() == files_max)
        return fail(Code::exhausted, fmt::format("the cluster has more than {} files", files_max));
    const auto first_block = first_block_of(entry.path);
    file_ = {directory_ + entry.path, tars_ - 1, entry.offset, entry.bytes, entry.changed, 0};
    has_pages_ = checks_pages_ && first_block.has_value();
    block_ = first_block.value_or(0);
    sum_ = {};
    page_.clear();
    is_control_ = file_.path == control_path;
    return {};
}

Status ClusterFiles::contents(View bytes) {
    sum_.add(bytes);
    if (has_pages_) add_pages(bytes);
    if (is_control_ && control_.size() + bytes.size() <= control_bytes_max) append(control_, bytes);
    return {};
}

void ClusterFiles::add_pages(View bytes) {
    if (!page_.empty()) {
        const auto rest = bytes.first(std::min(bytes.size(), page_bytes - page_.size()));
        append(page_, rest);
        bytes = bytes.subspan(rest.size());
        if (page_.size() < page_bytes) return;
        take_page(page_);
        page_.clear();
    }
    for (; bytes.size() >= page_bytes; bytes = bytes.subspan(page_bytes))
        take_page(bytes.first(page_bytes));
    append(page_, bytes);
}

void ClusterFiles::take_page(View page) {
    ++pages_;
    if (check_page(page, block_, began_) == PageState::damaged) {
        ++pages_damaged_;
        if (damaged_.size() < damaged_max) damaged_.push_back({file_.path, block_});
    }
    ++block_;
}

Status ClusterFiles::end() {
    if (!in_file_) return {};
    file_.crc32c = sum_.value();
    if (is_control_) control_is_whole_ = is_sound_control_file(control_);
    files_.push_back(std::move(file_));
    return {};
}

Status ClusterFiles::check_whole() const {
    for (const std::string_view needed : {"backup_label", "PG_VERSION", control_path}) {
        const bool there = std::any_of(files_.begin(), files_.end(),
                                       [&](const auto& file) { return file.path == needed; });
        if (!there) return fail(Code::corrupt, fmt::format("the server sent no {}", needed));
    }
    if (!control_is_whole_)
        return fail(Code::corrupt, "the control file that the server sent is damaged",
                    "A standby may be writing it at this moment: try again.");
    return {};
}

}  // namespace ds::engines::postgres
