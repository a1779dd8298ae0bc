#include <array>
#include <memory>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "engines/postgres/connection/connection.hpp"

namespace ds::engines::postgres {
namespace {

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

// Not handed on: secrets; PGCLIENTENCODING, which would change what pg_dump writes; the host as it
// was looked up, which comes from the connection itself.
constexpr std::array withheld{"PGPASSWORD", "PGPASSFILE",    "PGCLIENTENCODING",
                              "PGHOST",     "PGHOSTADDR",    "PGPORT",
                              "PGSERVICE",  "PGSERVICEFILE", "PGCONNECT_TIMEOUT"};

bool is_withheld(std::string_view name) {
    for (const auto* item : withheld) {
        if (name == item) return true;
    }
    return false;
}

// libpq manual, "The Password File": ':' and '\' are escaped; one line for every server, since the
// child talks to no other.
Result<sys::Fd> password_file(std::string_view password) {
    std::string line = "*:*:*:*:";
    for (const char c : password) {
        if (c == ':' || c == '\\') line += '\\';
        line += c;
    }
    line += '\n';
    auto file = sys::memory_file("pgpass", view_of(line));
    const Secret wiped{std::move(line)};
    return file;
}

}  // namespace

Result<ClientAccess> Connection::client_access() const {
    ClientAccess access;
    const std::unique_ptr<PQconninfoOption, FreeOptions> options{PQconninfo(connection_.get())};
    if (options == nullptr) return fail(Code::exhausted, "out of memory");
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val == nullptr || *option->val == '\0') continue;
        if (std::string_view{option->keyword} == "sslpassword") {
            return fail(Code::unsupported,
                        "the option sslpassword cannot be handed to pg_dump safely",
                        "Use a client key without a password, readable by the backup user only.");
        }
        if (option->envvar != nullptr && !is_withheld(option->envvar)) {
            access.environment[option->envvar] = option->val;
        }
    }
    auto& environment = access.environment;
    environment["PGHOST"] = PQhost(connection_.get());
    environment["PGPORT"] = PQport(connection_.get());
    // One name may mean several servers; the snapshot lives on this one.
    const std::string address = PQhostaddr(connection_.get());
    if (!address.empty() && !environment["PGHOST"].starts_with("/"))
        environment["PGHOSTADDR"] = address;
    environment["PGDATABASE"] = database();
    environment["PGUSER"] = user();
    environment["PGAPPNAME"] = "dumpstation";
    environment["PGCONNECT_TIMEOUT"] = "15";
    // Times are written in the session's zone; fixed, so that rows can be compared byte for byte
    // later.
    environment["PGTZ"] = "UTC";
    const std::string password = PQpass(connection_.get());
    if (!password.empty()) {
        DS_TRY(access.password_file, password_file(password));
        environment["PGPASSFILE"] = fmt::format("/proc/self/fd/{}", access.password_file.get());
    }
    return access;
}

}  // namespace ds::engines::postgres
