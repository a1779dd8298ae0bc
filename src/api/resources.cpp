#include "api/channel_rules.hpp"
#include "api/resource.hpp"
#include "api/routes.hpp"
#include "api/row_rules.hpp"
#include "crypto/age.hpp"
#include "jobs/service/scheduler.hpp"
#include "net/url.hpp"

// The resources that are kept in the usual way, and what makes a row of each a right one.
namespace ds::api {
namespace {

Status check_url(const std::string& url, std::string_view field) {
    const auto parsed = net::Url::parse(url);
    if (!parsed) return fail(Code::invalid, fmt::format("{}: {}", field, parsed.error().message()));
    if (!parsed->password.empty()) {
        return fail(Code::invalid, fmt::format("{}: has a password in it", field),
                    "Give it in `secret` or `secrets`, where it is kept encrypted.");
    }
    return {};
}

/// Where a URL leads: "db.example.com:5432".
std::string place_in(const std::string& text) {
    const auto url = net::Url::parse(text);
    if (!url) return text;
    auto place = fmt::format("{}:{}", lower(url->host), url->port);
    for (const char* name : {"host", "hostaddr", "port", "service"}) {
        if (const auto* option = url->option(name)) place += fmt::format(" {}={}", name, *option);
    }
    return place;
}

/// Whoever may change an address must not learn the password that was given for another one.
Status check_secret_stays(bool moved, const std::string& before, const std::string& now) {
    if (!moved || now.empty() || now != before) return {};
    return fail(Code::invalid, "secret: must be given again, as the address is another one now",
                "A password is only sent to the server that it was given for.");
}

/// A plan that names what is gone could not run. `list` is a column of ids.
Status check_unplanned(catalog::Session& session, std::string_view list,
                       const std::string& organization, const std::string& id) {
    return check_unused(session,
                        fmt::format("SELECT count(*) FROM plans WHERE organization = ? AND {} "
                                    "LIKE '%\"' || ? || '\"%'",
                                    list),
                        "plans", organization, id);
}

Resource<model::Server> servers() {
    Resource<model::Server> r{catalog::servers,
                              "servers",
                              "server",
                              {"name", "url", "tool_dirs", "runs_max", "labels", "notes"},
                              {"name", "url", "notes", "labels"}};
    r.required = {"name", "url"};
    r.secret = "secret";
    r.secret_is_text = true;
    r.check = [](catalog::Session& session, const Caller&, model::Server& server,
                 bool is_new) -> Status {
        DS_DO(check_name(server.name));
        if (!is_new) {
            DS_TRY(const auto before,
                   catalog::servers.get(session, server.organization, server.id));
            DS_DO(check_secret_stays(place_in(before.url) != place_in(server.url), before.sealed,
                                     server.sealed));
        }
        if (server.runs_max == 0) return fail(Code::invalid, "runs_max: at least 1");
        return check_url(server.url, "url");
    };
    r.before_removal = [](catalog::Session& session, const model::Server& server) -> Status {
        DS_DO(check_unused(session,
                           "SELECT count(*) FROM replacements WHERE organization = ? AND server = "
                           "? AND state IN ('expected', 'kept')",
                           "databases that restores replaced and keep", server.organization,
                           server.id));
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
    r.required = {"server", "name"};
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
        return check_unplanned(session, "databases", database.organization, database.id);
    };
    return r;
}

Resource<model::Store> stores() {
    Resource<model::Store> r{catalog::stores,
                             "stores",
                             "store",
                             {"name", "url", "runs_max", "bytes_max", "paused", "labels", "notes"},
                             {"name", "url", "notes", "labels"}};
    r.required = {"name", "url"};
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
    r.before_removal = [](catalog::Session& session, const model::Store& store) -> Status {
        DS_DO(check_unused(session,
                           "SELECT count(*) FROM copies WHERE organization = ? AND store = ? AND "
                           "state IN ('complete', 'condemned')",
                           "copies of backups", store.organization, store.id));
        return check_unplanned(session, "destinations", store.organization, store.id);
    };
    return r;
}

Resource<model::Key> keys() {
    Resource<model::Key> r{catalog::keys,
                           "keys",
                           "key",
                           {"name", "recipient", "labels", "notes"},
                           {"name", "recipient", "notes", "labels"}};
    r.required = {"name", "recipient"};
    r.secret = "secret";
    r.secret_is_text = true;
    r.check = [](catalog::Session&, const Caller&, model::Key& key, bool) -> Status {
        DS_DO(check_name(key.name));
        const auto recipient = crypto::Recipient::parse(key.recipient);
        if (!recipient) return fail(Code::invalid, "recipient: " + recipient.error().message());
        return {};
    };
    r.before_removal = [](catalog::Session& session, const model::Key& key) -> Status {
        DS_DO(check_unused(session,
                           "SELECT count(*) FROM backups WHERE organization = ? AND recipients "
                           "LIKE '%' || ? || '%'",
                           "backups that only it may open", key.organization, key.recipient));
        return check_unplanned(session, "keys", key.organization, key.id);
    };
    return r;
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
    r.required = {"name"};
    r.defaults = [&services](catalog::Session& session, const Caller& caller,
                             json::bj::object body) {
        return with_plan_defaults(session, services, caller, std::move(body));
    };
    r.check = [&services](catalog::Session& session, const Caller& caller, model::Plan& plan,
                          bool) -> Status {
        DS_DO(check_plan(session, caller, plan));
        auto ahead = jobs::plan_ahead(plan, services.now());
        if (!ahead) return fail(Code::invalid, ahead.error().message(), ahead.error().hint());
        return {};
    };
    return r;
}

Resource<model::Channel> channels(const Services& services) {
    Resource<model::Channel> r{catalog::channels,
                               "channels",
                               "channel",
                               {"name", "driver", "options", "kinds", "severity", "subjects",
                                "subject_labels", "paused", "labels", "notes"},
                               {"name", "driver", "notes", "labels"}};
    r.required = {"name", "driver"};
    r.secret = "secrets";
    r.check = [&services](catalog::Session& session, const Caller&, model::Channel& channel,
                          bool is_new) -> Status {
        DS_DO(check_name(channel.name));
        DS_DO(check_channel(services, channel));
        if (!is_new) {
            DS_TRY(const auto before,
                   catalog::channels.get(session, channel.organization, channel.id));
            const auto host = [](const model::Channel& one) {
                const auto found = one.options.find("host");
                return found == one.options.end() ? std::string{} : found->second;
            };
            DS_DO(check_secret_stays(host(before) != host(channel), before.sealed, channel.sealed));
        }
        return is_new ? Status{} : try_again_now(session, channel, services.now());
    };
    return r;
}

Resource<model::Backup> backups() {
    Resource<model::Backup> r{catalog::backups,
                              "backups",
                              "backup",
                              {"pinned", "locked_until", "labels", "notes", "metadata"},
                              {"name", "notes", "labels", "metadata", "source_id", "engine",
                               "server_version", "tool_version"}};
    r.writes = Scope::operate;
    r.creates = r.removes = false;
    r.check = [](catalog::Session&, const Caller&, model::Backup& backup, bool) -> Status {
        DS_DO(check_metadata(backup.metadata));
        if (backup.locked_until.empty()) return {};
        const auto until = from_rfc3339(backup.locked_until);
        if (!until) return fail(Code::invalid, "locked_until: " + until.error().message());
        return {};
    };
    return r;
}

/// Its own, which is all that a caller sees.
Resource<model::Organization> organizations() {
    Resource<model::Organization> r{
        catalog::organizations, "organizations", "organization", {"name"}, {"name"}};
    r.check = [](catalog::Session&, const Caller&, model::Organization& organization, bool) {
        return check_name(organization.name);
    };
    r.creates = r.removes = false;
    return r;
}

/// What is only read.
template <class T>
Resource<T> read_only(const catalog::Table<T>& table, std::string path, std::string one,
                      Names search, Names hidden = {}) {
    Resource<T> r{table, std::move(path), std::move(one), {}, std::move(search)};
    r.hidden = std::move(hidden);
    r.creates = r.removes = false;
    return r;
}

}  // namespace

void add_resources(Router& router, const Services& services) {
    add_resource(router, services, organizations());
    add_resource(router, services, servers());
    add_resource(router, services, databases());
    add_resource(router, services, stores());
    add_resource(router, services, keys());
    add_resource(router, services, plans(services));
    add_resource(router, services, channels(services));
    add_resource(router, services, backups());
    add_resource(router, services, read_only(catalog::copies, "copies", "copy", {}));
    add_resource(
        router, services,
        read_only(catalog::replacements, "replacements", "replacement", {"name", "kept_as"}));
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
