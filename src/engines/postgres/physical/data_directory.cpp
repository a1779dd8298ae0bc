#include "engines/postgres/physical/data_directory.hpp"

#include <algorithm>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"
#include "engines/postgres/physical/tar.hpp"
#include "sys/files.hpp"

namespace ds::engines::postgres {
namespace {

namespace fs = sys::fs;

constexpr mode_t directory_mode = 0700, file_mode = 0600;

// A copy must not do what its original was told to: archive into the same place, follow the same
// primary, or recover to a point of long ago. The last line of this file wins.
constexpr std::string_view own_settings =
    "# Written by DumpStation: a restored server archives nowhere and follows nobody.\n"
    "archive_mode = 'off'\n"
    "archive_command = ''\n"
    "restore_command = ''\n"
    "archive_cleanup_command = ''\n"
    "recovery_end_command = ''\n"
    "primary_conninfo = ''\n"
    "primary_slot_name = ''\n"
    "recovery_target = ''\n"
    "recovery_target_name = ''\n"
    "recovery_target_time = ''\n"
    "recovery_target_xid = ''\n"
    "recovery_target_lsn = ''\n";

/// A directory that was empty or not there, and is so again unless it was kept.
class NewDirectory {
public:
    static Result<NewDirectory> make(const fs::path& path) {
        if (!path.is_absolute())
            return fail(Code::invalid, printable(path.string()) + " is not an absolute path",
                        "Begin it with a slash.");
        std::error_code problem;
        const bool was_there = fs::exists(path, problem);
        if (was_there && !fs::is_empty(path, problem))
            return fail(Code::exists, printable(path.string()) + " is not empty",
                        "Name a directory that is empty or does not exist yet.");
        DS_DO(sys::make_directories(path, directory_mode));
        if (::chmod(path.c_str(), directory_mode) != 0)
            return sys::errno_error(errno, "cannot change " + printable(path.string()));
        sys::Fd fd{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)};
        if (!fd) return sys::errno_error(errno, "cannot open " + printable(path.string()));
        return NewDirectory{path, std::move(fd), was_there};
    }
    NewDirectory(NewDirectory&& other) noexcept
        : path_{std::move(other.path_)},
          fd_{std::move(other.fd_)},
          was_there_{other.was_there_},
          keep_{std::exchange(other.keep_, true)} {}
    NewDirectory& operator=(NewDirectory&&) = delete;
    ~NewDirectory() {
        if (keep_) return;
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator{path_, ignored})
            fs::remove_all(entry.path(), ignored);
        if (!was_there_) fs::remove(path_, ignored);
    }

    const fs::path& path() const { return path_; }
    int fd() const { return fd_.get(); }
    void keep() { keep_ = true; }
    /// All that was written is on disk.
    Status sync() const {
        if (::syncfs(fd_.get()) == 0) return {};
        return sys::errno_error(errno, "cannot write " + printable(path_.string()) + " to disk");
    }

private:
    fs::path path_;
    sys::Fd fd_;
    bool was_there_;
    bool keep_ = false;

    NewDirectory(fs::path path, sys::Fd fd, bool was_there)
        : path_{std::move(path)}, fd_{std::move(fd)}, was_there_{was_there} {}
};

/// Writes what a tar holds. Its paths were checked by the reader, and nothing but it writes into
/// the directory: no link can lead elsewhere.
class Unpacking final : public TarVisitor {
public:
    Unpacking(const NewDirectory& into, DirectoryReport& report) : into_{into}, report_{report} {}

    Status begin(const TarEntry& entry) override {
        path_ = entry.path;
        if (entry.kind == TarEntry::Kind::directory) {
            if (::mkdirat(into_.fd(), path_.c_str(), directory_mode) == 0 || errno == EEXIST)
                return {};
            return problem("cannot make");
        }
        file_ = sys::Fd{::openat(into_.fd(), path_.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, file_mode)};
        if (!file_) return problem("cannot make");
        ++report_.files;
        report_.bytes += entry.bytes;
        return {};
    }
    Status contents(View bytes) override { return sys::write_all(file_.get(), bytes, path_); }
    Status end() override {
        file_.reset();
        return {};
    }

private:
    const NewDirectory& into_;
    DirectoryReport& report_;
    std::string path_;
    sys::Fd file_;

    Error problem(const char* what) const {
        return sys::errno_error(errno, fmt::format("{} {}/{}", what, into_.path().string(), path_));
    }
};

Status unpack(PartReader& backup, const std::string& part, const NewDirectory& into,
              DirectoryReport& report, const sys::Run& run) {
    run.progress.step(part);
    DS_TRY(const auto source, backup.open(part, 0, {}));
    Unpacking unpacking{into, report};
    TarReader reader{unpacking};
    Bytes buffer(256 * KiB);
    for (;;) {
        DS_DO(run.check());
        DS_TRY(const auto bytes, source->read(buffer));
        if (bytes == 0) return reader.finish();
        DS_DO(reader.add(View{buffer}.first(bytes)));
        run.progress.advance(bytes, bytes);
    }
}

