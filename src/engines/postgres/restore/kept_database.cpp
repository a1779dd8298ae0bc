#include "engines/postgres/restore/kept_database.hpp"

#include <algorithm>
#include <ctime>

#include <fmt/chrono.h>

#include "base/text.hpp"
#include "engines/postgres/restore/swap.hpp"
#include "engines/postgres/restore/target_state.hpp"
#include "sys/failpoint.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::string_view infix = "_before_";
constexpr int names_tried_max = 60;
constexpr std::size_t stamp_bytes = 15;  // 20261123_153012

std::string first_words(const std::string& mark) {
    return fmt::format("Kept by DumpStation ({}):", mark);
}

Error nothing_kept(const std::string& mark) {
    return fail(Code::not_found,
                fmt::format("no database on the server carries the mark {}", printable(mark, 60)),
                "It was swapped back, dropped, or given another name or comment meanwhile.");
}

Status check_unused(Connection& maintenance, const std::string& name) {
    DS_TRY(const auto sessions,
           maintenance.value("SELECT count(*) FROM pg_stat_activity WHERE datname = $1", {name}));
    if (sessions == "0") return {};
    return fail(Code::conflict,
                fmt::format("{} sessions are connected to {}", sessions, printable(name)),
                "Close them; somebody seems to need what is in it.");
}

}  // namespace

std::string kept_name(const std::string& target, std::chrono::system_clock::time_point since) {
    return name_with_tail(target,
                          fmt::format("{}{:%Y%m%d_%H%M%S}", infix,
                                      fmt::gmtime(std::chrono::system_clock::to_time_t(since))));
}

Result<std::string> free_kept_name(Connection& maintenance, const std::string& target,
                                   std::chrono::system_clock::time_point since) {
    for (int later = 0; later < names_tried_max; ++later) {
        auto name = kept_name(target, since + std::chrono::seconds{later});
        DS_TRY(const auto taken,
               maintenance.value("SELECT count(*) FROM pg_database WHERE datname = $1", {name}));
        if (taken == "0") return name;
    }
    return fail(Code::exists,
                fmt::format("{} databases are kept of {} already, all of this minute",
                            names_tried_max, printable(target)),
                "Drop those that nobody needs any more.");
}

bool is_kept_name(std::string_view name, const std::string& target) {
    if (name.size() < stamp_bytes) return false;
    const auto stamp = name.substr(name.size() - stamp_bytes);
    const bool dated = std::all_of(stamp.begin(), stamp.end(), [](char letter) {
        return letter == '_' || (letter >= '0' && letter <= '9');
    });
    return dated && name == name_with_tail(target, std::string{infix} + std::string{stamp});
}

std::string comment_sql(const std::string& database, const std::string& comment) {
    return fmt::format("COMMENT ON DATABASE {} IS {}", quoted_name(database),
                       comment.empty() ? "NULL" : quoted_text(comment));
}

std::string mark_sql(const std::string& database, const KeepOld& keep, const std::string& comment) {
    return comment_sql(database, fmt::format("{} it was replaced, and is dropped after {}.\n{}",
                                             first_words(keep.mark), rfc3339(keep.until), comment));
}

Result<std::string> comment_of(Connection& maintenance, const std::string& database) {
    return maintenance.value(
        "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname "
        "= $1",
        {database});
}

Result<std::optional<KeptDatabase>> find_kept(Connection& maintenance, const std::string& target,
                                              const std::string& mark) {
    std::optional<KeptDatabase> found;
    DS_DO(maintenance.each(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database "
        "WHERE starts_with(shobj_description(oid, 'pg_database'), $1)",
        {first_words(mark)}, [&](Row& row) -> Status {
            const auto name = row[0].value_or("");
            if (!is_kept_name(name, target)) return {};
            const auto comment = row[1].value_or("");
            const auto line = comment.find('\n');
            found = KeptDatabase{
                name, line == std::string::npos ? std::string{} : comment.substr(line + 1)};
            return {};
        }));
    return found;
}

Result<std::string> swap_back(const SwapBackRequest& request, const sys::Run& run) {
    DS_TRY(const auto info, ConnectionInfo::parse(request.into));
    DS_TRY(const auto maintenance, open_maintenance(info, run));
    const auto target = info.database();
    DS_TRY(const auto kept, find_kept(*maintenance, target, request.mark));
    if (!kept) return nothing_kept(request.mark);
    DS_TRY(const auto there,
           maintenance->value("SELECT count(*) FROM pg_database WHERE datname = $1", {target}));
    Swap swap{kept->name, target, {}, true, {comment_sql(target, kept->comment)}};
    if (there != "0") {
        DS_TRY(swap.aside, free_kept_name(*maintenance, target, request.keep_old.since));
        DS_TRY(const auto comment, comment_of(*maintenance, target));
        swap.also.push_back(mark_sql(swap.aside, request.keep_old, comment));
    }
    DS_DO(sys::fail_point("swap_back_before"));
    DS_DO(run.check());
    DS_TRY([[maybe_unused]] const auto ended, swap_databases(*maintenance, swap));
    DS_DO(sys::fail_point("swap_back_after"));
    return swap.aside;
}

Status drop_kept(const Secret& into, const std::string& mark, const sys::Run& run) {
    DS_TRY(const auto info, ConnectionInfo::parse(into));
    DS_TRY(const auto maintenance, open_maintenance(info, run));
    DS_TRY(const auto kept, find_kept(*maintenance, info.database(), mark));
    if (!kept) return nothing_kept(mark);
    DS_DO(check_unused(*maintenance, kept->name));
    DS_DO(sys::fail_point("drop_kept_before"));
    return maintenance->exec("DROP DATABASE " + quoted_name(kept->name));
}

}  // namespace ds::engines::postgres
