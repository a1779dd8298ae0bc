#include <fmt/format.h>

#include "engines/postgres/facts/marks.hpp"

namespace ds::engines::postgres::marks {
namespace {

std::string trigger_sql(std::string_view not_a_clone) {
    return fmt::format(
        "SELECT {} || '.' || quote_ident(t.tgname), pg_get_triggerdef(t.oid) || ' ' || "
        "t.tgenabled::text "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = "
        "c.relnamespace "
        "WHERE NOT t.tgisinternal AND {} AND {}",
        relation_name, not_a_clone, user_objects("pg_class", "c"));
}

}  // namespace

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

}  // namespace ds::engines::postgres::marks
