#include "engines/postgres/facts/facts.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/connection/utf8.hpp"

namespace ds::engines::postgres {
namespace {

std::string text_of(const std::optional<std::string>& item) { return item.value_or(""); }

std::uint64_t count_of(const std::optional<std::string>& item) {
    return item ? std::strtoull(item->c_str(), nullptr, 10) : 0;
}

std::int64_t number_of(const std::optional<std::string>& item) {
    return item ? std::strtoll(item->c_str(), nullptr, 10) : 0;
}

// The columns of pg_database that tell the locale have changed names and number.
std::string locale_columns(int major) {
    if (major >= 17) return "datlocprovider, datlocale, daticurules, datcollversion";
    if (major == 16) return "datlocprovider, daticulocale, daticurules, datcollversion";
    if (major == 15) return "datlocprovider, daticulocale, NULL, datcollversion";
    return "'c', NULL, NULL, NULL";
}

std::string provider_name(const std::string& letter) {
    return letter == "i" ? "icu" : letter == "b" ? "builtin" : "libc";
}

Status read_database(Connection& connection, Facts& facts) {
    facts.server_version = connection.version_text();
    facts.server_version_num = connection.version();
    facts.database = connection.database();
    DS_TRY(const auto rows,
           connection.rows("SELECT pg_get_userbyid(datdba), pg_encoding_to_char(encoding), "
                           "datcollate, datctype, " +
                           locale_columns(connection.major()) +
                           " FROM pg_database WHERE datname = current_database()"));
    if (rows.size() != 1)
        return fail(Code::internal, "the server does not know the database we are in");
    const auto& row = rows[0];
    facts.owner = text_of(row[0]);
    facts.encoding = text_of(row[1]);
    facts.collate = text_of(row[2]);
    facts.ctype = text_of(row[3]);
    facts.locale_provider = provider_name(text_of(row[4]));
    facts.locale = row[5];
    facts.icu_rules = row[6];
    facts.collation_version = row[7];
    DS_TRY(const auto readable,
           connection.value("SELECT has_function_privilege('pg_control_system()', 'EXECUTE')"));
    if (readable == "t") {
        DS_TRY(facts.system_identifier,
               connection.value("SELECT system_identifier FROM pg_control_system()"));
    }
    return {};
}

Status read_extensions(Connection& connection, Facts& facts) {
    return connection.each(
        "SELECT e.extname, e.extversion, n.nspname FROM pg_extension e "
        "JOIN pg_namespace n ON n.oid = e.extnamespace ORDER BY 1",
        {}, [&](Row& row) -> Status {
            facts.extensions.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2])});
            return {};
        });
}

Status read_names(Connection& connection, const std::string& sql, std::vector<std::string>& names) {
    return connection.each(sql, {}, [&](Row& row) -> Status {
        names.push_back(text_of(row[0]));
        return {};
    });
}

// pg_shdepend knows every role that is named here, but for the one initdb made; that one can only
// be found as an owner.
constexpr const char* roles_sql =
    "SELECT r.rolname FROM pg_roles r WHERE r.oid IN ("
    " SELECT d.refobjid FROM pg_shdepend d WHERE d.refclassid = 'pg_authid'::regclass"
    "  AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " UNION SELECT datdba FROM pg_database WHERE datname = current_database()"
    " UNION SELECT relowner FROM pg_class WHERE oid >= 16384"
    " UNION SELECT proowner FROM pg_proc WHERE oid >= 16384"
    " UNION SELECT typowner FROM pg_type WHERE oid >= 16384"
    " UNION SELECT nspowner FROM pg_namespace WHERE oid >= 16384"
    " UNION SELECT setrole FROM pg_db_role_setting"
    "  WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())"
    ") ORDER BY 1";

constexpr const char* tablespaces_sql =
    "SELECT DISTINCT s.spcname FROM pg_class c JOIN pg_tablespace s ON s.oid = c.reltablespace "
    "WHERE s.spcname !~ '^pg_' ORDER BY 1";

// In pg_db_role_setting each setting is "name=value".
Status read_settings(Connection& connection, Facts& facts) {
    return connection.each(
        "SELECT r.rolname, split_part(c, '=', 1), substr(c, strpos(c, '=') + 1) "
        "FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c LEFT JOIN pg_roles r ON r.oid "
        "= s.setrole "
        "WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) "
        "ORDER BY 1, 2",
        {}, [&](Row& row) -> Status {
            facts.settings.push_back({row[0], text_of(row[1]), text_of(row[2])});
            return {};
        });
}

Status read_text_settings(Connection& connection, Facts& facts) {
    for (const auto* name : {"bytea_output", "lc_monetary", "xmlbinary"}) {
        DS_TRY(facts.text_settings[name], connection.value("SELECT current_setting($1)", {name}));
    }
    return {};
}

constexpr std::string_view outside_extensions =
    "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (SELECT FROM "
    "pg_depend x "
    "WHERE x.classid = 'pg_class'::regclass AND x.objid = c.oid AND x.deptype = 'e')";

