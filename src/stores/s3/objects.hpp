#pragma once

#include <functional>
#include <stop_token>

#include "stores/s3/client.hpp"
#include "stores/store.hpp"

/// Single requests about objects and uploads. Keys here have the store's prefix.
namespace ds::stores::s3 {

/// Sent with every write, so that a write whose answer got lost can be told from somebody else's.
constexpr std::string_view write_mark = "x-amz-meta-dumpstation-write";

struct Head {
    std::uint64_t bytes = 0;
    std::chrono::system_clock::time_point modified;
    std::string mark;
};

/// Code::not_found only when the bucket is there and the object is not.
Result<Head> head_object(Client& client, const std::string& key, const std::stop_token& stop);

Status delete_object(Client& client, const std::string& key, const std::stop_token& stop);

/// Every object below `prefix`, page by page.
Status list_objects(Client& client, const std::string& prefix, const std::stop_token& stop,
                    const std::function<Status(const ObjectInfo&)>& visit);

struct Upload {
    std::string key;
    std::string id;
    std::chrono::system_clock::time_point begun;
};
/// Unfinished uploads below `prefix`, oldest keys first, at most 100,000. `server_now` becomes the
/// server's clock.
Result<std::vector<Upload>> list_uploads(Client& client, const std::string& prefix,
                                         const std::stop_token& stop,
                                         std::chrono::system_clock::time_point& server_now);
/// Takes little time even when the server is gone. An upload that is gone already is fine.
Status abort_upload(Client& client, const std::string& key, const std::string& id,
                    const std::stop_token& stop);

}  // namespace ds::stores::s3