/// Where each tablespace goes.
Result<std::vector<std::string>> places_of(const BaseFacts& facts,
                                           const DirectoryRequest& request) {
    for (const auto& [from, to] : request.tablespaces) {
        const bool known = std::any_of(facts.tablespaces.begin(), facts.tablespaces.end(),
                                       [&](const auto& one) { return one.location == from; });
        if (!known)
            return fail(Code::invalid,
                        fmt::format("the backup has no tablespace at {}", printable(from)),
                        "The steps in its RESTORE.txt name those that it has.");
    }
    std::vector<std::string> places;
    for (const auto& tablespace : facts.tablespaces) {
        const auto mapped = request.tablespaces.find(tablespace.location);
        places.push_back(mapped == request.tablespaces.end() ? tablespace.location
                                                             : mapped->second);
        if (places.back().find_first_of("\n\r\\") != std::string::npos)
            return fail(Code::invalid, "a tablespace's path has a line break or a backslash",
                        "Map it to another place with --tablespace-map OLD=NEW.");
    }
    return places;
}

/// The server makes the links in pg_tblspc from this file when it starts.
std::string tablespace_map(const BaseFacts& facts, const std::vector<std::string>& places) {
    std::string map;
    for (std::size_t at = 0; at < places.size(); ++at) {
        if (!facts.tablespaces[at].oid.empty())
            map += fmt::format("{} {}\n", facts.tablespaces[at].oid, places[at]);
    }
    return map;
}

Status append_settings(const fs::path& path) {
    const sys::Fd file{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, file_mode)};
    if (!file) return sys::errno_error(errno, "cannot open " + printable(path.string()));
    return sys::write_all(file.get(), view_of(own_settings), path.string());
}

/// What makes a copy one that starts by itself and disturbs nobody.
Status prepare(PartReader& backup, const NewDirectory& data, const std::string& map) {
    const auto& path = data.path();
    for (const char* name : {"standby.signal", "recovery.signal", "postmaster.pid"}) {
        std::error_code ignored;
        fs::remove(path / name, ignored);
    }
    if (!map.empty()) DS_DO(sys::write_file(path / "tablespace_map", view_of(map), file_mode));
    DS_TRY(const auto manifest, backup.open(manifest_part, 0, {}));
    const sys::Fd file{::openat(data.fd(), "backup_manifest",
                                O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, file_mode)};
    if (!file) return sys::errno_error(errno, "cannot make backup_manifest");
    Bytes buffer(256 * KiB);
    for (;;) {
        DS_TRY(const auto bytes, manifest->read(buffer));
        if (bytes == 0) break;
        DS_DO(sys::write_all(file.get(), View{buffer}.first(bytes), "backup_manifest"));
    }
    return append_settings(path / "postgresql.auto.conf");
}

/// Some keep their configuration elsewhere, and then it is in no base backup.
Status complete_configuration(const fs::path& data, DirectoryReport& report) {
    const std::pair<const char*, std::string_view> needed[] = {
        {"postgresql.conf",
         "# The backup had no postgresql.conf: these are PostgreSQL's defaults.\n"},
        {"pg_hba.conf", "# The backup had no pg_hba.conf.\nlocal all all peer\n"}};
    for (const auto& [name, contents] : needed) {
        if (fs::exists(data / name)) continue;
        DS_DO(sys::write_file(data / name, view_of(contents), file_mode));
        report.notes.push_back(fmt::format(
            "{} was not in the data directory, so that it is not in the backup: a plain one was "
            "written",
            name));
    }
    return {};
}

}  // namespace

bool is_physical(const PartReader& backup) {
    const auto* facts = backup.facts().if_object();
    const auto* method = facts == nullptr ? nullptr : facts->if_contains("method");
    return method != nullptr && method->is_string() && method->get_string() == "physical";
}

Result<BaseFacts> base_facts(const PartReader& backup) {
    if (!is_physical(backup))
        return fail(Code::invalid, "it is a logical backup: a database goes into a server",
                    "Leave --into-dir out, and name the database with --into.");
    return json::read<BaseFacts>(json::to_text(backup.facts()));
}

Result<DirectoryReport> restore_directory(PartReader& backup, const DirectoryRequest& request,
                                          const sys::Run& run) {
    DS_TRY(const auto facts, base_facts(backup));
    DS_TRY(const auto places, places_of(facts, request));
    DirectoryReport report;
    report.directory = request.directory.string();
    report.server_major = facts.server_version / 10000;
    std::vector<NewDirectory> made;
    // All of them before the first byte: what is in the way is told at once.
    for (std::size_t at = 0; at < places.size(); ++at) {
        const bool base = facts.tablespaces[at].oid.empty();
        DS_TRY(auto one, NewDirectory::make(base ? request.directory : fs::path{places[at]}));
        made.push_back(std::move(one));
    }
    const NewDirectory* data = nullptr;
    for (std::size_t at = 0; at < made.size(); ++at) {
        DS_DO(unpack(backup, facts.tablespaces[at].part, made[at], report, run));
        if (facts.tablespaces[at].oid.empty()) data = &made[at];
    }
    if (data == nullptr) return fail(Code::corrupt, "the backup has no data directory");
    DS_DO(prepare(backup, *data, tablespace_map(facts, places)));
    DS_DO(complete_configuration(data->path(), report));
    run.progress.step("sync");
    for (auto& one : made) DS_DO(one.sync());
    for (auto& one : made) one.keep();
    return report;
}

}  // namespace ds::engines::postgres
