#include "engines/postgres/physical/base_backup.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/dump/dump.hpp"
#include "engines/postgres/physical/backup_manifest.hpp"
#include "engines/postgres/physical/base_backup_stream.hpp"
#include "engines/postgres/physical/cluster_files.hpp"
#include "sys/failpoint.hpp"
#include "sys/random.hpp"

namespace ds::engines::postgres {
namespace {

constexpr const char* backup_label = "DumpStation";
constexpr std::size_t slot_name_bytes = 8;

/// Reads a stream of the server; `look` sees every byte, and `close` gives what it lacks at its
/// end.
class StreamSource final : public stream::Source {
public:
    using Look = std::function<Status(View)>;
    using Close = std::function<Result<View>()>;
    StreamSource(BaseBackupStream& stream, Look look, Close close)
        : stream_{stream}, look_{std::move(look)}, close_{std::move(close)} {}

    Result<std::size_t> read(Room room) override {
        while (left_.empty() && !over_) DS_DO(take());
        const auto bytes = std::min(room.size(), left_.size());
        std::memcpy(room.data(), left_.data(), bytes);
        left_ = left_.subspan(bytes);
        return bytes;
    }

private:
    BaseBackupStream& stream_;
    Look look_;
    Close close_;
    View left_;
    bool over_ = false;

    Status take() {
        DS_TRY(left_, stream_.read());
        if (!left_.empty()) return look_(left_);
        over_ = true;
        DS_TRY(left_, close_());
        return {};
    }
};

/// One line of JSON for each file, written when it is read.
class FileListSource final : public stream::Source {
public:
    FileListSource(const std::vector<ClusterFile>& files, std::vector<std::string> tars)
        : files_{files}, tars_{std::move(tars)} {}

    Result<std::size_t> read(Room room) override {
        if (at_ == line_.size() && next_ < files_.size()) {
            line_ = line_of(files_[next_++]);
            at_ = 0;
        }
        const auto bytes = std::min(room.size(), line_.size() - at_);
        std::memcpy(room.data(), line_.data() + at_, bytes);
        at_ += bytes;
        return bytes;
    }

private:
    const std::vector<ClusterFile>& files_;
    std::vector<std::string> tars_;
    std::size_t next_ = 0, at_ = 0;
    std::string line_;

    std::string line_of(const ClusterFile& file) const {
        return json::write(StoredFile{file.path, tars_.at(file.tar), file.offset, file.bytes,
                                      file.changed, file.crc32c}) +
               "\n";
    }
};

class BaseBackup final : public Dump {
public:
    static Result<std::unique_ptr<Dump>> begin(const DumpRequest& request, const sys::Run& run);

    const std::string& source_id() const override { return source_id_; }
    Result<std::optional<Part>> next() override;
    Result<DumpFacts> finish() override;

private:
    enum class Stage { tars, manifest, files, over };

    std::unique_ptr<Connection> slot_keeper_, connection_;
    ClusterIdentity identity_;
    std::string source_id_;
    std::optional<BaseBackupStream> stream_;
    std::unique_ptr<ClusterFiles> files_;
    std::unique_ptr<TarReader> reader_;
    std::unique_ptr<ManifestCheck> check_;
    std::unique_ptr<ManifestReader> manifest_;
    std::unique_ptr<stream::Source> source_;
    std::vector<BaseFacts::Tablespace> tars_;
    std::optional<BaseBackupStream::Position> ended_;
    Stage stage_ = Stage::tars;

