#include "archive/verifier.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "archive/reader.hpp"
#include "base/text.hpp"
#include "codec/codec.hpp"
#include "crypto/sha256.hpp"
#include "crypto/sign.hpp"

namespace ds::archive {
namespace {

constexpr std::size_t read_bytes = 1 * MiB;
constexpr std::size_t signature_bytes_max = 1 * KiB;

/// Hashes an object's bytes in order while somebody else reads it by ranges. What is read out of
/// order is not hashed; rest() reads what nobody asked for.
class Hashed {
public:
    Hashed(stores::Store& store, std::string key) : store_{store}, key_{std::move(key)} {}

    Result<stream::SourcePtr> open(std::uint64_t offset, std::optional<std::uint64_t> bytes) {
        DS_TRY(auto source, store_.open(key_, {offset, bytes}));
        return std::make_unique<Tap>(*this, std::move(source), offset);
    }

    Status rest(std::uint64_t bytes_max) {
        Bytes buffer(read_bytes);
        DS_TRY(const auto source, open(at_, {}));
        for (;;) {
            DS_TRY(const auto got, source->read(buffer));
            if (got == 0 || at_ > bytes_max) return {};
        }
    }

    std::uint64_t bytes() const { return at_; }
    std::string finish() { return sha_.finish_hex(); }

private:
    class Tap final : public stream::Source {
    public:
        Tap(Hashed& owner, stream::SourcePtr source, std::uint64_t offset)
            : owner_{owner}, source_{std::move(source)}, at_{offset} {}
        Result<std::size_t> read(Room room) override {
            DS_TRY(const auto got, source_->read(room));
            owner_.see(at_, View{room.data(), got});
            at_ += got;
            return got;
        }

    private:
        Hashed& owner_;
        stream::SourcePtr source_;
        std::uint64_t at_;
    };

    void see(std::uint64_t offset, View bytes) {
        const std::lock_guard lock{mutex_};
        if (offset > at_ || offset + bytes.size() <= at_) return;
        sha_.update(bytes.subspan(at_ - offset));
        at_ = offset + bytes.size();
    }

    stores::Store& store_;
    std::string key_;
    std::mutex mutex_;
    crypto::Sha256 sha_;
    std::uint64_t at_ = 0;
};

/// An error that says the store's bytes are wrong, and not that we could not get at them.
bool is_damage(const Error& error) {
    return error.code() == Code::corrupt || error.code() == Code::not_found;
}

/// What a changed byte in the head of a sealed object looks like: another key's, or a format that
/// we do not know.
bool may_be_damage(const Error& error) {
    const auto code = error.code();
    return is_damage(error) || code == Code::unauthenticated || code == Code::unsupported ||
           code == Code::invalid || code == Code::exhausted;
}

/// The line end belongs to the file, byte for byte, so that no bit of it can change unnoticed.
Status signature_fits(const Stored& backup, std::string_view line) {
    if (!line.ends_with('\n')) return fail(Code::corrupt, "has no line end");
    return crypto::check_signature(backup.manifest.signer, view_of(backup.manifest_text),
                                   line.substr(0, line.size() - 1));
}

class Examination {
public:
    Examination(stores::Store& store, const Stored& backup, const StoredCheck& check,
                const sys::Run& run)
        : store_{store}, backup_{backup}, check_{check}, run_{run} {}

    Result<StoredReport> conduct() {
        DS_DO(signature());
        DS_DO(objects());
        DS_DO(neighbours());
        return std::move(report_);
    }

private:
    void damage(DamageKind kind, std::string_view object, std::string detail) {
        report_.damages.push_back({kind, std::string{object}, std::move(detail)});
    }

    Status signature() {
        const auto& m = backup_.manifest;
        auto bytes = stores::get(store_, backup_.place.key(signature_object), signature_bytes_max);
        if (!bytes && !is_damage(bytes.error()) && bytes.error().code() != Code::exhausted)
            return Error{bytes.error()};
        if (!bytes) {
            damage(DamageKind::missing, signature_object, bytes.error().message());
            return {};
        }
        if (const auto status = signature_fits(backup_, text_of(*bytes)); !status) {
            damage(DamageKind::signature, manifest_object,
                   "the signature does not fit: " + status.error().message());
            return {};
        }
        const auto& known = check_.trusted_signers;
        if (std::find(known.begin(), known.end(), m.signer) == known.end()) {
            report_.notes.push_back("signed by " + printable(m.signer, 80) +
                                    ", whom this machine does not know");
        }
        return {};
    }

    Status objects() {
        std::map<std::string, std::uint64_t> present;
        DS_DO(store_.list(backup_.place.prefix(), [&](const stores::ObjectInfo& info) -> Status {
            if (const auto located = locate(info.key))
                present[located->object] = info.bytes;
            else
                report_.notes.push_back("foreign object " + printable(info.key, 200));
            return {};
        }));
        for (const auto& part : backup_.manifest.parts) {
            run_.progress.step("check " + part.name);
            DS_DO(run_.check());
            DS_DO(object(part));
            present.erase(part.object);
        }
        present.erase(std::string{manifest_object});
        present.erase(std::string{signature_object});
        for (const auto& [name, _] : present)
            report_.notes.push_back("an object that no manifest names: " + name);
        return {};
    }

