#include "jobs/service/opened.hpp"

#include "engines/postgres/connection/connection_info.hpp"
#include "net/guard.hpp"
#include "net/url.hpp"
#include "stores/all.hpp"

namespace ds::jobs {
namespace {

/// The URL with what a server keeps apart from it: its password, and which database is meant.
std::string assembled(std::string_view url, const std::string& password,
                      const std::string& database) {
    const auto scheme_end = url.find("://");
    const auto begin = scheme_end == std::string_view::npos ? 0 : scheme_end + 3;
    const auto end = std::min(url.find_first_of("/?", begin), url.size());
    const auto options = url.substr(std::min(url.find('?', end), url.size()));
    std::string authority{url.substr(begin, end - begin)};
    const auto at = authority.rfind('@');
    if (!password.empty() && at != std::string::npos)
        authority.insert(at, ":" + net::percent_encoded(password));
    return std::string{url.substr(0, begin)} + authority + "/" + net::percent_encoded(database) +
           std::string{options};
}

using engines::postgres::ConnectionInfo;

std::string parameter(const ConnectionInfo& info, const std::string& keyword) {
    const auto found = info.parameters().find(keyword);
    return found == info.parameters().end() ? std::string{} : found->second.reveal();
}

Status check_socket(const net::Outgoing& rules) {
    return net::check_outgoing(rules, *net::Address::parse("127.0.0.1"));
}

/// The one address of the one host; "" where libpq has to choose.
Result<std::string> checked_address(const net::Outgoing& rules, const std::string& url) {
    if (rules.reach == net::Reach::anything) return std::string{};
    DS_TRY(const auto info, ConnectionInfo::parse(Secret{url}));
    const auto given = parameter(info, "hostaddr");
    const auto hosts = split(given.empty() ? info.host() : given, ',');
    std::vector<net::Address> addresses;
    for (const auto& host : hosts) {
        if (host.empty() || host.starts_with('/') || host.starts_with('@')) {
            DS_DO(check_socket(rules));
            continue;
        }
        DS_TRY(addresses, net::checked_addresses(rules, host));
    }
    const bool one = given.empty() && hosts.size() == 1 && addresses.size() == 1;
    return one ? addresses.front().shown() : std::string{};
}

}  // namespace

Result<std::unique_ptr<stores::Store>> open_store(const Office& office, const model::Store& store,
                                                  const sys::Run& run) {
    DS_TRY(const auto sealed, office.vault.open_sealed(store.sealed, "stores/" + store.id));
    std::string url = store.url;
    if (!sealed.empty()) {
        DS_TRY(const auto secrets, json::read<model::Labels>(sealed.reveal()));
        for (const auto& [name, value] : secrets) {
            url += url.find('?') == std::string::npos ? '?' : '&';
            url += name + "=" + net::percent_encoded(value);
        }
    }
    return stores::open_store(url, run, office.outgoing.stores)
        .while_doing("opening the store " + store.name);
}

Result<Secret> database_url(const Office& office, const model::Server& server,
                            const std::string& database) {
    DS_TRY(const auto password, office.vault.open_sealed(server.sealed, "servers/" + server.id));
    DS_TRY(const auto address, checked_address(office.outgoing.databases, server.url));
    auto url = assembled(server.url, password.reveal(), database);
    if (!address.empty())
        url += (url.find('?') == std::string::npos ? "?hostaddr=" : "&hostaddr=") +
               net::percent_encoded(address);
    return Secret{std::move(url)};
}

std::vector<std::string> tool_dirs_of(const Office& office, const model::Server& server) {
    auto directories = server.tool_dirs;
    directories.insert(directories.end(), office.tool_dirs.begin(), office.tool_dirs.end());
    return directories;
}

Result<std::vector<crypto::Recipient>> recipients_of(const std::vector<model::Key>& keys) {
    std::vector<crypto::Recipient> recipients;
    for (const auto& key : keys) {
        DS_TRY(auto recipient, crypto::Recipient::parse(key.recipient));
        recipients.push_back(std::move(recipient));
    }
    return recipients;
}

Result<std::vector<crypto::Identity>> identities_of(const Office& office,
                                                    const std::vector<model::Key>& keys) {
    std::vector<crypto::Identity> identities;
    for (const auto& key : keys) {
        if (key.sealed.empty()) continue;
        DS_TRY(const auto text, office.vault.open_sealed(key.sealed, "keys/" + key.id));
        DS_TRY(auto identity, crypto::Identity::parse(text.reveal()));
        identities.push_back(std::move(identity));
    }
    return identities;
}

}  // namespace ds::jobs
