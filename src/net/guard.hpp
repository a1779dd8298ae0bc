#pragma once

#include <string>

#include <boost/describe.hpp>

#include "net/address.hpp"

/// Users give us addresses: of webhooks, of stores, of database servers. What stands behind a name
/// is looked at where the connection is made, so that no name can mean something else a moment
/// later.
namespace ds::net {

/// How far an address may lead; each includes those before it.
enum class Reach {
    internet,  // public addresses only
    network,   // private ranges as well
    machine,   // this machine as well
    anything   // no guard: for whoever runs the program themselves
};
BOOST_DESCRIBE_ENUM(Reach, internet, network, machine, anything)

struct Outgoing {
    Reach reach = Reach::anything;
    Networks always;  // whatever else is said
};

/// The least reach that an address needs; nothing for what is never called: link-local addresses,
/// the metadata services of clouds, multicast.
std::optional<Reach> needed_reach(const Address& address);

/// Code::denied when it may not be called.
Status check_outgoing(const Outgoing& rules, const Address& address);

/// Looks a host up and checks every address that it has. Returns them. Code::unavailable when
/// there is none.
Result<std::vector<Address>> checked_addresses(const Outgoing& rules, const std::string& host);

}  // namespace ds::net
