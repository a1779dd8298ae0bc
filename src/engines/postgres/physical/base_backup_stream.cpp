#include "engines/postgres/physical/base_backup_stream.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

constexpr int with_options_in_brackets = 150000, with_manifest = 130000;
constexpr std::size_t tablespaces_max = 100'000;

Error unexpected(const std::string& what) {
    return fail(Code::internal,
                "the server answers BASE_BACKUP in a way that we do not know: " + what);
}

Result<std::string> shown(Connection& replication, const std::string& setting) {
    return replication.value("SHOW " + setting);
}

Result<BaseBackupStream::Position> position_in(const Rows& rows) {
    if (rows.size() != 1 || rows[0].size() < 2) return unexpected("no position");
    const auto lsn = parse_lsn(rows[0][0].value_or(""));
    if (!lsn) return unexpected("no position");
    DS_TRY(const auto timeline, parse_unsigned(rows[0][1].value_or(""), "timeline"));
    return BaseBackupStream::Position{*lsn, timeline};
}

}  // namespace

Result<ClusterIdentity> identify(Connection& replication) {
    ClusterIdentity identity;
    DS_TRY(const auto rows, replication.rows("IDENTIFY_SYSTEM"));
    if (rows.size() != 1 || rows[0].size() < 3)
        return fail(Code::internal, "the server does not say who it is");
    identity.system = rows[0][0].value_or("");
    DS_TRY(identity.timeline, parse_unsigned(rows[0][1].value_or(""), "timeline"));
    DS_TRY(const auto checksums, shown(replication, "data_checksums"));
    identity.data_checksums = checksums == "on";
    // "16MB": SHOW gives the largest unit that fits.
    DS_TRY(const auto segment, shown(replication, "wal_segment_size"));
    const auto unit = segment.find_first_not_of("0123456789");
    DS_TRY(identity.wal_segment_bytes, parse_unsigned(segment.substr(0, unit), "wal_segment_size"));
    const auto name = unit == std::string::npos ? "" : segment.substr(unit);
    identity.wal_segment_bytes *= name == "GB" ? GiB : name == "MB" ? MiB : name == "kB" ? KiB : 1;
    return identity;
}

std::string base_backup_command(int version, const std::string& label) {
    // Our own check of the pages tells which are damaged, and does not end the backup.
    if (version >= with_options_in_brackets) {
        return fmt::format(
            "BASE_BACKUP (LABEL {}, PROGRESS, CHECKPOINT 'fast', WAL true, WAIT true, MANIFEST "
            "'yes', MANIFEST_CHECKSUMS 'CRC32C', TABLESPACE_MAP true, VERIFY_CHECKSUMS false)",
            quoted_text(label));
    }
    return fmt::format(
        "BASE_BACKUP LABEL {} PROGRESS FAST WAL TABLESPACE_MAP NOVERIFY_CHECKSUMS{}",
        quoted_text(label),
        version >= with_manifest ? " MANIFEST 'yes' MANIFEST_CHECKSUMS 'CRC32C'" : "");
}

Status reserve_log(Connection& replication, const std::string& slot) {
    const bool brackets = replication.version() >= with_options_in_brackets;
    DS_TRY([[maybe_unused]] const auto made,
           replication.rows(fmt::format("CREATE_REPLICATION_SLOT {} TEMPORARY PHYSICAL {}",
                                        quoted_name(slot),
                                        brackets ? "(RESERVE_WAL)" : "RESERVE_WAL")));
    return {};
}

Result<BaseBackupStream> BaseBackupStream::begin(Connection& replication,
                                                 const std::string& label) {
    BaseBackupStream stream{replication};
    stream.one_copy_ = replication.version() >= with_options_in_brackets;
    DS_DO(replication.begin(base_backup_command(replication.version(), label)));
    DS_TRY(const auto position, stream.expect_rows());
    DS_TRY(stream.began_, position_in(position));
    DS_TRY(const auto tablespaces, stream.expect_rows());
    if (tablespaces.empty() || tablespaces.size() > tablespaces_max)
        return unexpected("a strange number of tablespaces");
    for (const auto& row : tablespaces) {
        if (row.size() < 3) return unexpected("a tablespace without a size");
        const auto kilobytes = parse_unsigned(row[2].value_or("0"), "size").value_or(0);
        stream.tablespaces_.push_back({row[0].value_or(""), row[1].value_or(""), kilobytes * KiB});
    }
    return stream;
}

Result<Rows> BaseBackupStream::expect_rows() {
    Rows rows;
    DS_TRY(const auto answer, replication_->next_answer(rows));
    if (answer != Connection::Answer::rows) return unexpected("no rows where there must be some");
    return rows;
}

Status BaseBackupStream::begin_copy() {
    Rows rows;
    DS_TRY(const auto answer, replication_->next_answer(rows));
    if (answer != Connection::Answer::copy) return unexpected("no copy where there must be one");
    in_copy_ = true;
    return {};
}

Result<BaseBackupStream::Next> BaseBackupStream::announce(Next next) {
    state_ = next == Next::end ? State::over : State::in_stream;
    if (next == Next::manifest) manifest_begun_ = true;
    if (next == Next::tar) {
        if (tars_begun_ == tablespaces_.size()) return unexpected("more tars than tablespaces");
        tar_ = tars_begun_++;
    }
    return next;
}

Result<BaseBackupStream::Next> BaseBackupStream::next() {
    if (announced_) return announce(*std::exchange(announced_, {}));
    if (one_copy_) {
        if (in_copy_) return announce(Next::end);
        DS_DO(begin_copy());
        DS_TRY(const auto bytes, read_marked());
        if (!bytes.empty() || !announced_) return unexpected("bytes before the first tar");
        return next();
    }
    const bool manifest = tars_begun_ == tablespaces_.size();
    const bool has_manifest = replication_->version() >= with_manifest;
    if (manifest && (manifest_begun_ || !has_manifest)) return announce(Next::end);
    DS_DO(begin_copy());
    return announce(manifest ? Next::manifest : Next::tar);
}

Result<View> BaseBackupStream::read() {
    if (one_copy_) return read_marked();
    DS_TRY(const auto piece, replication_->next_piece());
    if (piece) return *piece;
    state_ = State::between;
    return View{};
}

/// Until the next stream begins, or the copy ends: each message says by its first byte what it is.
Result<View> BaseBackupStream::read_marked() {
    for (;;) {
        DS_TRY(const auto piece, replication_->next_piece());
        if (!piece) {
            announced_ = Next::end;
            return View{};
        }
        if (piece->empty()) return unexpected("an empty message");
        switch (static_cast<char>(piece->front())) {
            case 'd':
                if (state_ != State::in_stream) return unexpected("bytes of nothing");
                if (piece->size() > 1) return piece->subspan(1);
                break;
            case 'n':
                announced_ = Next::tar;
                state_ = State::between;
                return View{};
            case 'm':
                announced_ = Next::manifest;
                state_ = State::between;
                return View{};
            case 'p': break;  // how far it is, which we count ourselves
            default: return unexpected("a message of an unknown kind");
        }
    }
}

Result<BaseBackupStream::Position> BaseBackupStream::finish() {
    if (tars_begun_ != tablespaces_.size())
        return fail(Code::corrupt, "the server left out a tablespace");
    DS_TRY(const auto rows, expect_rows());
    DS_TRY(const auto ended, position_in(rows));
    Rows none;
    for (;;) {
        DS_TRY(const auto answer, replication_->next_answer(none));
        if (answer == Connection::Answer::done) return ended;
    }
}

}  // namespace ds::engines::postgres
