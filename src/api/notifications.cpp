#include "api/adding.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "jobs/service/channel_health.hpp"
#include "jobs/service/digest.hpp"
#include "notify/all.hpp"

// What people are told: kinds of channels and events, the bell, deliveries again, the digest.
namespace ds::api {

struct ChannelOption {
    std::string name;
    std::string kind;  // "text", "secret", "number", "flag", "choice", "url"
    bool required = false;
    std::string help;
    std::vector<std::string> choices;
    std::string preset;
};
BOOST_DESCRIBE_STRUCT(ChannelOption, (), (name, kind, required, help, choices, preset))

struct ChannelKind {
    std::string name;
    std::string title;
    std::vector<ChannelOption> options;
    std::vector<std::string> kinds;  // of events that it is told when nobody chose
};
BOOST_DESCRIBE_STRUCT(ChannelKind, (), (name, title, options, kinds))

struct EventKindInfo {
    std::string name;
    std::string title;
    std::string severity;
    bool usual = false;
};
BOOST_DESCRIBE_STRUCT(EventKindInfo, (), (name, title, severity, usual))

struct Unread {
    std::uint64_t unread = 0;
};
BOOST_DESCRIBE_STRUCT(Unread, (), (unread))

struct ChannelProbe {
    bool delivered = false;
    std::uint64_t status = 0;  // of HTTP or SMTP; 0: none came
    std::string answer;        // what the other side said, or what went wrong
    std::string hint;
    std::uint64_t milliseconds = 0;
};
BOOST_DESCRIBE_STRUCT(ChannelProbe, (), (delivered, status, answer, hint, milliseconds))

namespace {

std::string word_of(notify::OptionKind kind) {
    switch (kind) {
        case notify::OptionKind::text: return "text";
        case notify::OptionKind::secret: return "secret";
        case notify::OptionKind::number: return "number";
        case notify::OptionKind::flag: return "flag";
        case notify::OptionKind::choice: return "choice";
        case notify::OptionKind::url: return "url";
    }
    return {};
}

ChannelKind described(const notify::Driver& driver) {
    ChannelKind kind{
        std::string{driver.name}, std::string{driver.title}, {}, notify::usual_kinds(driver)};
    for (const auto& option : driver.options) {
        kind.options.push_back({std::string{option.name},
                                word_of(option.kind),
                                option.required,
                                std::string{option.help},
                                {option.choices.begin(), option.choices.end()},
                                std::string{option.preset}});
    }
    return kind;
}

template <class T>
Reply reply_with(const T& item, int status = 200) {
    return Reply{status, json::to_value(item), {}, {}};
}

template <class T>
Reply reply_list(const std::vector<T>& items) {
    return Reply{200, json::bj::object{{"items", json::to_value(items)}}, {}, {}};
}

Result<Reply> channel_kinds() {
    std::vector<ChannelKind> kinds;
    for (const auto* driver : notify::drivers()) kinds.push_back(described(*driver));
    return reply_list(kinds);
}

Result<Reply> event_kinds() {
    std::vector<EventKindInfo> kinds;
    for (const auto& kind : model::event_kinds) {
        kinds.push_back({std::string{kind.name}, std::string{kind.title},
                         boost::describe::enum_to_string(kind.severity, "info"), kind.usual});
    }
    return reply_list(kinds);
}

Result<Unread> count_unread(catalog::Session& session, const std::string& organization) {
    DS_TRY(const auto rows,
           session.run("SELECT count(*) FROM notifications WHERE organization = ? AND seen = 0",
                       {organization}));
    return Unread{static_cast<std::uint64_t>(sql::number_of(rows.at(0).at(0)))};
}

Result<Reply> unread(const Services& services, const Call& call) {
    DS_TRY(const auto count, services.read([&](catalog::Session& session) {
        return count_unread(session, call.caller.organization);
    }));
    return reply_with(count);
}

/// Up to the newest that the caller has seen, so that what came meanwhile stays unread.
struct ReadAll {
    std::string upto;  // the id of a notification; "" = all
};
BOOST_DESCRIBE_STRUCT(ReadAll, (), (upto))

Result<Reply> read_all(const Services& services, const Call& call) {
    DS_TRY(const auto question, read_body<ReadAll>(call));
    const auto& organization = call.caller.organization;
    DS_TRY(const auto left, services.write([&](catalog::Session& session) -> Result<Unread> {
        DS_TRY([[maybe_unused]] const auto read,
               session.run("UPDATE notifications SET seen = 1, version = version + 1, changed = ? "
                           "WHERE organization = ? AND seen = 0 AND (? = '' OR id <= ?)",
                           {rfc3339(services.now()), organization, question.upto, question.upto}));
        return count_unread(session, organization);
    }));
    services.events.changed(organization, "notification", question.upto);
    return reply_with(left);
}

Result<Reply> replay(const Services& services, const Call& call) {
    DS_TRY(const auto again, services.write([&](catalog::Session& session) {
        return jobs::replay(session, call.caller.organization, call.id(), services.now());
    }));
    services.events.changed(again.organization, "delivery", again.id, again.state);
    Reply reply{202, shown(again, {"organization"}), {}, {}};
    reply.headers.add("Location", "/api/v1/deliveries/" + again.id);
    return reply;
}

Result<Reply> test_channel(const Services& services, const Call& call) {
    DS_TRY(const auto channel, services.read([&](catalog::Session& session) {
        return catalog::channels.get(session, call.caller.organization, call.id());
    }));
    auto event =
        model::event_of("test", channel.organization, {}, "This is a test from DumpStation");
    event.id = catalog::new_id(services.now());
    event.text = "If you can read this, the channel works.";
    event.at = rfc3339(services.now());
    const auto notifier = jobs::open_channel(services.office, channel, services.outside);
    const sys::Run run{call.stop, services.office.clock, sys::no_progress()};
    const auto began = std::chrono::steady_clock::now();
    const auto receipt =
        notifier ? (*notifier)->send(event, run) : Result<notify::Receipt>{Error{notifier.error()}};
    ChannelProbe probe;
    probe.delivered = receipt.has_value();
    probe.status = receipt ? static_cast<std::uint64_t>(receipt->status) : 0;
    probe.answer = receipt ? receipt->answer : receipt.error().message();
    if (!receipt) probe.hint = receipt.error().hint();
    probe.milliseconds =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                       std::chrono::steady_clock::now() - began)
                                       .count());
    if (receipt) {
        DS_DO(services.write([&](catalog::Session& session) {
            return jobs::note_reached(session, services.events, channel, services.now());
        }));
    }
    return reply_with(probe);
}