std::string table_kind(const Row& row) {
    const auto kind = row[2].value_or("");
    return kind == "m"                  ? "materialized view"
           : row[3].value_or("") == "u" ? "unlogged table"
                                        : "table";
}

// On a standby the rows of unlogged relations cannot be read, and pg_dump leaves them out.
std::string only_readable() { return "NOT (pg_is_in_recovery() AND c.relpersistence = 'u')"; }

}  // namespace

std::string qualified(const std::string& schema, const std::string& name) {
    const auto part = [](const std::string& text) {
        const bool simple =
            !text.empty() && (text[0] < '0' || text[0] > '9') &&
            text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
        return simple ? text : quoted_name(text);
    };
    return part(schema) + "." + part(name);
}

void make_utf8(Facts& facts) {
    const auto safe = [](std::string& text) { text = utf8_safe(text); };
    safe(facts.database);
    safe(facts.owner);
    for (auto& name : facts.schemas) safe(name);
    for (auto& name : facts.roles) safe(name);
    for (auto& name : facts.tablespaces) safe(name);
    for (auto& table : facts.tables) safe(table.schema), safe(table.name), safe(table.columns);
    for (auto& sequence : facts.sequences) safe(sequence.schema), safe(sequence.name);
    for (auto& extension : facts.extensions)
        safe(extension.name), safe(extension.version), safe(extension.schema);
    for (auto& setting : facts.settings) {
        if (setting.role) safe(*setting.role);
        safe(setting.value);
    }
}

Status read_database_facts(Connection& connection, Facts& facts) {
    DS_DO(read_database(connection, facts));
    DS_DO(read_extensions(connection, facts));
    DS_DO(read_names(connection,
                     "SELECT nspname FROM pg_namespace n WHERE nspname !~ '^pg_' AND nspname <> "
                     "'information_schema' "
                     "ORDER BY 1",
                     facts.schemas));
    DS_DO(read_names(connection, roles_sql, facts.roles));
    DS_DO(read_names(connection, tablespaces_sql, facts.tablespaces));
    DS_DO(read_settings(connection, facts));
    DS_DO(read_text_settings(connection, facts));
    DS_TRY(const auto objects, connection.value("SELECT count(*) FROM pg_largeobject_metadata"));
    facts.large_objects = count_of(objects);
    return {};
}

Status read_tables(Connection& connection, Facts& facts) {
    return connection.each(
        fmt::format("SELECT n.nspname, c.relname, c.relkind, c.relpersistence, "
                    "(SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM "
                    "pg_attribute a "
                    "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND "
                    "a.attgenerated = ''), c.oid "
                    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                    "WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated AND "
                    "has_table_privilege(c.oid, 'SELECT')) AND {} AND {} ORDER BY 1, 2",
                    outside_extensions, only_readable()),
        {}, [&](Row& row) -> Status {
            facts.tables.push_back({text_of(row[0]), text_of(row[1]), table_kind(row),
                                    text_of(row[4]), 0, 0, "", text_of(row[5])});
            return {};
        });
}

Status read_sequences(Connection& connection, Facts& facts) {
    DS_TRY(const auto rows,
           connection.rows(fmt::format(
               "SELECT n.nspname, c.relname, q.seqincrement, q.seqcycle FROM pg_sequence q "
               "JOIN pg_class c ON c.oid = q.seqrelid "
               "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {} AND {} ORDER BY 1, 2",
               outside_extensions, only_readable())));
    constexpr std::size_t batch = 200;
    for (std::size_t first = 0; first < rows.size(); first += batch) {
        std::vector<std::string> parts;
        const auto last = std::min(rows.size(), first + batch);
        for (auto i = first; i < last; ++i) {
            parts.push_back(fmt::format("SELECT {}, last_value, is_called FROM {}.{}", i,
                                        quoted_name(rows[i][0].value_or("")),
                                        quoted_name(rows[i][1].value_or(""))));
        }
        const auto take = [&](Row& value) -> Status {
            const auto& row = rows[count_of(value[0])];
            facts.sequences.push_back({text_of(row[0]), text_of(row[1]), number_of(value[1]),
                                       value[2] == "t", number_of(row[2]), row[3] == "t"});
            return {};
        };
        DS_DO(connection.without_keeping_locks(
            [&] { return connection.each(join(parts, " UNION ALL "), {}, take); }));
    }
    return {};
}

Status read_objects(Connection& connection, Facts& facts) {
    DS_DO(connection.without_keeping_locks([&]() -> Status {
        DS_TRY(facts.objects, read_object_marks(connection));
        return {};
    }));
    facts.fingerprint = fingerprint_of(facts.objects);
    return {};
}

Result<Facts> read_facts(Connection& connection, const FactsOptions& options) {
    Facts facts;
    DS_DO(read_database_facts(connection, facts));
    DS_DO(read_sequences(connection, facts));
    DS_DO(read_tables(connection, facts));
    DS_DO(read_objects(connection, facts));
    if (options.content_like != nullptr) {
        DS_DO(hash_rows(connection, facts, *options.content_like));
    } else if (options.rows) {
        DS_DO(count_rows(connection, facts));
    }
    make_utf8(facts);
    return facts;
}

}  // namespace ds::engines::postgres
