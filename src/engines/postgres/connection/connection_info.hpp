#pragma once

#include <map>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace ds::engines::postgres {

/// Where a database is and how to get in, from a URL as libpq reads it (PostgreSQL manual,
/// "Connection URIs"). What the URL leaves out libpq takes from the PG… environment and ~/.pgpass
/// when it connects.
class ConnectionInfo {
public:
    /// Accepts postgres:// and postgresql://. The password may also come from PGPASSWORD or from
    /// the file named by PGPASSWORD_FILE. No error text ever repeats a part of the URL that may be
    /// the password.
    static Result<ConnectionInfo> parse(const Secret& url);

    /// "shop at db.example.org:5432 as backup"; parts that the URL leaves out are left out.
    std::string describe() const;
    /// "db.example.org:5432", or the socket directory.
    std::string server() const;
    /// As the URL names it; empty when it does not.
    std::string database() const { return plain("dbname"); }
    std::string user() const { return plain("user"); }
    std::string host() const { return plain("host"); }

    ConnectionInfo with_database(const std::string& name) const { return with("dbname", name); }
    /// With another value for a libpq keyword, "host" or "user" for example.
    ConnectionInfo with(const std::string& keyword, const std::string& value) const;

    /// By libpq keyword.
    const std::map<std::string, Secret>& parameters() const { return parameters_; }

private:
    std::map<std::string, Secret> parameters_;

    std::string plain(const std::string& keyword) const;
};

}  // namespace ds::engines::postgres
