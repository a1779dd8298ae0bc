#include "stores/s3/s3_store.hpp"

#include <array>

#include "stores/s3/objects.hpp"
#include "stores/s3/range_source.hpp"
#include "stores/s3/upload_sink.hpp"

namespace ds::stores::s3 {
namespace {

constexpr std::array options{
    Option{"preset", OptionKind::text,
           "Provider: aws, r2, minio, b2, wasabi, spaces, ceph or other"},
    Option{"endpoint", OptionKind::text,
           "https://host:port of the server; known for aws, r2, b2, wasabi, spaces"},
    Option{"region", OptionKind::text, "Region of the bucket; for aws also from AWS_REGION"},
    Option{"account", OptionKind::text, "Account of Cloudflare R2"},
    Option{"access_key", OptionKind::text, "Access key; else AWS_ACCESS_KEY_ID or a profile"},
    Option{"secret_key", OptionKind::secret, "Secret key; better in secret_key_file"},
    Option{"secret_key_file", OptionKind::text, "File that holds the secret key"},
    Option{"session_token", OptionKind::secret, "Session token of temporary credentials"},
    Option{"profile", OptionKind::text, "Profile of ~/.aws/credentials; else AWS_PROFILE"},
    Option{"path_style", OptionKind::flag, "true: https://host/bucket; false: https://bucket.host"},
    Option{"part_mib", OptionKind::number,
           "MiB per part of an upload, 5 to 5120; else planned from the size"},
    Option{"parallel", OptionKind::number, "Parts of one upload in flight, 1 to 64"},
    Option{"conditional_put", OptionKind::flag,
           "Whether the server honours If-None-Match on writing"},
    Option{"ca_file", OptionKind::text, "Certificate of a private authority, PEM"},
    Option{"list_page", OptionKind::number, "Keys per page of a listing, 1 to 1000"},
};

Result<std::unique_ptr<Store>> open_s3_store(const net::Url& url, const sys::Run& run,
                                             const net::Outgoing& outgoing) {
    DS_TRY(auto config, read_config(url, process_environment));
    config.outgoing = outgoing;
    return std::make_unique<S3Store>(std::move(config), run);
}

}  // namespace

Traits S3Store::traits() const {
    return {client_.config().location(), client_.config().conditional != Conditional::never};
}

Result<stream::SinkPtr> S3Store::create(const std::string& key, const PutOptions& put_options) {
    DS_DO(check_key(key));
    return upload_object(client_, run_, full(key), put_options);
}

Result<stream::SourcePtr> S3Store::open(const std::string& key, Range range) {
    DS_DO(check_key(key));
    return open_object(client_, run_, full(key), range);
}

Result<ObjectInfo> S3Store::stat(const std::string& key) {
    DS_DO(check_key(key));
    DS_TRY(const auto head, head_object(client_, full(key), run_.stop));
    return ObjectInfo{key, head.bytes, head.modified};
}

Status S3Store::list(const std::string& prefix,
                     const std::function<Status(const ObjectInfo&)>& visit) {
    const auto own = client_.config().prefix.size();
    return list_objects(client_, full(prefix), run_.stop, [&](const ObjectInfo& info) -> Status {
        ObjectInfo inside = info;
        inside.key.erase(0, own);
        // Objects with other names were not written by us, as the folders that consoles make.
        if (!check_key(inside.key)) return {};
        return visit(inside);
    });
}

Status S3Store::remove(const std::string& key) {
    DS_DO(check_key(key));
    return delete_object(client_, full(key), run_.stop);
}

Result<std::size_t> S3Store::sweep(const std::string& prefix, std::chrono::seconds age) {
    auto now = run_.clock.now();
    DS_TRY(const auto uploads, list_uploads(client_, full(prefix), run_.stop, now));
    std::size_t removed = 0;
    for (const auto& upload : uploads) {
        if (!upload.key.starts_with(full(prefix)) || upload.begun > now - age) continue;
        DS_DO(abort_upload(client_, upload.key, upload.id, run_.stop));
        ++removed;
    }
    return removed;
}

const Driver driver{"s3", "S3 or compatible", options, &open_s3_store};

}  // namespace ds::stores::s3
