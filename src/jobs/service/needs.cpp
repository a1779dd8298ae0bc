#include "jobs/service/needs.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/codec.hpp"
#include "net/url.hpp"
#include "stream/ordered.hpp"

namespace ds::jobs {
namespace {

constexpr std::uint64_t base_bytes = 16 * MiB;      // threads, connections, the parser, the catalog
constexpr std::uint64_t queue_bytes = 8 * MiB;      // of one destination's fan
constexpr std::uint64_t scratch_bytes = 256 * MiB;  // a scratch server: its buffers and sorting
// As stores/s3 plans an upload: parts in flight and one that is filled.
constexpr std::uint64_t part_bytes_min = 16 * MiB, parts_planned = 7'500, parallel_usual = 3;
constexpr std::uint64_t pieces_bytes = 32 * MiB;  // of an object that is read by ranges

/// What a compressor holds beside its blocks; zstd's tables grow with the level.
std::uint64_t context_bytes(const codec::Compression& compression) {
    if (compression.method != codec::Method::zstd) return MiB;
    if (compression.level <= 4) return 8 * MiB;
    return compression.level <= 12 ? 40 * MiB : 96 * MiB;
}

/// Blocks going in and coming out of parallel lanes, and what is kept for the next ones.
std::uint64_t lanes_bytes(std::uint64_t block_bytes) {
    return (2 * stream::Lanes{}.blocks_max + 2) * block_bytes;
}

std::uint64_t packing_bytes(const model::Plan& plan) {
    const auto compression = codec::Compression::parse(plan.compression);
    std::uint64_t bytes = MiB;
    if (compression && compression->method != codec::Method::none)
        bytes += lanes_bytes(codec::frame_plain_bytes) +
                 stream::Lanes{}.threads * context_bytes(*compression);
    if (plan.encrypted) bytes += lanes_bytes(MiB);
    return bytes;
}

std::uint64_t number_in(const net::Url& url, std::string_view option, std::uint64_t usual) {
    const auto* text = url.option(option);
    if (text == nullptr) return usual;
    return parse_unsigned(*text, option).value_or(usual);
}

/// What a store holds of an upload of `bytes`.
std::uint64_t upload_bytes(const model::Store& store, std::uint64_t bytes) {
    const auto url = net::Url::parse(store.url);
    if (!url || url->scheme == "file") return 2 * MiB;
    const auto planned = std::max(part_bytes_min, bytes / parts_planned + MiB);
    const auto part = number_in(*url, "part_mib", 0) * MiB;
    return (number_in(*url, "parallel", parallel_usual) + 1) * (part > 0 ? part : planned);
}

/// Of the plain bytes: the newest backup tells.
Result<std::uint64_t> size_of(catalog::Session& session, const model::Run& run) {
    DS_TRY(const auto rows,
           session.run("SELECT plain_bytes FROM backups WHERE organization = ? AND "
                       "\"database\" = ? ORDER BY taken DESC LIMIT 1",
                       {run.organization, run.database}));
    return rows.empty() ? 0 : static_cast<std::uint64_t>(sql::number_of(rows.at(0).at(0)));
}

Result<std::uint64_t> backup_needs(catalog::Session& session, const model::Run& run) {
    DS_TRY(const auto plan, catalog::plans.find(session, run.organization, run.plan));
    if (!plan) return base_bytes;  // it will fail for want of its plan
    DS_TRY(const auto bytes, size_of(session, run));
    auto needed = base_bytes + packing_bytes(*plan);
    for (const auto& id : run.stores) {
        DS_TRY(const auto store, catalog::stores.find(session, run.organization, id));
        if (store) needed += queue_bytes + upload_bytes(*store, bytes);
    }
    return needed;
}

/// Of the backup that a restore takes first of what it will replace, by the plan of what it
/// restores.
Result<std::uint64_t> safety_needs(catalog::Session& session, const model::Run& restore) {
    DS_TRY(const auto restored,
           catalog::backups.find(session, restore.organization, restore.order.backup));
    if (!restored) return base_bytes;
    auto safety = restore;
    safety.plan = restored->plan;
    safety.database = restored->database;
    safety.stores.clear();
    DS_TRY(const auto plan, catalog::plans.find(session, restore.organization, restored->plan));
    if (plan) {
        for (const auto& destination : plan->destinations)
            safety.stores.push_back(destination.store);
    }
    return backup_needs(session, safety);
}

}  // namespace

Result<std::uint64_t> memory_needed(catalog::Session& session, const model::Run& run) {
    const auto reading = base_bytes + pieces_bytes + 2 * lanes_bytes(codec::frame_plain_bytes);
    switch (run.kind) {
        case model::RunKind::backup: return backup_needs(session, run);
        case model::RunKind::verify: return run.order.level > 2 ? reading + scratch_bytes : reading;
        case model::RunKind::restore: {
            // One after the other, so the larger of the two.
            if (!run.order.replace || !run.order.safety_backup) return reading;
            DS_TRY(const auto safety, safety_needs(session, run));
            return std::max(reading, safety);
        }
        default: return base_bytes;
    }
}

}  // namespace ds::jobs
