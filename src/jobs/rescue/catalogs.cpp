#include "jobs/rescue/catalogs.hpp"

#include <algorithm>

#include "archive/reader.hpp"
#include "archive/verifier.hpp"
#include "catalog/catalog.hpp"
#include "catalog/portable/importer.hpp"
#include "crypto/sha256.hpp"
#include "stores/file/file_store.hpp"
#include "stream/lines.hpp"

namespace ds::jobs {
namespace {

constexpr std::uint64_t stored_bytes_max = 64ULL << 30;
constexpr std::uint64_t plain_bytes_max = 512ULL << 30;
constexpr int lines_at_once = 5000;

Status check_signer(const CatalogCopy& copy, const RescueOrder& order) {
    DS_DO(archive::check_signature(*copy.store, copy.stored));
    const auto& signer = copy.stored.manifest.signer;
    if (order.signers.empty() ||
        std::find(order.signers.begin(), order.signers.end(), signer) != order.signers.end())
        return {};
    return fail(Code::unauthenticated,
                "it is signed by " + printable(signer, 80) + ", who is not to be believed");
}

Result<archive::PartRecord> part_of(const archive::Manifest& manifest) {
    const auto* part = manifest.find(archive::catalog_part);
    if (part == nullptr) return fail(Code::corrupt, "it has no catalog in it");
    if (!part->sealed)
        return fail(Code::corrupt, "it is not encrypted, as every catalog of ours is");
    if (part->bytes > stored_bytes_max || part->plain_bytes > plain_bytes_max)
        return fail(Code::corrupt, "it claims to be larger than any catalog");
    return *part;
}

/// A copy beside us, so that what is read is what was checked: a store may answer twice in two
/// ways.
Status fetch(const CatalogCopy& copy, const archive::PartRecord& part, stores::Store& to,
             const sys::Run& run) {
    const auto key = copy.stored.place.key(part.object);
    DS_TRY(const auto source, copy.store->open(key, {}));
    DS_TRY(const auto sink, to.create(key, {part.bytes, true}));
    crypto::Sha256 sha;
    std::uint64_t total = 0;
    Bytes buffer(1 * MiB);
    for (;;) {
        DS_DO(run.check());
        DS_TRY(const auto got, source->read(buffer));
        if (got == 0) break;
        total += got;
        if (total > part.bytes) break;
        sha.update(View{buffer}.first(got));
        run.progress.advance(got, 0);
        DS_DO(sink->write(View{buffer}.first(got)));
    }
    if (total != part.bytes || sha.finish_hex() != part.sha256)
        return fail(Code::corrupt, "it is not what was written");
    return sink->finish();
}

/// Enters lines into the catalog of `scratch`, some thousand a transaction.
class RowsBack {
public:
    RowsBack(stream::Lines& lines, std::uint64_t bytes_max, const catalog::Vault& vault)
        : lines_{lines}, bytes_left_{bytes_max}, vault_{vault} {}

    Result<catalog::portable::Header> enter(const sys::fs::path& scratch, const sys::Run& run) {
        DS_TRY(const auto first, next());
        if (!first) return fail(Code::corrupt, "it is empty");
        DS_TRY(auto header, catalog::portable::read_header(*first));
        DS_TRY(const auto catalog, catalog::Catalog::open({scratch, {}, header.schema}));
        catalog::portable::Importer importer{header, vault_};
        for (bool more = true; more;) {
            DS_DO(run.check());
            DS_TRY(more, catalog->write([&](catalog::Session& session) {
                return enter_some(session, importer);
            }));
        }
        DS_DO(importer.finish());
        return header;
    }

private:
    stream::Lines& lines_;
    std::uint64_t bytes_left_;
    const catalog::Vault& vault_;

    Result<std::optional<std::string>> next() {
        DS_TRY(auto line, lines_.next());
        const auto bytes = line ? line->size() + 1 : 0;
        if (bytes > bytes_left_) return fail(Code::corrupt, "it holds more than its manifest says");
        bytes_left_ -= bytes;
        return line;
    }

    /// False behind the last line.
    Result<bool> enter_some(catalog::Session& session, catalog::portable::Importer& importer) {
        for (int count = 0; count < lines_at_once; ++count) {
            DS_TRY(const auto line, next());
            if (!line) return false;
            DS_DO(importer.take(session, *line));
        }
        return true;
    }
};

/// Rows that this program could not read later are found now.
Status check_rows(const sys::fs::path& scratch, const std::string& organization) {
    DS_TRY(const auto catalog, catalog::Catalog::open({scratch, {}}));
    return catalog->read([&](catalog::Session& session) -> Status {
        for (const auto& table : catalog::portable::kept_tables())
            DS_DO(table.check(session).while_doing("its " + std::string{table.name}));
        DS_TRY(const auto tenant, catalog::organizations.find(session, organization, organization));
        if (!tenant) return fail(Code::corrupt, "its organization is not in it");
        return {};
    });
}

}  // namespace

Result<std::map<std::string, std::vector<CatalogCopy>>> find_catalogs(
    const RescueOrder& order, const sys::Run& run, std::vector<std::string>& damages) {
    std::map<std::string, std::vector<CatalogCopy>> found;
    for (const auto& [_, store] : order.stores) {
        DS_TRY(auto shelf, archive::read_catalogs(*store, run));
        for (auto& stored : shelf.backups) {
            auto& copies = found[stored.place.source];
            copies.push_back({std::move(stored), store});
        }
        for (const auto& one : shelf.unreadable)
            damages.push_back(one.place.prefix() + ": " + printable(one.why));
    }
    for (auto& [_, copies] : found) {
        std::sort(copies.begin(), copies.end(), [](const auto& a, const auto& b) {
            return a.stored.place.id > b.stored.place.id;
        });
    }
    return found;
}

Result<catalog::portable::Header> take_catalog(const CatalogCopy& copy, const RescueOrder& order,
                                               const catalog::Vault& vault,
                                               const sys::fs::path& scratch, const sys::Run& run) {
    DS_DO(check_signer(copy, order));
    DS_TRY(const auto part, part_of(copy.stored.manifest));
    stores::file::FileStore local{scratch / "fetched", run};
    DS_DO(fetch(copy, part, local, run));
    archive::Reader reader{local, copy.stored, order.identities};
    DS_TRY(const auto plain, reader.open(part.name));
    stream::Lines lines{*plain, catalog::portable::line_bytes_max};
    DS_TRY(auto header, RowsBack(lines, part.plain_bytes, vault).enter(scratch, run));
    if (archive::catalog_source(header.organization) != copy.stored.place.source)
        return fail(Code::corrupt, "it is of another organization");
    DS_DO(check_rows(scratch, header.organization));
    return header;
}

}  // namespace ds::jobs
