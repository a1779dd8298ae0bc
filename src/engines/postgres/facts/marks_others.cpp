#include <fmt/format.h>

#include "engines/postgres/facts/marks.hpp"

namespace ds::engines::postgres::marks {

void add_others(std::vector<MarkQuery>& all) {
    // Named objects: what else defines them as an expression over the catalog's row o.
    const auto named = [&](std::string_view kind, std::string_view catalog, std::string_view prefix,
                           std::string_view schema_column, std::string_view definition) {
        const bool in_schema = !schema_column.empty();
        const auto schema = in_schema
                                ? fmt::format("JOIN pg_namespace n ON n.oid = o.{}", schema_column)
                                : std::string{};
        all.push_back(
            {kind, always, for_ever, Normal::exact,
             fmt::format("SELECT {}quote_ident(o.{}name), concat_ws(' ', {}) FROM {} o {} "
                         "WHERE o.oid >= 16384 AND {}{}",
                         in_schema ? "quote_ident(n.nspname) || '.' || " : "", prefix, definition,
                         catalog, schema, own(catalog, "o"),
                         in_schema ? fmt::format(" AND {}", user_schema) : std::string{})});
    };
    // Columns that only some versions have are asked for through JSON, with the value they have
    // elsewhere left out. ICU writes the same language tag shorter since version 67: kn for
    // kn-true.
    named("collation", "pg_collation", "coll", "collnamespace",
          "o.collprovider, o.collisdeterministic, o.collencoding, "
          "replace(coalesce(to_jsonb(o) ->> 'colllocale', to_jsonb(o) ->> 'colliculocale', "
          "to_jsonb(o) ->> 'collcollate'), '-true', ''), "
          "CASE WHEN o.collprovider = 'c' THEN to_jsonb(o) ->> 'collctype' END, to_jsonb(o) ->> "
          "'collicurules'");
    named("conversion", "pg_conversion", "con", "connamespace",
          "o.conforencoding, o.contoencoding, o.conproc, o.condefault");
    named("event trigger", "pg_event_trigger", "evt", "",
          "o.evtevent, o.evtenabled, o.evttags, o.evtfoid::regprocedure");
    named(
        "publication", "pg_publication", "pub", "",
        "o.puballtables, o.pubinsert, o.pubupdate, o.pubdelete, o.pubtruncate, "
        "nullif(to_jsonb(o) ->> 'pubviaroot', 'false'), nullif(to_jsonb(o) ->> 'pubgencols', 'n')");
    named("foreign data wrapper", "pg_foreign_data_wrapper", "fdw", "",
          "nullif(o.fdwhandler, 0)::regprocedure, nullif(o.fdwvalidator, 0)::regprocedure, "
          "o.fdwoptions");
    named("foreign server", "pg_foreign_server", "srv", "",
          "(SELECT w.fdwname FROM pg_foreign_data_wrapper w WHERE w.oid = o.srvfdw), o.srvtype, "
          "o.srvversion, "
          "o.srvoptions");
    named("language", "pg_language", "lan", "",
          "o.lanpltrusted, nullif(o.lanplcallfoid, 0)::regprocedure, nullif(o.laninline, "
          "0)::regprocedure, "
          "nullif(o.lanvalidator, 0)::regprocedure");
    named(
        "text search dictionary", "pg_ts_dict", "dict", "dictnamespace",
        "(SELECT t.tmplname FROM pg_ts_template t WHERE t.oid = o.dicttemplate), o.dictinitoption");
    named("text search configuration", "pg_ts_config", "cfg", "cfgnamespace",
          "(SELECT p.prsname FROM pg_ts_parser p WHERE p.oid = o.cfgparser), "
          "(SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapseqno, "
          "m.mapdict::regdictionary), ',' "
          "ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = o.oid)");
    named("access method", "pg_am", "am", "", "o.amtype, o.amhandler");
    all.push_back({"publication table", always, for_ever, Normal::exact,
                   "SELECT p.pubname || ': ' || r.prrelid::regclass::text, (SELECT "
                   "string_agg(a.attname, ',' ORDER BY a.attname) "
                   "FROM pg_attribute a WHERE a.attrelid = r.prrelid AND "
                   "(to_jsonb(r) ->> 'prattrs') ~ ('\\m' || a.attnum || '\\M')) "
                   "FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid"});
    all.push_back(
        {"publication filter", 15, for_ever, Normal::loose,
         "SELECT p.pubname || ': ' || r.prrelid::regclass::text, pg_get_expr(r.prqual, r.prrelid) "
         "FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid "
         "WHERE r.prqual IS NOT NULL"});
    all.push_back({"publication schema", 15, for_ever, Normal::exact,
                   "SELECT p.pubname || ': ' || r.pnnspid::regnamespace::text, '' "
                   "FROM pg_publication_namespace r JOIN pg_publication p ON p.oid = r.pnpubid"});
    all.push_back({"user mapping", always, for_ever, Normal::exact,
                   "SELECT srvname || ' for ' || usename, '' FROM pg_user_mappings"});
    all.push_back({"extension", always, for_ever, Normal::exact,
                   "SELECT quote_ident(e.extname), quote_ident(n.nspname) FROM pg_extension e "
                   "JOIN pg_namespace n ON n.oid = e.extnamespace"});
    // A comment of an extension itself comes from its control file.
    const auto remarks = [&](std::string_view kind, std::string_view catalog,
                             std::string_view text) {
        all.push_back(
            {kind, always, for_ever, Normal::exact,
             fmt::format("SELECT i.type || ' ' || i.identity, {} FROM {} d, "
                         "LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i "
                         "WHERE d.objoid >= 16384 AND d.classoid <> 'pg_extension'::regclass "
                         "AND i.identity IS NOT NULL AND NOT EXISTS (SELECT FROM pg_depend x "
                         "WHERE x.classid = d.classoid AND x.objid = d.objoid AND x.deptype = 'e')",
                         text, catalog)});
    };
    remarks("comment", "pg_description", "d.description");
    remarks("security label", "pg_seclabel", "d.provider || ' ' || d.label");
}

}  // namespace ds::engines::postgres::marks
