#include "engines/postgres/physical/backup_manifest.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>

#include <fmt/chrono.h>

#include "base/json.hpp"
#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

// A path of PATH_MAX bytes in hex, and what stands beside it.
constexpr std::size_t line_bytes_max = 16 * KiB;
constexpr std::size_t wal_ranges_max = 10'000;

Error bad(std::string what) {
    return fail(Code::corrupt, "the backup manifest is not sound: " + std::move(what));
}

std::string text_in(const json::bj::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

/// CRC-32C is written as its bytes lie in memory: the lowest first on every machine that we know.
std::optional<std::uint32_t> checksum_in(const json::bj::object& object) {
    if (text_in(object, "Checksum-Algorithm") != "CRC32C") return {};
    const auto bytes = from_hex(text_in(object, "Checksum"));
    if (!bytes || bytes->size() != sizeof(std::uint32_t)) return {};
    return load_le32(bytes->data());
}

std::string checksum_text(std::uint32_t sum) {
    Bytes bytes;
    append_le32(bytes, sum);
    return to_hex(bytes);
}

Result<ManifestFile> file_in(const json::bj::object& object) {
    ManifestFile file;
    file.path = text_in(object, "Path");
    if (file.path.empty()) {
        const auto bytes = from_hex(text_in(object, "Encoded-Path"));
        if (!bytes) return bad("a file without a path");
        file.path = std::string{text_of(*bytes)};
    }
    const auto* size = object.if_contains("Size");
    if (size == nullptr || !size->is_int64() || size->get_int64() < 0)
        return bad("a file without a size");
    file.bytes = static_cast<std::uint64_t>(size->get_int64());
    file.crc32c = checksum_in(object);
    return file;
}

Result<WalRange> range_in(const json::bj::object& object) {
    const auto begin = parse_lsn(text_in(object, "Start-LSN"));
    const auto end = parse_lsn(text_in(object, "End-LSN"));
    const auto* timeline = object.if_contains("Timeline");
    if (!begin || !end || timeline == nullptr || !timeline->is_int64())
        return bad("a range of the log that is none");
    return WalRange{static_cast<std::uint64_t>(timeline->get_int64()), *begin, *end};
}

std::string last_line(const std::string& sum) {
    return fmt::format("\"Manifest-Checksum\": \"{}\"}}\n", sum);
}

bool by_path(const ClusterFile& a, const ClusterFile& b) { return a.path < b.path; }

}  // namespace

Status ManifestReader::add(View bytes) {
    for (const char letter : text_of(bytes)) {
        if (closed_) return bad("something comes behind its end");
        line_ += letter;
        if (line_.size() > line_bytes_max) return bad("a line is too long");
        if (letter == '\n') DS_DO(take_line());
    }
    return {};
}

Status ManifestReader::take_line() {
    const auto line = std::exchange(line_, {});
    auto text = trimmed(line);
    if (text.starts_with("\"Manifest-Checksum\"")) {
        if (line != last_line(sum_.finish_hex())) return bad("its checksum is wrong");
        closed_ = true;
        return {};
    }
    sum_.update(view_of(line));
    if (const auto found = text.find("\"System-Identifier\":"); found != text.npos) {
        system_ = std::string{trimmed(text.substr(text.find(':', found) + 1))};
        if (system_.ends_with(',')) system_.pop_back();
    }
    if (text.starts_with("],")) text = trimmed(text.substr(2));
    if (!text.starts_with("{ \"") || text.find("Backup-Manifest-Version") != text.npos) return {};
    if (text.ends_with(',')) text.remove_suffix(1);
    const auto parsed = json::parse(text);
    if (!parsed || !parsed->is_object()) return bad("a line is not JSON");
    const auto& object = parsed->get_object();
    if (object.contains("Start-LSN")) {
        if (wal_ranges_.size() == wal_ranges_max) return bad("too many ranges of the log");
        DS_TRY(const auto range, range_in(object));
        wal_ranges_.push_back(range);
        return {};
    }
    if (!object.contains("Size")) return {};
    DS_TRY(auto file, file_in(object));
    return on_file_(std::move(file));
}

Status ManifestReader::finish() {
    if (!closed_) return bad("it ends in the middle");
    return {};
}

std::string written_manifest(const std::vector<ClusterFile>& files, const WalRange& range) {
    std::string text = "{ \"PostgreSQL-Backup-Manifest-Version\": 1,\n\"Files\": [";
    bool first = true;
    for (const auto& file : files) {
        if (file.path.starts_with("pg_wal/")) continue;
        text += first ? "\n" : ",\n";
        first = false;
        const auto moment = fmt::gmtime(static_cast<std::time_t>(file.changed));
        text += fmt::format(
            "{{ \"Encoded-Path\": \"{}\", \"Size\": {}, \"Last-Modified\": \"{:%Y-%m-%d %H:%M:%S} "
            "GMT\", \"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \"{}\" }}",
            to_hex(view_of(file.path)), file.bytes, moment, checksum_text(file.crc32c));
    }
    text += fmt::format(
        "\n],\n\"WAL-Ranges\": [\n{{ \"Timeline\": {}, \"Start-LSN\": \"{}\", \"End-LSN\": \"{}\" "
        "}}\n],\n",
        range.timeline, text_of_lsn(range.begin), text_of_lsn(range.end));
    const auto sum = crypto::sha256_hex(view_of(text));
    return text + last_line(sum);
}

ManifestCheck::ManifestCheck(std::vector<ClusterFile>& files) : files_{files} {
    std::sort(files.begin(), files.end(), by_path);
    named_.resize(files.size());
}

Status ManifestCheck::take(const ManifestFile& file) {
    ClusterFile wanted;
    wanted.path = file.path;
    const auto found = std::lower_bound(files_.begin(), files_.end(), wanted, by_path);
    if (found == files_.end() || found->path != file.path)
        return bad(fmt::format("{} did not come", printable(file.path, 200)));
    if (found->bytes != file.bytes || (file.crc32c && *file.crc32c != found->crc32c))
        return bad(fmt::format("{} came otherwise than it says", printable(file.path, 200)));
    named_[static_cast<std::size_t>(found - files_.begin())] = true;
    return {};
}

Status ManifestCheck::finish() const {
    for (std::size_t at = 0; at < files_.size(); ++at) {
        if (!named_[at] && !files_[at].path.starts_with("pg_wal/"))
            return bad(fmt::format("{} came and is not in it", printable(files_[at].path, 200)));
    }
    return {};
}

}  // namespace ds::engines::postgres
