#include <fmt/format.h>

#include "engines/postgres/facts/marks.hpp"

namespace ds::engines::postgres::marks {

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

}  // namespace ds::engines::postgres::marks
