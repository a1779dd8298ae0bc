#include "net/redis.hpp"

#include <hiredis/hiredis.h>

#include "base/text.hpp"
#include "net/url.hpp"

namespace ds::net {
namespace {

constexpr std::uint16_t usual_port = 6379;

struct Free {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

timeval as_timeval(std::chrono::milliseconds time) {
    return {time.count() / 1000, (time.count() % 1000) * 1000};
}

Result<Url> parsed(const Secret& url) {
    DS_TRY(auto read, Url::parse(url.reveal()));
    const bool number = read.path.size() < 2 || parse_unsigned(read.path.substr(1), "").has_value();
    if (read.scheme == "redis" && !read.host.empty() && number) return read;
    return fail(Code::invalid, "this is not the address of a Redis server",
                "It looks like redis://:password@host:6379/0; TLS needs a tunnel.");
}

}  // namespace

struct Redis::Reply {
    std::unique_ptr<redisReply, Free> held;
};

void Redis::Close::operator()(redisContext* context) const { redisFree(context); }

Status Redis::check(const Secret& url) {
    const auto read = parsed(url);
    return read ? Status{} : Status{Error{read.error()}};
}

Result<std::unique_ptr<Redis>> Redis::open(const Secret& url, std::chrono::milliseconds patience) {
    DS_TRY(const auto place, parsed(url));
    const int port = place.port == 0 ? usual_port : place.port;
    auto* context = redisConnectWithTimeout(place.host.c_str(), port, as_timeval(patience));
    if (context == nullptr) return fail(Code::exhausted, "out of memory while connecting");
    std::unique_ptr<Redis> redis{new Redis{context}};
    if (context->err != 0)
        return fail(Code::unavailable, fmt::format("cannot connect to Redis at {}:{}: {}",
                                                   place.host, port, printable(context->errstr)));
    redisSetTimeout(context, as_timeval(patience));
    if (!place.password.empty()) {
        std::vector<std::string_view> words{"AUTH"};
        if (!place.user.empty()) words.emplace_back(place.user);
        words.emplace_back(place.password.reveal());
        DS_TRY([[maybe_unused]] const auto in, redis->ask(words));
    }
    if (place.path.size() > 1) {
        DS_TRY([[maybe_unused]] const auto in,
               redis->ask({"SELECT", std::string_view{place.path}.substr(1)}));
    }
    DS_TRY([[maybe_unused]] const auto pong, redis->ask({"PING"}));
    return redis;
}

Result<Redis::Reply> Redis::ask(const std::vector<std::string_view>& words) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const auto& word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    Reply reply{std::unique_ptr<redisReply, Free>{static_cast<redisReply*>(redisCommandArgv(
        context_.get(), static_cast<int>(words.size()), texts.data(), sizes.data()))}};
    if (reply.held == nullptr)
        return fail(Code::unavailable,
                    std::string{"no answer from Redis: "} + printable(context_->errstr));
    if (reply.held->type != REDIS_REPLY_ERROR) return reply;
    const auto text = printable(std::string_view{reply.held->str, reply.held->len});
    const bool refused = text.starts_with("NOAUTH") || text.starts_with("WRONGPASS") ||
                         text.starts_with("NOPERM") || text.find("password") != text.npos;
    return fail(refused ? Code::unauthenticated : Code::failed, "Redis refuses: " + text);
}

Result<std::int64_t> Redis::evaluate(std::string_view script, const std::vector<std::string>& keys,
                                     const std::vector<std::string>& arguments) {
    const auto count = std::to_string(keys.size());
    std::vector<std::string_view> words{"EVAL", script, count};
    words.insert(words.end(), keys.begin(), keys.end());
    words.insert(words.end(), arguments.begin(), arguments.end());
    DS_TRY(const auto reply, ask(words));
    if (reply.held->type == REDIS_REPLY_INTEGER) return reply.held->integer;
    return fail(Code::failed, "Redis answered something else than a number");
}

}  // namespace ds::net
