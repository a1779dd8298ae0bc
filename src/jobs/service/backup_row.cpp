#include "jobs/service/backup_row.hpp"

#include "crypto/sha256.hpp"

namespace ds::jobs {

model::Backup backup_row(const archive::Manifest& manifest, const std::string& organization,
                         catalog::Time now) {
    model::Backup row;
    catalog::begin_record(row, organization, now);
    row.id = manifest.id;
    row.name = manifest.name;
    row.engine = manifest.engine;
    row.method = manifest.method;
    row.source_id = manifest.source;
    row.taken = manifest.started;
    row.finished = manifest.finished;
    row.plain_bytes = manifest.plain_bytes();
    row.stored_bytes = manifest.stored_bytes();
    row.tables = manifest.summary.tables;
    row.rows = manifest.summary.rows;
    row.server_version = manifest.summary.server_version;
    row.tool_version = manifest.summary.tool_version;
    row.compression = manifest.parts.empty() ? "" : manifest.parts.front().compression;
    row.recipients = manifest.recipients;
    row.manifest_sha256 = crypto::sha256_hex(view_of(archive::write_manifest(manifest)));
    return row;
}

}  // namespace ds::jobs
