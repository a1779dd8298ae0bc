#include "net/guard.hpp"

#include <array>
#include <memory>

#include <fmt/core.h>
#include <netdb.h>
#include <sys/socket.h>

#include "base/text.hpp"

namespace ds::net {
namespace {

struct Range {
    const char* network;
    std::optional<Reach> reach;
};

/// The first that fits is right; what none fits is public.
const auto& ranges() {
    static const auto all = [] {
        constexpr auto never = std::nullopt;
        const std::array table{
            // Metadata services that are not link-local: AWS over IPv6, Alibaba, Azure, Oracle.
            Range{"fd00:ec2::254", never}, Range{"100.100.100.200", never},
            Range{"168.63.129.16", never}, Range{"192.0.0.192", never},
            Range{"169.254.0.0/16", never}, Range{"fe80::/10", never}, Range{"224.0.0.0/4", never},
            Range{"240.0.0.0/4", never}, Range{"ff00::/8", never},
            // Linux takes 0.0.0.0 and :: for the machine itself.
            Range{"127.0.0.0/8", Reach::machine}, Range{"0.0.0.0/8", Reach::machine},
            Range{"::1", Reach::machine}, Range{"::", Reach::machine},
            Range{"10.0.0.0/8", Reach::network}, Range{"172.16.0.0/12", Reach::network},
            Range{"192.168.0.0/16", Reach::network}, Range{"100.64.0.0/10", Reach::network},
            Range{"192.0.0.0/24", Reach::network}, Range{"198.18.0.0/15", Reach::network},
            Range{"fc00::/7", Reach::network}, Range{"fec0::/10", Reach::network},
            Range{"64:ff9b:1::/48", Reach::network}};
        std::vector<std::pair<Network, std::optional<Reach>>> parsed;
        for (const auto& [text, reach] : table)
            parsed.emplace_back(Network::parse(text).value(), reach);
        return parsed;
    }();
    return all;
}

std::uint32_t number_at(const Address& address, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t byte = at; byte < at + 4; ++byte)
        number = number << 8 | address.bytes().at(byte);
    return number;
}

/// The IPv4 address that an IPv6 one carries: what is sent to it may come out there.
Address unwrapped(const Address& address) {
    static const auto translated = Network::parse("64:ff9b::/96").value();
    static const auto six_to_four = Network::parse("2002::/16").value();
    static const auto compatible = Network::parse("::/96").value();
    if (address.is_v4()) return address;
    if (six_to_four.contains(address)) return Address::v4(number_at(address, 2));
    const auto last = number_at(address, 12);
    if (translated.contains(address) || (compatible.contains(address) && last > 1))
        return Address::v4(last);
    return address;
}

using Found = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

}  // namespace

std::optional<Reach> needed_reach(const Address& given) {
    const auto address = unwrapped(given);
    for (const auto& [network, reach] : ranges()) {
        if (network.contains(address)) return reach;
    }
    return Reach::internet;
}

Status check_outgoing(const Outgoing& rules, const Address& address) {
    if (rules.reach == Reach::anything || contains(rules.always, address)) return {};
    const auto needed = needed_reach(address);
    if (needed && *needed <= rules.reach) return {};
    return fail(Code::denied,
                fmt::format("the address {} must not be called: it is {}", address.shown(),
                            !needed                     ? "never anybody's server"
                            : *needed == Reach::machine ? "this machine"
                                                        : "in a private network"),
                "Whoever runs this server may allow it, see `outgoing` in its settings.");
}

Result<std::vector<Address>> checked_addresses(const Outgoing& rules, const std::string& host) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* raw = nullptr;
    const int failed = ::getaddrinfo(host.c_str(), nullptr, &wanted, &raw);
    const Found found{raw, &::freeaddrinfo};
    if (failed != 0) {
        return fail(Code::unavailable, fmt::format("the name {} is not known: {}",
                                                   printable(host, 200), ::gai_strerror(failed)));
    }
    std::vector<Address> addresses;
    for (const auto* one = found.get(); one != nullptr; one = one->ai_next) {
        const auto address = Address::of(one->ai_addr);
        if (!address) continue;
        DS_DO(check_outgoing(rules, *address).while_doing(printable(host, 200)));
        addresses.push_back(*address);
    }
    if (addresses.empty()) return fail(Code::unavailable, printable(host, 200) + " has no address");
    return addresses;
}

}  // namespace ds::net
