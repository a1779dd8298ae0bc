#include <fmt/format.h>

#include "engines/postgres/facts/marks.hpp"

namespace ds::engines::postgres::marks {
namespace {

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

}  // namespace

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

}  // namespace ds::engines::postgres::marks
