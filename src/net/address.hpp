#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

struct sockaddr;

namespace ds::net {

/// An IP address. IPv4 is kept as IPv6 writes it (::ffff:192.0.2.1), so that both forms of one
/// address are equal.
class Address {
public:
    static std::optional<Address> parse(std::string_view text);
    /// Nothing for what is neither IPv4 nor IPv6.
    static std::optional<Address> of(const sockaddr* address);
    static Address v4(std::uint32_t number);

    bool is_v4() const;
    /// "192.0.2.1", "2001:db8::1".
    std::string shown() const;
    const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
    bool operator==(const Address&) const = default;

private:
    std::array<std::uint8_t, 16> bytes_{};
};

/// A range of addresses: "10.0.0.0/8", "2001:db8::/32", or one alone.
class Network {
public:
    /// Code::invalid, also when bits behind the prefix are set: that is a typing error.
    static Result<Network> parse(std::string_view text);
    bool contains(const Address& address) const;

private:
    Address base_;
    unsigned bits_ = 128;
};

using Networks = std::vector<Network>;

Result<Networks> parse_networks(const std::vector<std::string>& texts);
bool contains(const Networks& networks, const Address& address);

}  // namespace ds::net
