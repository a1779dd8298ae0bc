#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "net/guard.hpp"
#include "net/sigv4.hpp"
#include "net/url.hpp"

namespace ds::stores::s3 {

/// Which writes the server can bind to "only if it is absent" (If-None-Match: *).
enum class Conditional {
    never,
    single,
    always
};  // single: PutObject yes, CompleteMultipartUpload no

/// What is known of a provider. Everything can be overridden by an option.
struct Preset {
    std::string_view name;
    std::string_view endpoint;  // with {region} and {account}; empty: must be given
    std::string_view
        host_ends;  // an endpoint whose host ends so is of this preset; empty: never guessed
    std::string_view region;  // empty: must be given
    bool path_style;          // https://host/bucket/key instead of https://bucket.host/key
    bool equal_parts;         // all parts of an upload but the last must have one size
    Conditional conditional;
    unsigned parallel;  // parts of one upload in flight
};

const Preset* find_preset(std::string_view name);
std::string preset_names();

/// Gives the keys to sign with; asked again when the server says that they expired.
using KeySource = std::function<Result<net::SigningKeys>()>;
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

struct Config {
    std::string bucket;
    std::string prefix;  // before every key: empty, or ends in '/'
    std::string origin;  // what is connected to; has the bucket's name in host style
    bool path_style = true;
    std::string region;
    KeySource keys;
    std::uint64_t part_bytes = 0;  // 0: planned from the estimate
    bool equal_parts = false;
    Conditional conditional = Conditional::never;
    unsigned parallel = 3;
    unsigned list_page_keys = 1000;
    std::string ca_file;
    net::Outgoing outgoing;  // whom it may call

    std::string location() const;
    /// The path of an object, or of the bucket when `key` is empty, as it goes over the wire.
    std::string path_of(std::string_view key) const;
};

/// Reads `s3://bucket/prefix?options`, the environment and the files of the AWS tools. Secrets
/// given by a file are read here once, so that a missing file shows at once.
Result<Config> read_config(const net::Url& url, const Environment& environment);

/// The process's environment.
std::optional<std::string> process_environment(const std::string& name);

}  // namespace ds::stores::s3
