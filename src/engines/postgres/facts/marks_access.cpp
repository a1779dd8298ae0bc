#include <fmt/format.h>

#include "engines/postgres/facts/marks.hpp"

namespace ds::engines::postgres::marks {
namespace {

// Sorted privileges without who granted them. MAINTAIN came with 17 and every owner has it.
std::string privileges(std::string_view acl, std::string_view owner) {
    return fmt::format(
        "(SELECT string_agg(coalesce(g.rolname, 'PUBLIC') || '=' || e.privilege_type || "
        "CASE WHEN e.is_grantable THEN '*' ELSE '' END, ',' "
        "ORDER BY coalesce(g.rolname, 'PUBLIC') COLLATE \"C\", e.privilege_type) "
        "FROM aclexplode({0}) e LEFT JOIN pg_roles g ON g.oid = e.grantee "
        "WHERE NOT (e.privilege_type = 'MAINTAIN' AND e.grantee = {1}))",
        acl, owner);
}

// Grants that differ from what the owner and PUBLIC have by default.
std::string grants(std::string_view label, std::string_view from, std::string_view acl,
                   std::string_view owner, std::string_view type) {
    const auto standard = fmt::format("acldefault({}, {})", type, owner);
    return fmt::format(
        "SELECT * FROM (SELECT {} AS identity, {} AS given FROM {} AND {} IS NOT NULL) t "
        "WHERE t.given IS DISTINCT FROM ''",
        label,
        fmt::format("CASE WHEN {0} IS NOT DISTINCT FROM {1} THEN '' ELSE coalesce({0}, 'none') END",
                    privileges(acl, owner), privileges(standard, owner)),
        from, acl);
}

void add_owners(std::vector<MarkQuery>& all) {
    const auto owner = [&](std::string_view label, std::string_view from, std::string_view column) {
        all.push_back({"owner", always, for_ever, Normal::exact,
                       fmt::format("SELECT {}, pg_get_userbyid({}) FROM {}", label, column, from)});
    };
    // The owner of "public" is another one since 15, and pg_dump leaves it to the server.
    owner("'schema ' || quote_ident(n.nspname)",
          fmt::format("pg_namespace n WHERE n.oid >= 16384 AND {}",
                      user_objects("pg_namespace", "n")),
          "n.nspowner");
    owner(fmt::format("'relation ' || {}", relation_name),
          relations("'r', 'p', 'v', 'm', 'f', 'S'"), "c.relowner");
    owner("'function ' || p.oid::regprocedure::text",
          fmt::format("pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {}",
                      user_functions()),
          "p.proowner");
    owner(
        "'type ' || format_type(t.oid, NULL)",
        fmt::format(
            "pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid "
            "= t.typrelid "
            "WHERE (t.typrelid = 0 OR c.relkind = 'c') AND t.typtype IN ('b', 'c', 'd', 'e', 'r') "
            "AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid) AND {}",
            user_objects("pg_type", "t")),
        "t.typowner");
    owner("'operator ' || o.oid::regoperator::text",
          fmt::format("pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE {}",
                      user_objects("pg_operator", "o")),
          "o.oprowner");
    owner("'event trigger ' || quote_ident(o.evtname)",
          "pg_event_trigger o WHERE " + own("pg_event_trigger", "o"), "o.evtowner");
    owner("'publication ' || quote_ident(o.pubname)", "pg_publication o", "o.pubowner");
    owner("'foreign server ' || quote_ident(o.srvname)",
          "pg_foreign_server o WHERE " + own("pg_foreign_server", "o"), "o.srvowner");
}

void add_grants(std::vector<MarkQuery>& all) {
    const auto grant = [&](std::string sql) {
        all.push_back({"grant", always, for_ever, Normal::exact, std::move(sql)});
    };
    grant(grants(fmt::format("'relation ' || {}", relation_name),
                 relations("'r', 'p', 'v', 'm', 'f'"), "c.relacl", "c.relowner", "'r'"));
    grant(grants(fmt::format("'sequence ' || {}", relation_name), relations("'S'"), "c.relacl",
                 "c.relowner", "'s'"));
    grant(grants("'schema ' || quote_ident(n.nspname)",
                 fmt::format("pg_namespace n WHERE n.oid >= 16384 AND {}",
                             user_objects("pg_namespace", "n")),
                 "n.nspacl", "n.nspowner", "'n'"));
    grant(grants("'function ' || p.oid::regprocedure::text",
                 fmt::format("pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {}",
                             user_functions()),
                 "p.proacl", "p.proowner", "'f'"));
    grant(grants("'type ' || format_type(t.oid, NULL)",
                 fmt::format("pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {}",
                             user_objects("pg_type", "t")),
                 "t.typacl", "t.typowner", "'T'"));
    grant(grants("'foreign server ' || quote_ident(o.srvname)",
                 "pg_foreign_server o WHERE " + own("pg_foreign_server", "o"), "o.srvacl",
                 "o.srvowner", "'S'"));
    grant(grants("'foreign data wrapper ' || quote_ident(o.fdwname)",
                 "pg_foreign_data_wrapper o WHERE " + own("pg_foreign_data_wrapper", "o"),
                 "o.fdwacl", "o.fdwowner", "'F'"));
    grant(fmt::format(
        "SELECT 'column ' || {} || '.' || quote_ident(a.attname), {} FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE a.attacl IS NOT NULL AND cardinality(a.attacl) > 0 AND NOT a.attisdropped AND {}",
        relation_name, privileges("a.attacl", "c.relowner"), user_objects("pg_class", "c")));
    all.push_back(
        {"default privileges", always, for_ever, Normal::exact,
         fmt::format(
             "SELECT concat_ws(' ', pg_get_userbyid(d.defaclrole), n.nspname, d.defaclobjtype), {} "
             "FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace",
             privileges("d.defaclacl", "d.defaclrole"))});
}

}  // namespace

void add_owners_and_grants(std::vector<MarkQuery>& all) {
    add_owners(all);
    add_grants(all);
}

}  // namespace ds::engines::postgres::marks
