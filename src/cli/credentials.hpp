#pragma once

#include <map>

#include "cli/commands.hpp"
#include "cli/remote.hpp"

/// Whom we are to which server. Kept in servers.json in the state directory, mode 0600.
namespace ds::cli {

struct Credential {
    std::string name;  // of the user
    std::string token;
    std::string expires;
    std::optional<std::string> refresh = {};  // for the next token; older logins have none
};
BOOST_DESCRIBE_STRUCT(Credential, (), (name, token, expires, refresh))

struct Credentials {
    std::string last;  // the server of the last login
    std::map<std::string, Credential> servers;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (last, servers))

Result<Credentials> read_credentials(const Session& session);
Status write_credentials(const Credentials& credentials, const Session& session);

/// The URL of the server that is meant: --server, DUMPSTATION_SERVER, or that of the last login.
Result<std::string> server_meant(const Credentials& credentials, const Session& session);

/// That server, with DUMPSTATION_TOKEN (or _FILE) or the token of the login, which is refreshed
/// when its time is over.
Result<std::unique_ptr<Remote>> open_remote(const Session& session);

/// A server, with the token of a login. `session` outlives it.
std::unique_ptr<Remote> remote_of(const std::string& server, const Credential& credential,
                                  const Session& session);

/// DUMPSTATION_PASSWORD (or _FILE), else typed on the terminal without being shown, else the first
/// line of standard input. `twice`: a new one, to be typed again.
Result<Secret> read_password(bool twice, const Session& session);
/// The code of a second factor: DUMPSTATION_CODE, else typed, else the next line of standard input.
Result<Secret> read_code(const Session& session);

}  // namespace ds::cli
