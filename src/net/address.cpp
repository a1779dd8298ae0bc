#include "net/address.hpp"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <fmt/core.h>
#include <netinet/in.h>

#include "base/text.hpp"

namespace ds::net {
namespace {

constexpr std::array<std::uint8_t, 12> v4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned v4_prefix_bits = 96;

}  // namespace

Address Address::v4(std::uint32_t number) {
    Address address;
    std::ranges::copy(v4_prefix, address.bytes_.begin());
    for (std::size_t at = 0; at < 4; ++at)
        address.bytes_[12 + at] = static_cast<std::uint8_t>(number >> (24 - 8 * at));
    return address;
}

std::optional<Address> Address::parse(std::string_view text) {
    const std::string copy{text};
    in_addr four{};
    if (::inet_pton(AF_INET, copy.c_str(), &four) == 1) return v4(ntohl(four.s_addr));
    Address address;
    if (::inet_pton(AF_INET6, copy.c_str(), address.bytes_.data()) == 1) return address;
    return std::nullopt;
}

std::optional<Address> Address::of(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, address, sizeof four);
        return v4(ntohl(four.sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6) return std::nullopt;
    sockaddr_in6 six{};
    std::memcpy(&six, address, sizeof six);
    Address made;
    std::memcpy(made.bytes_.data(), &six.sin6_addr, made.bytes_.size());
    return made;
}

bool Address::is_v4() const {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes_.begin());
}

std::string Address::shown() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = is_v4() ? AF_INET : AF_INET6;
    const auto* bytes = bytes_.data() + (is_v4() ? v4_prefix.size() : 0);
    return ::inet_ntop(family, bytes, text.data(), text.size()) == nullptr ? "?" : text.data();
}

Result<Network> Network::parse(std::string_view text) {
    const auto wrong = [&](std::string_view why) {
        return fail(Code::invalid, fmt::format("{} {}", printable(text, 60), why),
                    "Write it as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.1.");
    };
    const auto slash = text.find('/');
    const auto address = Address::parse(text.substr(0, slash));
    if (!address) return wrong("is no address or range of addresses");
    Network network;
    network.base_ = *address;
    if (slash == std::string_view::npos) return network;
    const unsigned most = address->is_v4() ? 32 : 128;
    const auto bits = parse_unsigned(text.substr(slash + 1), "prefix");
    if (!bits || *bits > most) return wrong("has an impossible prefix");
    network.bits_ = static_cast<unsigned>(*bits) + (address->is_v4() ? v4_prefix_bits : 0);
    auto after = network.base_.bytes();
    for (unsigned bit = network.bits_; bit < 128; ++bit) {
        if ((after.at(bit / 8) >> (7 - bit % 8) & 1) != 0)
            return wrong("has bits behind its prefix");
    }
    return network;
}

bool Network::contains(const Address& address) const {
    for (unsigned bit = 0; bit < bits_; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
        if ((base_.bytes().at(bit / 8) & mask) != (address.bytes().at(bit / 8) & mask))
            return false;
    }
    return true;
}

Result<Networks> parse_networks(const std::vector<std::string>& texts) {
    Networks networks;
    for (const auto& text : texts) {
        DS_TRY(auto network, Network::parse(text));
        networks.push_back(network);
    }
    return networks;
}

bool contains(const Networks& networks, const Address& address) {
    return std::ranges::any_of(networks, [&](const Network& one) { return one.contains(address); });
}

}  // namespace ds::net
