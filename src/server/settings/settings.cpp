#include "net/url.hpp"
#include "server/settings/setting.hpp"

// A new setting is a line in settings(): the lambda says where its value lies.
namespace ds::server {
namespace {

constexpr std::uint64_t day = 86'400;  // seconds

/// "0.0.0.0:8422", "[::1]:8422", "8422".
Status put_listen(Config& config, const std::string& text) {
    auto& http = config.server.http;
    const auto colon = text.rfind(':');
    std::string address = colon == std::string::npos ? "" : text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    if (!address.empty()) http.address = address;
    DS_TRY(const auto port,
           parse_unsigned(colon == std::string::npos ? text : text.substr(colon + 1), "listen"));
    if (port > 65535) return fail(Code::invalid, "listen: a port is at most 65535");
    http.port = static_cast<std::uint16_t>(port);
    return {};
}

std::string get_listen(const Config& config) {
    const auto& http = config.server.http;
    const bool v6 = http.address.find(':') != std::string::npos;
    return fmt::format("{}:{}", v6 ? "[" + http.address + "]" : http.address, http.port);
}

Setting listen() {
    Setting setting{"listen", Kind::text,
                    "ADDRESS:PORT, or a port alone on this machine; port 0 is any free one"};
    setting.put = [](Config& config, const json::Value& value) {
        return put_listen(config, std::string{value.get_string()});
    };
    setting.get = [](const Config& config) { return json::to_value(get_listen(config)); };
    return setting;
}

/// A setting whose value is converted by json.hpp alone.
template <class At>
Setting plain(std::string key, Kind kind, std::string purpose, At at) {
    Setting setting{std::move(key), kind, std::move(purpose)};
    setting.put = [at](Config& config, const json::Value& value) {
        return json::read_into(at(config), value, "");
    };
    setting.get = [at](const Config& config) { return json::to_value(at(config)); };
    return setting;
}

template <class At>
Setting text(std::string key, std::string purpose, At at) {
    return plain(std::move(key), Kind::text, std::move(purpose), at);
}

template <class At>
Setting list(std::string key, std::string purpose, At at) {
    return plain(std::move(key), Kind::list, std::move(purpose), at);
}

template <class At>
Setting number(std::string key, std::uint64_t min, std::uint64_t max, std::string purpose, At at) {
    auto setting = plain(std::move(key), Kind::number, std::move(purpose), at);
    setting.min = min;
    setting.max = max;
    return setting;
}

/// An enum described with BOOST_DESCRIBE.
template <class At>
Setting word(std::string key, std::string purpose, At at) {
    auto setting = plain(std::move(key), Kind::word, std::move(purpose), at);
    using Enum = std::remove_cvref_t<decltype(at(std::declval<Config&>()))>;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
        [&](auto enumerator) { setting.words.emplace_back(enumerator.name); });
    return setting;
}

template <class At>
Setting duration(std::string key, std::uint64_t min, std::uint64_t max, std::string purpose,
                 At at) {
    Setting setting{std::move(key), Kind::duration, std::move(purpose), min, max};
    setting.put = [at](Config& config, const json::Value& value) -> Status {
        DS_TRY(const auto seconds, parse_duration(value.get_string()));
        at(config) = seconds;
        return {};
    };
    setting.get = [at](const Config& config) {
        return json::to_value(
            duration_text(std::chrono::duration_cast<std::chrono::seconds>(at(config))));
    };
    return setting;
}

template <class At>
Setting secret(std::string key, std::string purpose, At at) {
    Setting setting{std::move(key), Kind::text, std::move(purpose)};
    setting.secret = true;
    setting.has_flag = false;
    setting.put = [at](Config& config, const json::Value& value) -> Status {
        at(config) = Secret{std::string{value.get_string()}};
        return {};
    };
    setting.get = [at](const Config& config) {
        const bool set = !at(config).empty();
        return json::to_value(std::string{set ? "***" : ""});
    };
    return setting;
}

/// A URL with a password inside: shown without it. May be a flag, since URLs are wiped from the
/// list of processes.
template <class At>
Setting secret_url(std::string key, std::string purpose, At at) {
    auto setting = secret(std::move(key), std::move(purpose), at);
    setting.has_flag = true;
    setting.get = [at](const Config& config) {
        const auto& url = at(config);
        if (url.empty()) return json::to_value(std::string{});
        const auto parsed = net::Url::parse(url.reveal());
        return json::to_value(parsed ? parsed->shown() : std::string{"***"});
    };
    return setting;
}

Setting with_preset(Setting setting, std::string preset) {
    setting.preset = std::move(preset);
    return setting;
}

std::vector<Setting> make_settings() {
    return {
        listen(),
        with_preset(
            text("state", "Directory of the SQLite catalog, `master.key` and scratch servers",
                 [](auto& c) -> auto& { return c.state; }),
            "`/var/lib/dumpstation` for root, else `~/.local/state/dumpstation`"),
        with_preset(secret_url("catalog", "`postgres://…`: a catalog that several servers share",
                               [](auto& c) -> auto& { return c.server.catalog_url; }),
                    "SQLite in `state`"),
        secret("admin_password", "Makes the user `admin` at the first start",
               [](auto& c) -> auto& { return c.server.admin_password; }),
        number("slots", 1, 256, "Runs at once on this server",
               [](auto& c) -> auto& { return c.server.runner.slots; }),
        number("runs_max", 0, 10'000,
               "Runs at once over all servers that share the catalog; 0: as many as their slots",
               [](auto& c) -> auto& { return c.runs_max; }),
        number(
            "memory", 0, 1 << 24,
            "MiB that runs on this server may need together; 0: half of the machine's, or of its "
            "control group's",
            [](auto& c) -> auto& { return c.memory_mib; }),
        duration("grace", 0, day, "What runs have to end when the server is stopped",
                 [](auto& c) -> auto& { return c.grace; }),
        duration("prune_grace", 0, 365 * day,
                 "Between condemning a backup and removing it: the time to take it back",
                 [](auto& c) -> auto& { return c.server.prune_grace; }),
        duration("watch_every", 10, 7 * day, "Between two looks of the watchdog into the stores",
                 [](auto& c) -> auto& { return c.server.watch_every; }),
        duration("catalog_every", 1, 30 * day,
                 "Between two backups of the catalog to its stores; one follows changes sooner",
                 [](auto& c) -> auto& { return c.server.catalog_rhythm.every; }),
        with_preset(list("pg_dirs", "Directories with PostgreSQL's programs, looked at first",
                         [](auto& c) -> auto& { return c.server.tool_dirs; }),
                    "what `dumpstation doctor` finds"),
        word("outgoing.databases",
             "Where the servers of users may be: the `internet`, private ones in this `network` as "
             "well, this `machine` as well, or `anything`. Metadata services are only in the last",
             [](auto& c) -> auto& { return c.server.outgoing.databases.reach; }),
        word("outgoing.stores", "The same for stores",
             [](auto& c) -> auto& { return c.server.outgoing.stores.reach; }),
        word("outgoing.channels", "The same for where notifications go",
             [](auto& c) -> auto& { return c.server.outgoing.channels.reach; }),
        list("outgoing.allow", "Addresses and ranges that may be called whatever else is said",
             [](auto& c) -> auto& { return c.outgoing_allow; }),
        text("tls.certificate", "PEM file with the chain; read again when it changes",
             [](auto& c) -> auto& { return c.server.http.certificate_file; }),
        text("tls.key", "PEM file with its key",
             [](auto& c) -> auto& { return c.server.http.key_file; }),
        number("http.threads", 1, 256, "Requests answered at once",
               [](auto& c) -> auto& { return c.server.http.handler_threads; }),
        number("http.connections_max", 16, 1'000'000, "Open connections",
               [](auto& c) -> auto& { return c.server.http.connections_max; }),
        list("http.proxies",
             "Addresses and ranges of our reverse proxies: whose X-Forwarded-For is believed",
             [](auto& c) -> auto& { return c.http_proxies; }),
        list("http.clients", "Addresses and ranges that may call this server; empty: all",
             [](auto& c) -> auto& { return c.http_clients; }),
        list("http.origins", "Pages elsewhere that may call the API: `https://console.example.com`",
             [](auto& c) -> auto& { return c.server.door.origins; }),
        number("rate.address", 0, 1'000'000, "Requests a minute of one address; 0: any number",
               [](auto& c) -> auto& { return c.server.rates.address; }),
        number("rate.sign_in", 0, 1'000'000, "The same for signing in",
               [](auto& c) -> auto& { return c.server.rates.sign_in; }),
        number("rate.user", 0, 1'000'000, "The same of one user, with all sessions and tokens",
               [](auto& c) -> auto& { return c.server.rates.user; }),
        number("rate.token", 0, 1'000'000, "The same of one token or session",
               [](auto& c) -> auto& { return c.server.rates.token; }),
        secret_url("rate.redis",
                   "`redis://…`: counts that several servers share; while it is away each counts "
                   "for itself",
                   [](auto& c) -> auto& { return c.server.rates.redis; }),
        word("log.level", "What is below it is not logged",
             [](auto& c) -> auto& { return c.log.level; }),
        word("log.format", "`automatic` is text on a terminal, else JSON lines",
             [](auto& c) -> auto& { return c.log.format; }),
    };
}

}  // namespace

const std::vector<Setting>& settings() {
    static const auto all = make_settings();
    return all;
}

}  // namespace ds::server
