#include "archive/writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "archive/measured_sink.hpp"
#include "archive/restore_text.hpp"
#include "sys/failpoint.hpp"

namespace ds::archive {
namespace {

constexpr std::size_t pump_bytes = 1 * MiB;

/// Passes on to a sink that somebody else owns, so that its outcome can be asked for afterwards.
class Borrowed final : public stream::Sink {
public:
    explicit Borrowed(stream::Sink& sink) : sink_{sink} {}
    Status write(View bytes) override { return sink_.write(bytes); }
    Status finish() override { return sink_.finish(); }

private:
    stream::Sink& sink_;
};

/// Counts the stored bytes for the progress display.
class ReportedSink final : public stream::Sink {
public:
    ReportedSink(stream::SinkPtr next, sys::Progress& progress)
        : next_{std::move(next)}, progress_{progress} {}
    Status write(View bytes) override {
        progress_.advance(0, bytes.size());
        return next_->write(bytes);
    }
    Status finish() override { return next_->finish(); }

private:
    stream::SinkPtr next_;
    sys::Progress& progress_;
};

Result<std::uint64_t> pump(stream::Source& source, stream::Sink& sink, const sys::Run& run) {
    Bytes buffer(pump_bytes);
    std::uint64_t total = 0;
    for (;;) {
        DS_DO(run.check());
        DS_TRY(const auto got, source.read(buffer));
        if (got == 0) return total;
        DS_DO(sys::fail_point("backup.block"));
        DS_DO(sink.write(View{buffer.data(), got}));
        run.progress.advance(got, 0);
        total += got;
    }
}

constexpr const char* not_stored_hint =
    "Something else may be answering in the store's place: check the endpoint and proxies, and "
    "`dumpstation store check`.";

/// Keys that may write but not read are fine for backing up.
bool may_not_read(const Error& error) { return error.code() == Code::denied; }

/// Whether a small object can be read back as it was written.
Status holds(stores::Store& store, const std::string& key, std::string_view text) {
    const auto bytes = stores::get(store, key, text.size());
    if (!bytes && may_not_read(bytes.error())) return {};
    if (bytes && text_of(*bytes) == text) return {};
    if (!bytes && bytes.error().code() != Code::exhausted) {
        return Error{bytes.error()}.while_doing("reading it back");
    }
    return fail(Code::corrupt, "it reads back as something else", not_stored_hint);
}

}  // namespace

Writer::Writer(const std::vector<stores::Store*>& stores, Place place, Recipe recipe,
               const sys::Run& run)
    : place_{std::move(place)}, recipe_{std::move(recipe)}, run_{run} {
    for (auto* store : stores) destinations_.push_back({store, {}, {}});
}

Writer::~Writer() {
    if (sealed_) return;
    for (auto& destination : destinations_)
        drop(destination, fail(Code::cancelled, "the backup was not finished"));
}

Status Writer::add(const std::string& name, stream::Source& source, std::uint64_t bytes_estimate) {
    PartRecord record;
    record.name = name;
    record.sealed = !recipe_.recipients.empty();
    record.compression = recipe_.compression.text();
    record.object =
        name + std::string{recipe_.compression.suffix()} + (record.sealed ? ".age" : "");
    return store_part(std::move(record), source, bytes_estimate, true)
        .while_doing("storing " + name);
}

Status Writer::store_part(PartRecord record, stream::Source& source, std::uint64_t bytes_estimate,
                          bool packed) {
    DS_DO(sys::fail_point("backup.part.begin"));
    const auto key = place_.key(record.object);
    std::vector<Destination*> reached;
    DS_TRY(auto fan, open_everywhere(key, bytes_estimate, reached));
    MeasuredSink::Measure measure;
    const auto outcome = [&]() -> Status {
        DS_TRY(const auto sink, wrap(std::make_unique<MeasuredSink>(
                                         std::make_unique<ReportedSink>(
                                             std::make_unique<Borrowed>(*fan), run_.progress),
                                         measure),
                                     packed));
        DS_TRY(record.plain_bytes, pump(source, *sink, run_));
        return sink->finish();
    }();
    const auto errors = fan->errors();
    fan.reset();
    for (std::size_t i = 0; i < reached.size(); ++i) {
        if (errors[i])
            drop(*reached[i], *errors[i]);
        else if (outcome)
            reached[i]->keys.push_back(key);
    }
    if (!outcome) return Error{outcome.error()};
    DS_DO(sys::fail_point("backup.part.end"));
    record.bytes = measure.bytes;
    record.sha256 = measure.sha256;
    parts_.push_back(std::move(record));
    return {};
}

Result<std::unique_ptr<stream::Fan>> Writer::open_everywhere(const std::string& key,
                                                             std::uint64_t bytes_estimate,
                                                             std::vector<Destination*>& reached) {
    std::vector<stream::SinkPtr> sinks;
    for (auto& destination : destinations_) {
        if (destination.error) continue;
        auto sink = destination.store->create(key, {bytes_estimate, true});
        if (!sink) {
            drop(destination, std::move(sink.error()));
            continue;
        }
        sinks.push_back(std::move(*sink));
        reached.push_back(&destination);
    }
    if (sinks.empty()) return why_none();
    return std::make_unique<stream::Fan>(std::move(sinks));
}

Result<stream::SinkPtr> Writer::wrap(stream::SinkPtr stored, bool packed) const {
    if (!packed) return stored;
    if (!recipe_.recipients.empty()) {
        DS_TRY(stored, crypto::seal(recipe_.recipients, std::move(stored), recipe_.lanes));
    }
    return codec::compress(recipe_.compression, std::move(stored), recipe_.lanes);
}

Result<Manifest> Writer::seal(Manifest manifest, const std::vector<model::RestoreStep>& steps,
                              const crypto::SigningKey& key,
                              const std::function<Status()>& may_end) {
    manifest.format = format_name;
    manifest.version = format_version;
    manifest.id = place_.id;
    manifest.source = place_.source;
    manifest.signer = key.public_key();
    for (const auto& recipient : recipe_.recipients)
        manifest.recipients.push_back(recipient.name());
    manifest.parts = parts_;

    const auto instructions = restore_instructions(place_, manifest, steps);
    stream::MemorySource source{Bytes{view_of(instructions).begin(), view_of(instructions).end()}};
    const std::string name{instructions_object};
    DS_DO(store_part({.name = name, .object = name, .compression = "none"}, source,
                     instructions.size(), false));
    manifest.parts = parts_;

    confirm_parts();
    const auto text = write_manifest(manifest);
    DS_CHECK(read_manifest(text), "a manifest that we cannot read back is no manifest");
    DS_DO(sys::fail_point("backup.before_signature"));
    put_everywhere(signature_object, key.sign(view_of(text)) + "\n");
    DS_DO(run_.check());
    if (may_end) DS_DO(may_end());
    DS_DO(sys::fail_point("backup.before_manifest"));
    put_everywhere(manifest_object, text);
    DS_DO(sys::fail_point("backup.after_manifest"));
    if (!any_alive()) return why_none();
    sealed_ = true;
    return manifest;
}

void Writer::put_everywhere(std::string_view object, std::string_view text) {
    for (auto& destination : destinations_) {
        if (destination.error) continue;
        // Noted before it is sent: a put whose answer was lost may have arrived all the same.
        destination.keys.push_back(place_.key(object));
        auto status = stores::put(*destination.store, destination.keys.back(), view_of(text),
                                  {text.size(), true});
        if (status) status = holds(*destination.store, destination.keys.back(), text);
        if (!status)
            drop(destination,
                 std::move(status.error()).while_doing("storing " + std::string{object}));
    }
}

// A store that said "stored" is asked what it has before a manifest calls it a backup: what stands
// between may have answered in its place.
void Writer::confirm_parts() {
    for (auto& destination : destinations_) {
        for (const auto& part : parts_) {
            if (destination.error) break;
            const auto info = destination.store->stat(place_.key(part.object));
            if (!info && !may_not_read(info.error())) {
                drop(destination, Error{info.error()}.while_doing("looking for what was stored"));
            } else if (info && info->bytes != part.bytes) {
                drop(destination,
                     fail(Code::corrupt,
                          fmt::format("the store holds {} bytes of {}, and {} were written",
                                      info->bytes, part.object, part.bytes),
                          not_stored_hint));
            }
        }
    }
}

void Writer::drop(Destination& destination, Error error) {
    if (!destination.error) destination.error = std::move(error);
    // The manifest goes first, so that no moment shows a manifest whose parts are gone. What cannot
    // be removed now is left to the sweep.
    std::reverse(destination.keys.begin(), destination.keys.end());
    for (const auto& key : destination.keys)
        static_cast<void>(destination.store->remove(key).has_value());
    destination.keys.clear();
}

bool Writer::any_alive() const {
    return std::any_of(destinations_.begin(), destinations_.end(),
                       [](const auto& d) { return !d.error; });
}

Error Writer::why_none() const {
    for (const auto& destination : destinations_) {
        if (destination.error)
            return Error{*destination.error}.while_doing(destination.store->traits().location);
    }
    return fail(Code::internal, "a backup needs a store");
}

std::vector<Copy> Writer::copies() const {
    std::vector<Copy> copies;
    for (const auto& d : destinations_) copies.push_back({d.store->traits().location, d.error});
    return copies;
}

}  // namespace ds::archive