    Status object(const PartRecord& part) {
        Hashed hashed{store_, backup_.place.key(part.object)};
        const auto opening = open_through(part, hashed);
        if (!opening && !may_be_damage(opening.error()))
            return Error{opening.error()}.while_doing(part.object);
        const auto rest = hashed.rest(part.bytes);
        if (!rest && rest.error().code() == Code::not_found) {
            damage(DamageKind::missing, part.object, "is not in the store");
            return {};
        }
        // Some stores answer a range that begins at or past the end with an error instead of
        // nothing.
        if (!rest && rest.error().code() != Code::invalid)
            return Error{rest.error()}.while_doing(part.object);
        ++report_.objects;
        report_.bytes += hashed.bytes();
        const auto bytes = hashed.bytes();
        const auto sum = hashed.finish();
        if (bytes == part.bytes && sum == part.sha256) {
            if (!opening && !is_damage(opening.error()))
                return Error{opening.error()}.while_doing(part.object);
            if (!opening) damage(DamageKind::unreadable, part.object, opening.error().message());
            return {};
        }
        return name_change(part, bytes, sum);
    }

    /// Decrypts and unpacks to the end, where it can be.
    Status open_through(const PartRecord& part, Hashed& hashed) {
        if (part.sealed && check_.identities.empty()) return {};
        report_.opened = report_.opened || part.sealed;
        const auto compression = codec::Compression::parse(part.compression);
        if (!compression) return fail(Code::corrupt, compression.error().message());
        std::uint64_t packed_bytes = 0;
        DS_TRY(const auto packed,
               open_seal(
                   part,
                   [&](std::uint64_t offset, std::optional<std::uint64_t> bytes) {
                       return hashed.open(offset, bytes);
                   },
                   check_.identities, packed_bytes));
        DS_TRY(auto packed_source, packed(0, {}));
        DS_TRY(const auto plain, codec::decompress(compression->method, std::move(packed_source)));
        Bytes buffer(read_bytes);
        std::uint64_t total = 0;
        for (;;) {
            DS_DO(run_.check());
            DS_TRY(const auto got, plain->read(buffer));
            if (got == 0) break;
            total += got;
            run_.progress.advance(got, 0);
            // A small object that unpacks to far more than was written is an attack, not a backup.
            if (total > part.plain_bytes) break;
        }
        if (total == part.plain_bytes) return {};
        return fail(Code::corrupt,
                    fmt::format("unpacks to {} bytes instead of {}", total, part.plain_bytes));
    }

    Status name_change(const PartRecord& part, std::uint64_t bytes, const std::string& sum) {
        DS_TRY(const auto* shelf, everything());
        for (const auto& other : shelf->backups) {
            for (const auto& theirs : other.manifest.parts) {
                if (theirs.sha256 != sum || theirs.bytes != bytes) continue;
                const bool older = other.place.source == backup_.place.source &&
                                   theirs.name == part.name && other.place.id < backup_.place.id;
                damage(older ? DamageKind::rolled_back : DamageKind::swapped, part.object,
                       fmt::format("holds {} of backup {}", theirs.object, other.manifest.name));
                return {};
            }
        }
        if (bytes != part.bytes) {
            damage(bytes < part.bytes ? DamageKind::truncated : DamageKind::extended, part.object,
                   bytes < part.bytes
                       ? fmt::format("is {} bytes long instead of {}", bytes, part.bytes)
                       : fmt::format("is longer than the {} bytes that were written", part.bytes));
        } else {
            damage(DamageKind::changed, part.object,
                   "has the right length but other bytes (SHA-256 differs)");
        }
        return {};
    }

    /// The chain and this machine's memory: is something gone that was there?
    Status neighbours() {
        const auto& m = backup_.manifest;
        if (m.previous) {
            const auto previous = read_stored(store_, {m.source, m.previous->id});
            if (!previous && previous.error().code() != Code::not_found &&
                !is_damage(previous.error())) {
                return Error{previous.error()};
            }
            if (previous && previous->manifest_sha256 != m.previous->manifest_sha256) {
                damage(DamageKind::changed, previous->place.key(manifest_object),
                       "the previous backup's manifest is not the one that this backup was chained "
                       "to");
            } else if (!previous && previous.error().code() == Code::corrupt) {
                damage(DamageKind::unreadable, backups_prefix(m.source) + m.previous->id,
                       previous.error().message());
            }
        }
        if (check_.witness == nullptr) return {};
        const auto last = check_.witness->last(store_.traits().location, m.source);
        if (!last) return {};
        const auto seen = read_stored(store_, {m.source, last->id});
        if (!seen && seen.error().code() == Code::not_found && last->sequence > m.sequence) {
            damage(DamageKind::rolled_back, backups_prefix(m.source),
                   fmt::format(
                       "this machine has seen the newer backup {} (number {}) here, and it is gone",
                       last->name, last->sequence));
        } else if (seen && seen->manifest_sha256 != last->manifest_sha256) {
            damage(DamageKind::changed, seen->place.key(manifest_object),
                   fmt::format("the manifest of {} was replaced since this machine saw it",
                               last->name));
        }
        return {};
    }

    Result<const Shelf*> everything() {
        if (!shelf_) {
            DS_TRY(shelf_, read_shelf(store_, "", run_));
        }
        return &*shelf_;
    }

    stores::Store& store_;
    const Stored& backup_;
    const StoredCheck& check_;
    const sys::Run& run_;
    StoredReport report_;
    std::optional<Shelf> shelf_;
};

}  // namespace

Status check_signature(stores::Store& store, const Stored& backup) {
    const auto line = stores::get(store, backup.place.key(signature_object), signature_bytes_max);
    if (!line && !may_be_damage(line.error()) && line.error().code() != Code::not_found)
        return Error{line.error()};
    if (line && signature_fits(backup, text_of(*line))) return {};
    return fail(Code::corrupt, "its manifest is not signed by whom it names");
}

Result<StoredReport> check_stored(stores::Store& store, const Stored& backup,
                                  const StoredCheck& check, const sys::Run& run) {
    return Examination{store, backup, check, run}.conduct();
}

}  // namespace ds::archive
