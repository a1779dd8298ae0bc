#include "stores/testing/s3_server.hpp"

#include <cstdio>
#include <memory>

#include <fmt/core.h>
#include <unistd.h>

#include "base/text.hpp"
#include "sys/process.hpp"

namespace ds::stores::testing {

const S3Server* S3Server::get() {
    static const std::unique_ptr<S3Server> server = [] {
        auto made = std::make_unique<S3Server>();
        return made->start() && made->create_bucket() ? std::move(made) : nullptr;
    }();
    return server.get();
}

S3Server::~S3Server() {
    // Before its directory goes: without what lies there nobody could find its processes.
    const auto stopped = testbed({"stop", directory_.path() / "ceph"});
    if (!stopped) fmt::print(stderr, "the S3 server stays: {}\n", stopped.error().message());
}

Result<sys::Finished> S3Server::testbed(const std::vector<std::string>& arguments) const {
    sys::Command command;
    command.arguments = {DS_TESTBED_PROGRAM, "s3"};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.environment = sys::clean_environment();
    if (const char* directory = std::getenv("DS_TESTBED"))
        command.environment["DS_TESTBED"] = directory;
    return sys::run_command(command, 64 * KiB);
}

bool S3Server::start() {
    // The owner is for the case that we are killed.
    const auto finished =
        testbed({"start", directory_.path() / "ceph", "--owner", std::to_string(getpid())});
    if (!finished || !finished->exit.ok()) {
        fmt::print(stderr, "no S3 server: {}\n",
                   finished ? finished->errors : finished.error().message());
        return false;
    }
    const auto words = split(trimmed(finished->output), ' ');
    if (words.size() != 3) return false;
    endpoint_ = words[0];
    access_key_ = words[1];
    secret_key_ = words[2];
    return true;
}

bool S3Server::create_bucket() const {
    s3::Client client{config(""), sys::plain_run()};
    const auto created = client.call({.what = "creating the bucket", .method = "PUT"}, {});
    if (!created) fmt::print(stderr, "no bucket: {}\n", created.error().message());
    return created.has_value();
}

s3::Config S3Server::config(const std::string& prefix, const std::string& options,
                            const std::string& endpoint) const {
    const auto text = fmt::format(
        "s3://{}/{}?preset=ceph&endpoint={}&access_key={}&secret_key={}{}", bucket, prefix,
        endpoint.empty() ? endpoint_ : endpoint, access_key_, secret_key_, options);
    const auto url = net::Url::parse(text);
    DS_CHECK(url.has_value(), "not a URL");
    auto made =
        s3::read_config(*url, [](const std::string&) -> std::optional<std::string> { return {}; });
    DS_CHECK(made.has_value(), "not a configuration");
    return std::move(*made);
}

}  // namespace ds::stores::testing
