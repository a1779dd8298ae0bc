#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/connection/connection.hpp"

/// A database that was replaced and is kept beside for a while: "shop_before_20261123_153012". Its
/// comment begins with a line of ours, which holds the mark; below it is the comment it had.
namespace ds::engines::postgres {

std::string kept_name(const std::string& target, std::chrono::system_clock::time_point since);
/// The same, or that of one of the next seconds when a database has it: somebody who restores and
/// takes it back at once replaces twice in one second.
Result<std::string> free_kept_name(Connection& maintenance, const std::string& target,
                                   std::chrono::system_clock::time_point since);
/// Whether that is a name that we gave to what was replaced by `target`.
bool is_kept_name(std::string_view name, const std::string& target);

/// Statements that mark a database, or take the mark off again; they belong in the transaction of
/// the rename. `comment` is its own, "" = none.
std::string mark_sql(const std::string& database, const KeepOld& keep, const std::string& comment);
std::string comment_sql(const std::string& database, const std::string& comment);
Result<std::string> comment_of(Connection& maintenance, const std::string& database);

struct KeptDatabase {
    std::string name;
    std::string comment;  // its own
};
/// The one of `target`. A mark alone is not enough: a comment goes wherever a dump is restored, and
/// what people gave another name is theirs.
Result<std::optional<KeptDatabase>> find_kept(Connection& maintenance, const std::string& target,
                                              const std::string& mark);

/// Engine::swap_back() and Engine::drop_kept().
Result<std::string> swap_back(const SwapBackRequest& request, const sys::Run& run);
Status drop_kept(const Secret& into, const std::string& mark, const sys::Run& run);

}  // namespace ds::engines::postgres
