#include "api/resource.hpp"
#include "api/routes.hpp"
#include "codec/codec.hpp"
#include "crypto/age.hpp"
#include "jobs/service/scheduler.hpp"
#include "net/url.hpp"
#include "notify/all.hpp"

// The resources that are kept in the usual way, and what makes a row of each a right one.
namespace ds::api {
namespace {

constexpr std::size_t name_bytes_max = 200;

Status check_name(const std::string& name) {
    if (name.empty()) return fail(Code::invalid, "name: missing");
    if (name.size() > name_bytes_max) return fail(Code::invalid, "name: longer than 200 bytes");
    return {};
}

/// Rows that are named by id must be this organization's.
template <class T>
Status check_there(catalog::Session& session, const Caller& caller, const catalog::Table<T>& table,
                   const std::string& id, const std::string& field) {
    DS_TRY(const auto found, table.find(session, caller.organization, id));
    if (found) return {};
    return fail(Code::invalid,
                fmt::format("{}: there is no {} in {}", field, printable(id, 60), table.name()));
}

Status check_unused(catalog::Session& session, std::string_view question, std::string_view what,
                    const std::string& organization, const std::string& parameter) {
    DS_TRY(const auto rows, session.run(question, {organization, parameter}));
    if (sql::number_of(rows.at(0).at(0)) == 0) return {};
    return fail(Code::conflict, fmt::format("it is still used by {}", what),
                "Change or remove those first.");
}

Status check_url(const std::string& url, std::string_view field) {
    const auto parsed = net::Url::parse(url);
    if (!parsed) return fail(Code::invalid, fmt::format("{}: {}", field, parsed.error().message()));
    if (!parsed->password.empty()) {
        return fail(Code::invalid, fmt::format("{}: has a password in it", field),
                    "Give it in `secret` or `secrets`, where it is kept encrypted.");
    }
    return {};
}

Resource<model::Server> servers() {
    Resource<model::Server> r{catalog::servers,
                              "servers",
                              "server",
                              {"name", "url", "tool_dirs", "runs_max", "labels", "notes"},
                              {"name", "url", "notes", "labels"}};
    r.secret = "secret";
    r.secret_is_text = true;
    r.check = [](catalog::Session&, const Caller&, model::Server& server, bool) -> Status {
        DS_DO(check_name(server.name));
        if (server.runs_max == 0) return fail(Code::invalid, "runs_max: at least 1");
        return check_url(server.url, "url");
    };
    r.before_removal = [](catalog::Session& session, const model::Server& server) {
        return check_unused(session,
                            "SELECT count(*) FROM databases WHERE organization = ? AND server = ?",
                            "databases", server.organization, server.id);
    };
    return r;
}

Resource<model::Database> databases() {
    Resource<model::Database> r{catalog::databases,
                                "databases",
                                "database",
                                {"server", "name", "paused", "archived", "labels", "notes"},
                                {"name", "notes", "labels"}};
    r.check = [](catalog::Session& session, const Caller& caller, model::Database& database,
                 bool) -> Status {
        DS_DO(check_name(database.name));
        return check_there(session, caller, catalog::servers, database.server, "server");
    };
    r.before_removal = [](catalog::Session& session, const model::Database& database) -> Status {
        auto used = check_unused(
            session, "SELECT count(*) FROM backups WHERE organization = ? AND \"database\" = ?",
            "its backups", database.organization, database.id);
        if (!used)
            return fail(used.error().code(), used.error().message(),
                        "Archive it instead: its backups stay, and can be restored. Remove them "
                        "first if they are to go too.");
        return {};
    };
    return r;
}

Resource<model::Store> stores() {
    Resource<model::Store> r{catalog::stores,
                             "stores",
                             "store",
                             {"name", "url", "runs_max", "bytes_max", "paused", "labels", "notes"},
                             {"name", "url", "notes", "labels"}};
    r.secret = "secrets";
    r.check = [](catalog::Session&, const Caller&, model::Store& store, bool) -> Status {
        DS_DO(check_name(store.name));
        DS_DO(check_url(store.url, "url"));
        DS_TRY(const auto url, net::Url::parse(store.url));
        for (const char* secret : {"secret_key", "session_token"}) {
            if (url.option(secret) != nullptr) {
                return fail(Code::invalid, fmt::format("url: has {} in it", secret),
                            "Give it in `secrets`, where it is kept encrypted.");
            }
        }
        return {};
    };
    r.before_removal = [](catalog::Session& session, const model::Store& store) {
        return check_unused(session,
                            "SELECT count(*) FROM copies WHERE organization = ? AND store = ? AND "
                            "state IN ('complete', 'condemned')",
                            "copies of backups", store.organization, store.id);
    };
    return r;
}

Resource<model::Key> keys() {
    Resource<model::Key> r{catalog::keys,
                           "keys",
                           "key",
                           {"name", "recipient", "notes"},
                           {"name", "recipient", "notes"}};
    r.secret = "secret";
    r.secret_is_text = true;
    r.check = [](catalog::Session&, const Caller&, model::Key& key, bool) -> Status {
        DS_DO(check_name(key.name));
        const auto recipient = crypto::Recipient::parse(key.recipient);
        if (!recipient) return fail(Code::invalid, "recipient: " + recipient.error().message());
        return {};
    };
    r.before_removal = [](catalog::Session& session, const model::Key& key) {
        return check_unused(session,
                            "SELECT count(*) FROM backups WHERE organization = ? AND recipients "
                            "LIKE '%' || ? || '%'",
                            "backups that only it may open", key.organization, key.recipient);
    };
    return r;
}

Status check_destinations(catalog::Session& session, const Caller& caller,
                          const model::Plan& plan) {
    for (std::size_t at = 0; at < plan.destinations.size(); ++at) {
        DS_DO(check_there(session, caller, catalog::stores, plan.destinations[at].store,
                          fmt::format("destinations[{}].store", at)));
    }
    for (std::size_t at = 0; at < plan.databases.size(); ++at) {
        DS_DO(check_there(session, caller, catalog::databases, plan.databases[at],
                          fmt::format("databases[{}]", at)));
    }
    for (std::size_t at = 0; at < plan.keys.size(); ++at) {
        DS_DO(check_there(session, caller, catalog::keys, plan.keys[at],
                          fmt::format("keys[{}]", at)));
    }
    if (plan.encrypted && plan.keys.empty())
        return fail(Code::invalid, "keys: an encrypting plan needs a key",
                    "Name one, or set encrypted to false.");
    return {};
}

Resource<model::Plan> plans(const Services& services) {
    Resource<model::Plan> r{
        catalog::plans,
        "plans",
        "plan",
        {"name", "databases", "destinations", "schedule", "zone", "jitter_seconds", "compression",
         "keys", "encrypted", "verify_schedule", "verify_level", "attempts_max", "stall_seconds",
         "overlap", "paused", "labels", "notes"},
        {"name", "notes", "labels"}};
    r.check = [&services](catalog::Session& session, const Caller& caller, model::Plan& plan,
                          bool) -> Status {
        DS_DO(check_name(plan.name));
        DS_DO(check_destinations(session, caller, plan));
        const auto compression = codec::Compression::parse(plan.compression);
        if (!compression)
            return fail(Code::invalid, "compression: " + compression.error().message());
        if (plan.verify_level < 1 || plan.verify_level > 4)
            return fail(Code::invalid, "verify_level: from 1 to 4");
        if (plan.attempts_max < 1 || plan.attempts_max > 10)
            return fail(Code::invalid, "attempts_max: from 1 to 10");
        auto ahead = jobs::plan_ahead(plan, services.now());
        if (!ahead) return fail(Code::invalid, ahead.error().message(), ahead.error().hint());
        return {};
    };
    return r;
}

Resource<model::Channel> channels() {
    Resource<model::Channel> r{catalog::channels,
                               "channels",
                               "channel",
                               {"name", "driver", "options", "kinds", "severity", "paused"},
                               {"name", "driver"}};
    r.secret = "secrets";
    r.check = [](catalog::Session&, const Caller&, model::Channel& channel, bool) -> Status {
        DS_DO(check_name(channel.name));
        if (notify::find_driver(channel.driver) == nullptr)
            return fail(Code::invalid, "driver: there is no such kind of channel");
        model::Severity severity{};
        if (!boost::describe::enum_from_string(channel.severity.c_str(), severity))
            return fail(Code::invalid, "severity: info, warning or error");
        return {};
    };
    return r;
}

Resource<model::Backup> backups() {
    Resource<model::Backup> r{catalog::backups,
                              "backups",
                              "backup",
                              {"pinned", "locked_until", "labels", "notes"},
                              {"name", "notes", "labels"}};
    r.writes = Scope::operate;
    r.creates = r.removes = false;
    r.check = [](catalog::Session&, const Caller&, model::Backup& backup, bool) -> Status {
        if (backup.locked_until.empty()) return {};
        const auto until = from_rfc3339(backup.locked_until);
        if (!until) return fail(Code::invalid, "locked_until: " + until.error().message());
        return {};
    };
    return r;
}

/// What is only read.
template <class T>
Resource<T> read_only(const catalog::Table<T>& table, std::string path, std::string one,
                      Names search, Names hidden = {}) {
    Resource<T> r{table, std::move(path), std::move(one), {}, std::move(search), std::move(hidden)};
    r.creates = r.removes = false;
    return r;
}

}  // namespace

void add_resources(Router& router, const Services& services) {
    add_resource(router, services, servers());
    add_resource(router, services, databases());
    add_resource(router, services, stores());
    add_resource(router, services, keys());
    add_resource(router, services, plans(services));
    add_resource(router, services, channels());
    add_resource(router, services, backups());
    add_resource(router, services, read_only(catalog::copies, "copies", "copy", {}));
    add_resource(router, services,
                 read_only(catalog::runs, "runs", "run", {"error"},
                           {"lease_owner", "lease_until", "place"}));
    add_resource(router, services, read_only(catalog::deliveries, "deliveries", "delivery", {}));
    auto bell = read_only(catalog::notifications, "notifications", "notification",
                          {"title", "text", "subject"});
    bell.writable = {"seen"};
    bell.writes = Scope::read;
    add_resource(router, services, std::move(bell));
}

}  // namespace ds::api
