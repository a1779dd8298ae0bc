#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"

struct redisContext;

namespace ds::net {

/// One connection to a Redis server, for one thread at a time. No call takes longer than
/// `patience`, but for the look-up of a name when it is opened. After an error it is of no use.
class Redis {
public:
    /// `redis://[user][:password@]host[:port][/database]`. Errors: invalid, unavailable,
    /// unauthenticated; none repeats the password.
    static Result<std::unique_ptr<Redis>> open(const Secret& url,
                                               std::chrono::milliseconds patience);
    /// Whether a URL could be opened, without trying.
    static Status check(const Secret& url);

    /// A Lua script that returns a whole number. Scripts run alone: nothing comes between.
    Result<std::int64_t> evaluate(std::string_view script, const std::vector<std::string>& keys,
                                  const std::vector<std::string>& arguments);

private:
    struct Close {
        void operator()(redisContext* context) const;
    };
    struct Reply;

    explicit Redis(redisContext* context) : context_{context} {}
    Result<Reply> ask(const std::vector<std::string_view>& words);

    std::unique_ptr<redisContext, Close> context_;
};

}  // namespace ds::net
