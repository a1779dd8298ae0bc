#include "engines/postgres/restore/swap.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

// Sessions that come back between being ended and the lock of the rename.
constexpr int attempts_max = 5;

std::string rename(const std::string& from, const std::string& to) {
    return fmt::format("ALTER DATABASE {} RENAME TO {};", quoted_name(from), quoted_name(to));
}

Result<std::uint64_t> end_sessions(Connection& maintenance, const Swap& swap) {
    DS_TRY(const auto ended,
           maintenance.value(
               "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname IN "
               "($1, $2) AND pid <> pg_backend_pid()",
               {swap.target, swap.incoming}));
    return parse_unsigned(ended, "number of sessions");
}

Status rename_both(Connection& maintenance, const Swap& swap) {
    // One statement list, so that the lock of the first rename keeps new sessions out until the
    // end.
    std::string sql = "BEGIN;";
    if (!swap.aside.empty()) sql += rename(swap.target, swap.aside);
    sql += rename(swap.incoming, swap.target);
    for (const auto& statement : swap.also) sql += statement + ";";
    auto done = maintenance.exec(sql + "COMMIT");
    if (!done) static_cast<void>(maintenance.exec("ROLLBACK"));
    return done;
}

}  // namespace

Result<std::uint64_t> swap_databases(Connection& maintenance, const Swap& swap) {
    std::uint64_t ended = 0;
    for (int attempt = 1;; ++attempt) {
        if (swap.end_sessions) {
            DS_TRY(const auto more, end_sessions(maintenance, swap));
            ended += more;
        }
        auto done = rename_both(maintenance, swap);
        if (done) return ended;
        const bool in_use = done.error().code() == Code::conflict;
        if (in_use && swap.end_sessions && attempt < attempts_max) continue;
        if (!in_use) return std::move(done.error());
        return std::move(done.error()).hinting("Close the sessions that are connected to it.");
    }
}

}  // namespace ds::engines::postgres