    Part tar();
    Part manifest();
    Part made_manifest();
    Part file_list();
    Result<View> close_tar();
    /// What the server says last makes it a backup.
    Status end_stream();
    BaseFacts facts() const;
    Summary summary() const;
    std::vector<model::RestoreStep> steps() const;
};

Result<std::unique_ptr<Dump>> BaseBackup::begin(const DumpRequest& request, const sys::Run& run) {
    DS_TRY(const auto info, ConnectionInfo::parse(request.url));
    auto backup = std::make_unique<BaseBackup>();
    DS_TRY(backup->slot_keeper_, Connection::open_replication(info, run.stop));
    DS_TRY(backup->connection_, Connection::open_replication(info, run.stop));
    auto& connection = *backup->connection_;
    DS_TRY(backup->identity_, identify(connection));
    backup->source_id_ = source_id_of("cluster", backup->identity_.system, "physical");
    const auto slot = "dumpstation_" + to_hex(sys::random_bytes(slot_name_bytes));
    // The log that the backup needs must not go before it was sent.
    DS_DO(reserve_log(*backup->slot_keeper_, slot).while_doing("reserving the log on the server"));
    run.progress.step("checkpoint");
    DS_TRY(auto stream, BaseBackupStream::begin(connection, backup_label));
    backup->files_ =
        std::make_unique<ClusterFiles>(stream.began().lsn, backup->identity_.data_checksums);
    backup->stream_.emplace(std::move(stream));
    return std::unique_ptr<Dump>{std::move(backup)};
}

Result<std::optional<Part>> BaseBackup::next() {
    switch (stage_) {
        case Stage::tars: {
            DS_TRY(const auto next, stream_->next());
            if (next == BaseBackupStream::Next::tar) return std::optional{tar()};
            DS_DO(files_->check_whole());
            stage_ = Stage::manifest;
            check_ = std::make_unique<ManifestCheck>(files_->files());
            if (next == BaseBackupStream::Next::manifest) return std::optional{manifest()};
            DS_DO(end_stream());
            return std::optional{made_manifest()};
        }
        case Stage::manifest:
            if (manifest_ != nullptr) {
                DS_DO(manifest_->finish());
                DS_DO(check_->finish());
            }
            if (!ended_) {
                DS_TRY(const auto next, stream_->next());
                if (next != BaseBackupStream::Next::end)
                    return fail(Code::internal, "the server sent something behind the manifest");
                DS_DO(end_stream());
            }
            stage_ = Stage::files;
            return std::optional{file_list()};
        case Stage::files: stage_ = Stage::over; break;
        case Stage::over: break;
    }
    return std::optional<Part>{};
}

Part BaseBackup::tar() {
    const auto& tablespace = stream_->tablespace();
    const bool base = tablespace.oid.empty();
    const auto part = base ? base_part : tablespace_part(tablespace.oid);
    tars_.push_back({tablespace.oid, tablespace.location, part});
    files_->begin_tar(base ? "" : "pg_tblspc/" + tablespace.oid);
    reader_ = std::make_unique<TarReader>(*files_);
    source_ = std::make_unique<StreamSource>(
        *stream_, [this](View bytes) { return reader_->add(bytes); },
        [this] { return close_tar(); });
    return {part, tablespace.bytes_estimate, source_.get()};
}

Result<View> BaseBackup::close_tar() {
    DS_DO(reader_->finish());
    return reader_->is_closed() ? View{} : tar_end();
}

Part BaseBackup::manifest() {
    manifest_ = std::make_unique<ManifestReader>(
        [this](const ManifestFile& file) { return check_->take(file); });
    source_ = std::make_unique<StreamSource>(
        *stream_, [this](View bytes) { return manifest_->add(bytes); },
        [] { return Result<View>{View{}}; });
    return {manifest_part, 0, source_.get()};
}

Part BaseBackup::made_manifest() {
    const auto began = stream_->began();
    const auto text = written_manifest(files_->files(), {began.timeline, began.lsn, ended_->lsn});
    source_ =
        std::make_unique<stream::MemorySource>(Bytes{view_of(text).begin(), view_of(text).end()});
    return {manifest_part, text.size(), source_.get()};
}

Part BaseBackup::file_list() {
    std::vector<std::string> parts;
    for (const auto& tar : tars_) parts.push_back(tar.part);
    source_ = std::make_unique<FileListSource>(files_->files(), std::move(parts));
    return {files_part, 0, source_.get()};
}

Status BaseBackup::end_stream() {
    DS_TRY(ended_, stream_->finish());
    return {};
}

BaseFacts BaseBackup::facts() const {
    BaseFacts facts;
    facts.system = identity_.system;
    facts.user = connection_->user();
    facts.timeline = stream_->began().timeline;
    facts.began = text_of_lsn(stream_->began().lsn);
    facts.ended = text_of_lsn(ended_->lsn);
    facts.server_version = static_cast<std::uint64_t>(connection_->version());
    facts.wal_segment_bytes = identity_.wal_segment_bytes;
    facts.data_checksums = identity_.data_checksums;
    facts.files = files_->files().size();
    facts.pages = files_->pages();
    facts.pages_damaged = files_->pages_damaged();
    facts.tablespaces = tars_;
    return facts;
}

Summary BaseBackup::summary() const {
    Summary summary;
    summary.database = "cluster";
    summary.source_id = source_id_;
    summary.server_version = connection_->version_text();
    summary.tool_version = "BASE_BACKUP";
    for (const auto& file : files_->files()) summary.database_bytes += file.bytes;
    if (!identity_.data_checksums)
        summary.notes.emplace_back(
            "the server has no page checksums: what its disk damaged cannot be seen");
    for (const auto& page : files_->damaged())
        summary.notes.push_back(fmt::format("the server's own page is damaged: block {} of {}",
                                            page.block, printable(page.path, 200)));
    return summary;
}

std::vector<model::RestoreStep> BaseBackup::steps() const {
    std::vector<model::RestoreStep> steps;
    steps.push_back({"Make an empty data directory, as the account that PostgreSQL runs as.", "",
                     "mkdir -m 700 data"});
    steps.push_back({"Unpack it.", base_part, "tar -x -C data"});
    for (const auto& tar : tars_) {
        if (tar.oid.empty()) continue;
        steps.push_back(
            {fmt::format("Unpack the tablespace that was at {}; for another place change "
                         "its line in data/tablespace_map.",
                         printable(tar.location, 200)),
             tar.part, fmt::format("tar -x -C {}", printable(tar.location, 200))});
    }
    steps.push_back({fmt::format("Start PostgreSQL {} on it.", connection_->major()), "",
                     "pg_ctl -D data start"});
    return steps;
}

Result<DumpFacts> BaseBackup::finish() {
    if (stage_ != Stage::over) return fail(Code::internal, "the backup was not read to its end");
    return DumpFacts{summary(), json::to_value(facts()), {}, steps()};
}

}  // namespace

std::string tablespace_part(const std::string& oid) { return "tablespace-" + oid + ".tar"; }

Result<std::unique_ptr<Dump>> begin_base_backup(const DumpRequest& request, const sys::Run& run) {
    return BaseBackup::begin(request, run);
}

}  // namespace ds::engines::postgres
