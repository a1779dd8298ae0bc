#include "api/administering.hpp"
#include "api/resource.hpp"
#include "catalog/act.hpp"
#include "jobs/service/opened.hpp"

// Looking around on a database server: what is there, down to the rows of a table. Structure is for
// whoever operates backups; rows are the organization's own data, for administrators, and each look
// at them is in the audit.
namespace ds::api {
namespace {

constexpr std::size_t name_bytes_max = 200;  // engines know better; of what is put into a URL
constexpr unsigned tables_max = 500;
constexpr unsigned rows_max = 200;

const Option schema_option{"schema", "Only what is in this schema"};
const Option cursor_option{"cursor", "`next` of the page before"};
const Option limit_option{"limit", "How many at most"};

Result<unsigned> limit_of(const Call& call, unsigned standard, unsigned most) {
    const auto text = call.option("limit");
    if (text.empty()) return standard;
    const auto limit = parse_unsigned(text, "limit");
    if (limit && *limit > 0 && *limit <= most) return static_cast<unsigned>(*limit);
    return fail(Code::invalid, fmt::format("limit: a number from 1 to {}", most));
}

using Look = std::function<Result<json::Value>(engines::Administration&, const Call&)>;

/// Each is one question to a session in a database.
class Looks {
public:
    Looks(Router& router, const Services& services) : router_{router}, services_{services} {}

    Route& add(const std::string& below, Scope scope, std::string summary, Shape gives, Look look,
               std::vector<Option> options = {}) {
        return router_.add(
            {"GET",
             "/api/v1/servers/{id}/" + below,
             scope,
             "administration",
             std::move(summary),
             {},
             std::move(gives),
             200,
             false,
             [&services = services_, look = std::move(look)](const Call& call) -> Result<Reply> {
                 const auto named = call.path.find("database");
                 DS_TRY(const auto on,
                        administer(services, call,
                                   named == call.path.end() ? any_database : named->second));
                 DS_TRY(auto body, look(*on.session, call));
                 return Reply{200, std::move(body), {}, {}};
             },
             std::move(options)});
    }

private:
    Router& router_;
    const Services& services_;
};

template <class T>
Result<json::Value> value_of(const Result<T>& result) {
    if (!result) return Error{result.error()};
    return json::to_value(*result);
}

void note_look(const Call& call) {
    if (auto* act = catalog::Act::current())
        act->add("servers/" + call.id(), "looked_at",
                 printable(fmt::format("{}.{} in {}", call.path.at("schema"), call.path.at("table"),
                                       call.path.at("database"))));
}

}  // namespace

Result<model::Server> server_of(const Services& services, const Call& call) {
    return services.read([&](catalog::Session& session) {
        return catalog::servers.get(session, call.caller.organization, call.id());
    });
}

Result<Administering> administer(const Services& services, const Call& call,
                                 const std::string& database) {
    DS_TRY(auto server, server_of(services, call));
    if (database.empty() || database.size() > name_bytes_max ||
        database.find('\0') != database.npos)
        return fail(Code::invalid,
                    fmt::format("database: a name has from 1 to {} bytes", name_bytes_max));
    DS_TRY(const auto url, jobs::database_url(services.office, server, database));
    const sys::Run run{call.stop, services.office.clock, sys::no_progress()};
    DS_TRY(auto session, engines::administer(url, run));
    return Administering{std::move(server), std::move(session)};
}

void add_administration(Router& router, const Services& services) {
    using engines::Administration;
    Looks looks{router, services};
    const std::string in = "databases/{database}/", table = in + "tables/{schema}/{table}";
    looks.add("databases", Scope::operate, "List the databases that a server has now",
              shape<model::ServerDatabases>(),
              [](Administration& on, const Call&) { return value_of(on.databases()); });
    looks.add("roles", Scope::operate, "List the roles of a server", shape<model::ServerRoles>(),
              [](Administration& on, const Call&) { return value_of(on.roles()); });
    looks.add(in + "grants", Scope::operate, "List who may do what in a database",
              shape<model::ServerGrants>(),
              [](Administration& on, const Call&) { return value_of(on.grants()); });
    looks.add(in + "schemas", Scope::operate, "List the schemas of a database",
              shape<model::ServerSchemas>(),
              [](Administration& on, const Call&) { return value_of(on.schemas()); });
    looks.add(in + "tables", Scope::operate, "List the tables of a database",
              shape<model::ServerTables>(),
              [](Administration& on, const Call& call) -> Result<json::Value> {
                  DS_TRY(const auto limit, limit_of(call, 100, tables_max));
                  return value_of(on.tables({call.option("schema"), call.option("cursor"), limit}));
              },
              {schema_option, cursor_option, limit_option});
    looks.add(in + "diagram", Scope::operate,
              "Tables, columns and keys of a database, for a diagram", shape<model::Diagram>(),
              [](Administration& on, const Call& call) {
                  return value_of(on.diagram(call.option("schema")));
              },
              {schema_option});
    looks.add(table, Scope::operate, "Show a table: columns, indexes and keys",
              shape<model::TableDetails>(), [](Administration& on, const Call& call) {
                  return value_of(on.table(call.path.at("schema"), call.path.at("table")));
              });
    looks.add(table + "/rows", Scope::administer, "Read rows of a table, ordered by its key",
              shape<model::TableRows>(),
              [](Administration& on, const Call& call) -> Result<json::Value> {
                  note_look(call);
                  DS_TRY(const auto limit, limit_of(call, 50, rows_max));
                  return value_of(on.rows({call.path.at("schema"), call.path.at("table"),
                                           call.option("cursor"), limit}));
              },
              {cursor_option, limit_option});
}

}  // namespace ds::api
