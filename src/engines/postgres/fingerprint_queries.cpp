#include <limits>

#include <fmt/format.h>

#include "engines/postgres/fingerprint.hpp"

// The catalogs are described in the PostgreSQL manual, chapter "System Catalogs". What pg_dump
// leaves out is left out here too: system schemas, members of extensions, what the server makes by
// itself for partitions.
namespace ds::engines::postgres {
namespace {

constexpr int always = 0;
constexpr int for_ever = std::numeric_limits<int>::max();

// Namespaces are called n in every query.
constexpr std::string_view user_schema =
    "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

// Functions and casts that the server made with a type, of which newer versions make more.
std::string not_of_a_type(std::string_view catalog, std::string_view alias) {
    return fmt::format(
        "NOT EXISTS (SELECT FROM pg_depend y WHERE y.classid = '{}'::regclass AND y.objid = {}.oid "
        "AND "
        "y.refclassid = 'pg_type'::regclass AND y.deptype = 'i')",
        catalog, alias);
}

// Not a member of an extension.
std::string own(std::string_view catalog, std::string_view alias) {
    return fmt::format(
        "NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '{}'::regclass AND x.objid = {}.oid "
        "AND x.deptype = 'e')",
        catalog, alias);
}

std::string user_objects(std::string_view catalog, std::string_view alias) {
    return fmt::format("{} AND {}", user_schema, own(catalog, alias));
}

std::string user_functions() {
    return user_objects("pg_proc", "p") + " AND " + not_of_a_type("pg_proc", "p");
}

constexpr std::string_view relation_name =
    "quote_ident(n.nspname) || '.' || quote_ident(c.relname)";

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

std::string relations(std::string_view kinds) {
    return fmt::format(
        "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ({}) AND {}",
        kinds, user_objects("pg_class", "c"));
}

// Servers may keep marks of their own among a column's options, which differ from one database to
// the next; what users set is n_distinct and n_distinct_inherited.
std::string columns_sql(int major) {
    return fmt::format(
        "SELECT {0}, string_agg(concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, "
        "a.atttypmod), "
        "a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), "
        "CASE WHEN a.attcollation <> t.typcollation THEN (SELECT quote_ident(k.collname) FROM "
        "pg_collation k WHERE k.oid = a.attcollation) END, "
        "a.attstorage, nullif(a.attstattarget, -1), (SELECT array_agg(o ORDER BY o) FROM "
        "unnest(a.attoptions) o WHERE o LIKE 'n_distinct%'), a.attfdwoptions{1}), E'\\n' "
        "ORDER BY a.attname) "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "JOIN pg_type t ON t.oid = a.atttypid "
        "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
        "WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND {2} GROUP BY 1",
        relation_name, major >= 14 ? ", a.attcompression" : "", user_objects("pg_class", "c"));
}

std::string trigger_sql(std::string_view not_a_clone) {
    return fmt::format(
        "SELECT {} || '.' || quote_ident(t.tgname), pg_get_triggerdef(t.oid) || ' ' || "
        "t.tgenabled::text "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = "
        "c.relnamespace "
        "WHERE NOT t.tgisinternal AND {} AND {}",
        relation_name, not_a_clone, user_objects("pg_class", "c"));
}

void add_relations(std::vector<MarkQuery>& all) {
    all.push_back({"schema", always, for_ever, Normal::exact,
                   "SELECT quote_ident(n.nspname), '' FROM pg_namespace n WHERE " +
                       user_objects("pg_namespace", "n")});
    all.push_back(
        {"table", always, for_ever, Normal::loose,
         fmt::format("SELECT {}, concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity, "
                     "c.relforcerowsecurity, "
                     "c.relreplident, CASE WHEN c.relkind = 'r' THEN am.amname END, s.spcname, "
                     "(SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) o), "
                     "CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END, "
                     "pg_get_expr(c.relpartbound, c.oid), "
                     "(SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) "
                     "FROM pg_inherits i "
                     "WHERE i.inhrelid = c.oid), "
                     "CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END, fs.srvname, "
                     "(SELECT string_agg(o, ',' ORDER BY o) FROM unnest(ft.ftoptions) o)) "
                     "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                     "LEFT JOIN pg_am am ON am.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = "
                     "c.reltablespace "
                     "LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid "
                     "LEFT JOIN pg_foreign_server fs ON fs.oid = ft.ftserver "
                     "WHERE c.relkind IN ('r', 'p', 'f') AND {}",
                     relation_name, user_objects("pg_class", "c"))});
    all.push_back({"columns", always, 14, Normal::loose, columns_sql(12)});
    all.push_back({"columns", 14, for_ever, Normal::loose, columns_sql(14)});
    all.push_back({"view", always, for_ever, Normal::unqualified,
                   fmt::format("SELECT {}, concat_ws(' ', c.relkind, c.relispopulated, "
                               "(SELECT string_agg(o, ',' ORDER BY o) FROM unnest(c.reloptions) "
                               "o), pg_get_viewdef(c.oid)) FROM {}",
                               relation_name, relations("'v', 'm'"))});
    // Which relations a view reads; its text is compared without schemas.
    all.push_back(
        {"view source", always, for_ever, Normal::exact,
         fmt::format(
             "SELECT {}, (SELECT string_agg(DISTINCT d.refobjid::regclass::text, ',' ORDER BY "
             "d.refobjid::regclass::text) FROM pg_rewrite w JOIN pg_depend d ON "
             "d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND "
             "d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid "
             "WHERE w.ev_class = c.oid AND w.rulename = '_RETURN') FROM {}",
             relation_name, relations("'v', 'm'"))});
    all.push_back(
        {"index", always, for_ever, Normal::loose,
         fmt::format(
             "SELECT {}, concat_ws(' ', pg_get_indexdef(i.indexrelid), s.spcname, "
             "i.indisclustered, "
             "i.indisreplident) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
             "JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class r ON r.oid = i.indrelid "
             "LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace "
             "WHERE i.indisvalid AND {} AND {}",
             relation_name, user_schema, own("pg_class", "r"))});
    all.push_back(
        {"sequence", always, for_ever, Normal::exact,
         fmt::format(
             "SELECT {}, concat_ws(' ', q.seqtypid::regtype, q.seqstart, q.seqincrement, q.seqmax, "
             "q.seqmin, "
             "q.seqcache, q.seqcycle, c.relpersistence, "
             "(SELECT d.refobjid::regclass::text || '.' || a.attname || d.deptype::text FROM "
             "pg_depend d "
             "JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid "
             "WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', "
             "'i') "
             "AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 LIMIT 1)) "
             "FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid "
             "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {}",
             relation_name, user_objects("pg_class", "c"))});
}

void add_table_parts(std::vector<MarkQuery>& all) {
    // The foreign keys and indexes of partitions that come from the parent have names the server
    // chose. Not-null constraints, objects of their own since 18, are part of the columns.
    all.push_back(
        {"constraint", always, for_ever, Normal::loose,
         fmt::format("SELECT {} || '.' || quote_ident(k.conname), pg_get_constraintdef(k.oid) || ' "
                     "' || k.convalidated::text "
                     "FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
                     "JOIN pg_namespace n ON n.oid = c.relnamespace "
                     "WHERE k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conparentid = 0 AND {}",
                     relation_name, user_objects("pg_class", "c"))});
    all.push_back(
        {"domain constraint", always, for_ever, Normal::loose,
         fmt::format(
             "SELECT format_type(t.oid, NULL) || '.' || quote_ident(k.conname), "
             "pg_get_constraintdef(k.oid) || ' ' || k.convalidated::text FROM pg_constraint k "
             "JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace "
             "WHERE k.contype = 'c' AND {}",
             user_objects("pg_type", "t"))});
    all.push_back({"trigger", always, 13, Normal::loose, trigger_sql("true")});
    all.push_back({"trigger", 13, for_ever, Normal::loose, trigger_sql("t.tgparentid = 0")});
    all.push_back(
        {"rule", always, for_ever, Normal::loose,
         fmt::format(
             "SELECT {} || '.' || quote_ident(w.rulename), pg_get_ruledef(w.oid) || ' ' || "
             "w.ev_enabled::text "
             "FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class "
             "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE w.rulename <> '_RETURN' AND {}",
             relation_name, user_objects("pg_class", "c"))});
    all.push_back(
        {"policy", always, for_ever, Normal::loose,
         fmt::format("SELECT {} || '.' || quote_ident(p.polname), concat_ws(' ', p.polcmd, "
                     "p.polpermissive, "
                     "(SELECT string_agg(coalesce(g.rolname, 'PUBLIC'), ',' ORDER BY g.rolname) "
                     "FROM unnest(p.polroles) u LEFT JOIN pg_roles g ON g.oid = u), "
                     "pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) "
                     "FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
                     "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {}",
                     relation_name, user_objects("pg_class", "c"))});
    all.push_back({"statistics", always, for_ever, Normal::loose,
                   fmt::format("SELECT quote_ident(n.nspname) || '.' || quote_ident(s.stxname), "
                               "pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s "
                               "JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE {}",
                               user_objects("pg_statistic_ext", "s"))});
}

void add_types_and_functions(std::vector<MarkQuery>& all) {
    const std::string function_from = fmt::format(
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_aggregate a ON "
        "a.aggfnoid = p.oid "
        "WHERE {}",
        user_functions());
    all.push_back({"function", always, for_ever, Normal::exact,
                   "SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) " + function_from +
                       " AND p.prokind IN ('f', 'p', 'w')"});
    all.push_back({"aggregate", always, for_ever, Normal::exact,
                   "SELECT p.oid::regprocedure::text, concat_ws(' ', a.aggkind, "
                   "a.aggnumdirectargs, a.aggtransfn, "
                   "a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, "
                   "a.aggminvtransfn, "
                   "a.aggmfinalfn, a.aggsortop::regoperator, a.aggtranstype::regtype, "
                   "a.aggtransspace, a.agginitval, "
                   "a.aggminitval, p.proparallel) " +
                       function_from + " AND p.prokind = 'a'"});
    all.push_back(
        {"type", always, for_ever, Normal::loose,
         fmt::format(
             "SELECT format_type(t.oid, NULL), concat_ws(' ', t.typtype, "
             "CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END, "
             "t.typnotnull, t.typdefault, "
             "CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN "
             "(SELECT quote_ident(k.collname) FROM pg_collation k WHERE k.oid = t.typcollation) "
             "END, "
             "(SELECT string_agg(quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder) FROM "
             "pg_enum e "
             "WHERE e.enumtypid = t.oid), "
             "(SELECT concat_ws(' ', r.rngsubtype::regtype, o.opcname, nullif(r.rngcanonical::oid, "
             "0)::regprocedure, "
             "nullif(r.rngsubdiff::oid, 0)::regprocedure) FROM pg_range r JOIN pg_opclass o ON "
             "o.oid = r.rngsubopc "
             "WHERE r.rngtypid = t.oid), "
             "CASE WHEN t.typtype = 'b' THEN concat_ws(' ', t.typinput, t.typoutput, t.typlen, "
             "t.typalign, "
             "t.typstorage, t.typbyval, t.typcategory) END) "
             "FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON "
             "c.oid = t.typrelid "
             "LEFT JOIN pg_type b ON b.oid = t.typbasetype "
             "WHERE (t.typrelid = 0 OR c.relkind = 'c') AND t.typtype IN ('b', 'c', 'd', 'e', 'r') "
             "AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid) AND {}",
             user_objects("pg_type", "t"))});
    all.push_back(
        {"cast", always, for_ever, Normal::exact,
         fmt::format(
             "SELECT format_type(k.castsource, NULL) || ' as ' || format_type(k.casttarget, NULL), "
             "concat_ws(' ', nullif(k.castfunc, 0)::regprocedure, k.castcontext, k.castmethod) "
             "FROM pg_cast k WHERE k.oid >= 16384 AND {}",
             own("pg_cast", "k") + " AND " + not_of_a_type("pg_cast", "k"))});
    all.push_back(
        {"operator", always, for_ever, Normal::exact,
         fmt::format(
             "SELECT o.oid::regoperator::text, concat_ws(' ', o.oprcode, o.oprresult::regtype, "
             "nullif(o.oprcom, 0)::regoperator, nullif(o.oprnegate, 0)::regoperator, o.oprrest, "
             "o.oprjoin, "
             "o.oprcanmerge, o.oprcanhash) FROM pg_operator o JOIN pg_namespace n ON n.oid = "
             "o.oprnamespace "
             "WHERE o.oprcode <> 0 AND {}",
             user_objects("pg_operator", "o"))});
    all.push_back(
        {"operator class", always, for_ever, Normal::exact,
         fmt::format(
             "SELECT quote_ident(n.nspname) || '.' || quote_ident(o.opcname) || ' using ' || "
             "m.amname, "
             "concat_ws(' ', o.opcintype::regtype, o.opcdefault, nullif(o.opckeytype, 0)::regtype, "
             "(SELECT string_agg(concat_ws(' ', p.amopstrategy, p.amopopr::regoperator), ',' "
             "ORDER BY p.amopstrategy, p.amopopr::regoperator::text COLLATE \"C\") FROM pg_amop p "
             "WHERE p.amopfamily = o.opcfamily), "
             "(SELECT string_agg(concat_ws(' ', p.amprocnum, p.amproc::regprocedure), ',' "
             "ORDER BY p.amprocnum, p.amproc::regprocedure::text COLLATE \"C\") FROM pg_amproc p "
             "WHERE p.amprocfamily = o.opcfamily)) "
             "FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod "
             "JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE {}",
             user_objects("pg_opclass", "o"))});
}

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

std::vector<MarkQuery> all_queries() {
    std::vector<MarkQuery> all;
    add_relations(all);
    add_table_parts(all);
    add_types_and_functions(all);
    add_others(all);
    add_owners(all);
    add_grants(all);
    return all;
}

}  // namespace

const std::vector<MarkQuery>& mark_queries() {
    static const auto all = all_queries();
    return all;
}

}  // namespace ds::engines::postgres
