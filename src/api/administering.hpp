#pragma once

#include "api/route.hpp"
#include "api/services.hpp"
#include "engines/administration.hpp"

namespace ds::api {

/// A session in one database of a server, as its administrators look at it.
struct Administering {
    model::Server server;
    std::unique_ptr<engines::Administration> session;
};

/// Of the server that the address names.
Result<model::Server> server_of(const Services& services, const Call& call);
Result<Administering> administer(const Services& services, const Call& call,
                                 const std::string& database);
/// The one to sign in to for what belongs to the whole server, which every server has.
constexpr const char* any_database = "postgres";

/// Each adds the routes of its file. `services` outlives the router.
void add_administration(Router& router, const Services& services);
void add_database_acts(Router& router, const Services& services);

}  // namespace ds::api
