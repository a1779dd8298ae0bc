#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "net/http.hpp"
#include "notify/driver.hpp"
#include "notify/notifier.hpp"

/// What the channels over HTTP share.
namespace ds::notify {

/// Where requests go. The path is as secret as a password.
struct Target {
    std::string origin;
    Secret path;  // with query, as it goes over the wire

    /// The same with `steps` behind the path, before a query.
    Target below(std::string_view steps) const;
    Target with_query(std::string_view pair) const;
};

/// http or https, without user and password. Errors do not repeat the text.
Result<Target> target_of(std::string_view url);
/// True when nobody on the way can read it: https, or it stays on this machine.
bool is_private(const Target& target);

/// What must not be seen of a target: its path, and every part of it that is long enough to tell.
std::vector<Secret> secrets_of(const Target& target);

struct Parcel {
    std::string method = "POST";
    Target target;
    std::string content_type = "application/json";
    net::Fields headers;
    std::string body;
};

/// Text from outside in one short line, with every one of `secrets` replaced by ***.
std::string quoted(std::string_view text, const std::vector<Secret>& secrets);

/// Hands requests to one receiver and reads its answers.
class Courier {
public:
    /// `who` is the receiver's name for people. `secrets` never appear in what is returned.
    Courier(std::string who, const Outside& outside, std::vector<Secret> secrets);

    Result<Receipt> deliver(const Parcel& parcel, const sys::Run& run) const;
    /// A body as JSON. When the receiver does not like its form, `plain` goes instead: better a
    /// bare message than none.
    Result<Receipt> deliver(const Target& target, std::string rich, std::string plain,
                            const sys::Run& run) const;

private:
    std::string who_;
    std::shared_ptr<net::HttpClient> http_;
    std::vector<Secret> secrets_;

    Error refusal(const net::HttpResponse& response, const sys::Run& run) const;
};

}  // namespace ds::notify
