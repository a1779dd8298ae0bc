#include "jobs/backup.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "archive/signer.hpp"
#include "archive/witness.hpp"
#include "base/text.hpp"
#include "crypto/sha256.hpp"
#include "jobs/run_lock.hpp"
#include "model/backup_name.hpp"
#include "sys/failpoint.hpp"
#include "sys/random.hpp"

namespace ds::jobs {
namespace {

Status add_json(archive::Writer& writer, std::string_view name, const json::Value& value) {
    const auto text = json::to_text(value);
    stream::MemorySource source{Bytes{view_of(text).begin(), view_of(text).end()}};
    return writer.add(std::string{name}, source, text.size());
}

/// A store that cannot be reached now will say so when it is written to; here it only has no
/// history. Returns the stores that answered.
std::vector<stores::Store*> sweep_all(const BackupOrder& order, BackupReport& report) {
    std::vector<stores::Store*> answering;
    for (auto* store : order.stores) {
        const auto swept = sweep(order.state, *store);
        if (swept || !swept.error().transient()) answering.push_back(store);
        if (swept)
            report.swept += *swept;
        else
            report.notes.push_back("could not sweep " + store->traits().location + ": " +
                                   swept.error().message());
    }
    return answering;
}

/// Chains the new backup to the newest one that any of the stores holds.
void chain(const std::vector<stores::Store*>& stores, const std::string& source,
           archive::Manifest& manifest, BackupReport& report) {
    for (auto* store : stores) {
        const auto chained = archive::chain_behind_newest(*store, source, manifest);
        if (!chained) {
            report.notes.push_back("not chained to what lies in " + store->traits().location +
                                   ": " + chained.error().message());
        }
    }
    ++manifest.sequence;
}

std::vector<std::string> locations_of(const std::vector<stores::Store*>& stores) {
    std::vector<std::string> locations;
    for (const auto* store : stores) locations.push_back(store->traits().location);
    return locations;
}

/// Later runs on this machine will notice when a store forgets this backup.
void remember(const BackupOrder& order, BackupReport& report) {
    auto witness = archive::Witness::load(order.state);
    if (!witness) {
        report.notes.push_back(witness.error().message());
        return;
    }
    const auto text = archive::write_manifest(report.manifest);
    const archive::Stored stored{{report.manifest.source, report.manifest.id},
                                 report.manifest,
                                 crypto::sha256_hex(view_of(text)),
                                 text};
    for (const auto& copy : report.copies) {
        if (copy.error) continue;
        const auto saved = witness->saw(copy.location, stored);
        if (!saved) report.notes.push_back(saved.error().message());
    }
}

}  // namespace

bool BackupReport::everywhere() const {
    return std::none_of(copies.begin(), copies.end(),
                        [](const auto& copy) { return copy.error.has_value(); });
}

Result<BackupReport> back_up(const BackupOrder& order, engines::Engine& engine,
                             const sys::Run& run) {
    const auto began = run.clock.now();
    BackupReport report;
    archive::Manifest manifest;
    manifest.name = model::make_backup_name(began);
    manifest.engine = engine.name();
    manifest.method = boost::describe::enum_to_string(order.dump.method, "");
    manifest.started = rfc3339(began);
    manifest.writer = "dumpstation " DS_VERSION;

    DS_TRY(const auto key, archive::own_signing_key(order.state));
    run.progress.step("connect");
    DS_TRY(const auto dump, engine.begin_dump(order.dump, run));
    DS_DO(sys::fail_point("backup.connected"));
    const archive::Place place{dump->source_id(), sys::make_ulid(began)};
    chain(sweep_all(order, report), place.source, manifest, report);
    DS_TRY(const auto lock, RunLock::take(order.state, place, locations_of(order.stores)));
    if (order.on_place) DS_DO(order.on_place(place));

    archive::Writer writer{order.stores, place, order.recipe, run};
    for (;;) {
        DS_TRY(const auto part, dump->next());
        if (!part) break;
        run.progress.step(part->name);
        run.progress.expect(part->bytes_estimate);
        DS_DO(writer.add(part->name, *part->source, part->bytes_estimate));
    }
    run.progress.step("facts");
    DS_TRY(const auto facts, dump->finish());
    DS_DO(sys::fail_point("backup.dumped"));
    manifest.summary = facts.summary;
    DS_DO(add_json(writer, archive::facts_part, facts.facts));
    DS_DO(add_json(writer, archive::index_part, json::to_value(facts.indexes)));

    run.progress.step("seal");
    manifest.finished = rfc3339(run.clock.now());
    // The manifest: from here on the backup exists.
    DS_TRY(report.manifest, writer.seal(std::move(manifest), facts.steps, key, order.may_end));
    report.copies = writer.copies();
    report.duration =
        std::chrono::duration_cast<std::chrono::milliseconds>(run.clock.now() - began);
    for (const auto& note : facts.summary.notes) report.notes.push_back(note);
    remember(order, report);
    return report;
}

}  // namespace ds::jobs