Result<Reply> show_digest(const Services& services, const Call& call) {
    DS_TRY(const auto digest, services.read([&](catalog::Session& session) {
        return jobs::digest_of(session, call.caller.organization, services.now());
    }));
    return Reply{200, shown(digest, {"organization", "id"}), {}, {}};
}

Result<Reply> change_digest(const Services& services, const Call& call) {
    DS_TRY(const auto body, call.body());
    model::Digest digest;
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY(digest, jobs::digest_of(session, call.caller.organization, services.now()));
        DS_TRY(const auto found, catalog::digests.find(session, digest.organization, digest.id));
        DS_DO(apply(digest, body, {"schedule", "zone", "paused"}));
        DS_DO(jobs::plan_digest(digest, services.now()));
        digest.changed = rfc3339(services.now());
        return found ? catalog::digests.update(session, digest)
                     : catalog::digests.insert(session, digest);
    }));
    return Reply{200, shown(digest, {"organization", "id"}), {}, {}};
}

Result<Reply> preview_digest(const Services& services, const Call& call) {
    DS_TRY(auto event, services.read([&](catalog::Session& session) {
        return jobs::write_digest(session, call.caller.organization, services.now());
    }));
    event.at = rfc3339(services.now());
    return reply_with(event);
}

}  // namespace

void add_notifications(Router& router, const Services& services) {
    Adding channels{router, services, "channels"};
    channels("GET", "channel-kinds", Scope::read, "What kinds of channels there are", {},
             list_of(shape<ChannelKind>()), 200,
             [](const Services&, const Call&) { return channel_kinds(); });
    channels("GET", "event-kinds", Scope::read, "What kinds of events there are", {},
             list_of(shape<EventKindInfo>()), 200,
             [](const Services&, const Call&) { return event_kinds(); });
    channels("POST", "channels/{id}/test", Scope::operate,
             "Send a test message, and say what the other side answers", {}, shape<ChannelProbe>(),
             200, test_channel);
    Adding deliveries{router, services, "deliveries"};
    deliveries("POST", "deliveries/{id}/replay", Scope::operate, "Send a message once more", {},
               without(shape<model::Delivery>(), {"organization"}), 202, replay);
    Adding bell{router, services, "notifications"};
    bell("GET", "unread-notifications", Scope::read, "How many notifications are unread", {},
         shape<Unread>(), 200, unread);
    bell("POST", "notifications/read-all", Scope::read, "Mark notifications as read",
         shape<ReadAll>(), shape<Unread>(), 200, read_all);
    Adding digest{router, services, "digest"};
    digest("GET", "digest", Scope::read, "When the weekly summary is told", {},
           without(shape<model::Digest>(), {"organization", "id"}), 200, show_digest);
    digest("PATCH", "digest", Scope::administer, "Choose when the weekly summary is told",
           body_of(shape<model::Digest>(), {"digest", {"schedule", "zone", "paused"}}),
           without(shape<model::Digest>(), {"organization", "id"}), 200, change_digest);
    digest("GET", "digest/preview", Scope::read, "The weekly summary as it would be now", {},
           shape<model::Event>(), 200, preview_digest);
}

}  // namespace ds::api
