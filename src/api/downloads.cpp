#include "api/one_time_code.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "jobs/service/opened_copy.hpp"
#include "jobs/stored_backup.hpp"
#include "model/download.hpp"

// Fetching what a backup consists of, as it lies in its store. A part may be everything that an
// organization has, so having its address is not enough: each download is asked for first, which
// gives a code for this one part, this one caller, a few minutes, and one use.
namespace ds::api {

struct StoredPart {
    std::string name;
    std::string object;
    std::uint64_t bytes = 0;        // as stored, and as it is downloaded
    std::uint64_t plain_bytes = 0;  // after decryption and decompression
    std::string sha256;
    std::string compression;
    bool sealed = false;
};
BOOST_DESCRIBE_STRUCT(StoredPart, (),
                      (name, object, bytes, plain_bytes, sha256, compression, sealed))

/// What a backup holds, by its own facts, which were taken in the same snapshot.
struct HeldTable {
    std::string schema;
    std::string name;
    std::string kind;  // "table", "unlogged table", "materialized view"
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;  // on disk at the source, without indexes
};
BOOST_DESCRIBE_STRUCT(HeldTable, (), (schema, name, kind, rows, bytes))

struct Contents {
    std::vector<HeldTable> tables;
    std::uint64_t large_objects = 0;
};
BOOST_DESCRIBE_STRUCT(Contents, (), (tables, large_objects))

struct DownloadQuestion {
    std::string part;   // its name
    std::string store;  // out of this one; "" = the best that has a copy
};
BOOST_DESCRIBE_STRUCT(DownloadQuestion, (), (part, store))

struct Download {
    std::string url;  // works once, for whoever asked, until it expires
    std::string expires;
    std::string file;  // a name for it
    std::uint64_t bytes = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(Download, (), (url, expires, file, bytes, sha256))

namespace {

constexpr catalog::Table<model::DownloadCode> codes{"download_codes"};
constexpr std::size_t piece_bytes = 256 * KiB;

/// Also of a backup in quarantine: to look at what is wrong with it.
Result<jobs::OpenedCopy> copy_of(const Services& services, const Call& call,
                                 const std::string& store) {
    const sys::Run run{call.stop, services.office.clock, sys::no_progress()};
    DS_TRY(const auto chosen, services.read([&](catalog::Session& session) {
        return jobs::choose_copy(session, call.caller.organization, call.id(), store,
                                 jobs::Damaged::allowed);
    }));
    return jobs::open_copy(services.office, chosen, run);
}

Result<Reply> list_parts(const Services& services, const Call& call) {
    DS_TRY(const auto copy, copy_of(services, call, ""));
    json::bj::array items;
    for (const auto& part : copy.stored.manifest.parts) {
        items.push_back(
            json::to_value(StoredPart{part.name, part.object, part.bytes, part.plain_bytes,
                                      part.sha256, part.compression, part.sealed}));
    }
    return Reply{200, json::bj::object{{"items", std::move(items)}}, {}, {}};
}

/// Reads no more of the backup than its facts. They are sealed as the rest is.
Result<Reply> show_contents(const Services& services, const Call& call) {
    DS_TRY(auto copy, copy_of(services, call, ""));
    if (copy.backup.method != "logical")
        return fail(Code::unsupported, "the tables of a physical backup are not known",
                    "It holds the files of a whole cluster. Restore it to see them.");
    DS_TRY(const auto parts, jobs::StoredBackup::open(*copy.store, std::move(copy.stored),
                                                      std::move(copy.identities)));
    Contents contents;
    DS_DO(json::read_into(contents, parts->facts(), "facts"));
    return Reply{200, json::to_value(contents), {}, {}};
}

Result<Reply> order_download(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<DownloadQuestion>(call));
    DS_TRY(const auto copy, copy_of(services, call, question.store));
    const auto* part = copy.stored.manifest.find(question.part);
    if (part == nullptr)
        return fail(Code::invalid,
                    fmt::format("part: there is no {} in it", printable(question.part, 80)),
                    fmt::format("GET backups/{}/parts lists them.", call.id()));
    model::DownloadCode row;
    row.backup = copy.backup.id;
    row.store = copy.row.id;
    row.part = part->name;
    row.object = copy.stored.place.key(part->object);
    row.bytes = part->bytes;
    DS_TRY(const auto code, issue_code(services, call.caller, codes, row));
    const Download download{fmt::format("/api/v1/backups/{}/downloads/{}", row.backup, code),
                            row.expires, copy.backup.name + "." + part->object, part->bytes,
                            part->sha256};
    Reply reply{201, json::to_value(download), {}, {}};
    reply.headers.add("Location", download.url);
    return reply;
}

Status send_object(const Services& services, const model::Store& row, const std::string& object,
                   http::Writer& writer) {
    const sys::Run run{writer.stop(), services.office.clock, sys::no_progress()};
    DS_TRY(const auto store, jobs::open_store(services.office, row, run));
    DS_TRY(const auto source, store->open(object, {}));
    Bytes piece(piece_bytes);
    for (;;) {
        DS_TRY(const auto bytes, source->read(piece));
        if (bytes == 0) return {};
        DS_DO(writer.write(text_of(View{piece}.first(bytes))));
    }
}

Result<Reply> fetch(const Services& services, const Call& call) {
    DS_TRY(const auto code, use_code(services, call, codes, [&](const model::DownloadCode& row) {
               return row.backup == call.id();
           }));
    DS_TRY(const auto store, services.read([&](catalog::Session& session) {
        return catalog::stores.get(session, code.organization, code.store);
    }));
    auto response = http::stream_response(
        "application/octet-stream", [&services, store, object = code.object](http::Writer& writer) {
            return send_object(services, store, object, writer);
        });
    response.stream->bytes = code.bytes;
    response.headers.add("Content-Disposition", "attachment");
    return Reply{200, {}, {}, std::move(response)};
}

}  // namespace

void add_downloads(Router& router, const Services& services) {
    router.add({"GET",
                "/api/v1/backups/{id}/parts",
                Scope::read,
                "backups",
                "What a backup consists of, as it lies in its store",
                {},
                list_of(shape<StoredPart>()),
                200,
                false,
                [&services](const Call& call) { return list_parts(services, call); }});
    router.add({"GET",
                "/api/v1/backups/{id}/contents",
                Scope::read,
                "backups",
                "The tables in a backup, with their rows and sizes; needs its private key",
                {},
                shape<Contents>(),
                200,
                false,
                [&services](const Call& call) { return show_contents(services, call); }});
    router.add({"POST", "/api/v1/backups/{id}/downloads", Scope::operate, "backups",
                "Ask for a link to a part of a backup, for one download by whoever asks",
                shape<DownloadQuestion>(), shape<Download>(), 201, false,
                [&services](const Call& call) { return order_download(services, call); }});
    router.add({"GET",
                "/api/v1/backups/{id}/downloads/{code}",
                Scope::operate,
                "backups",
                "Download a part of a backup",
                {},
                {},
                200,
                false,
                [&services](const Call& call) { return fetch(services, call); }});
}

}  // namespace ds::api
