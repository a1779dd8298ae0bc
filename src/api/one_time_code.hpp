#pragma once

#include "api/route.hpp"
#include "api/services.hpp"
#include "catalog/table.hpp"
#include "model/one_time_code.hpp"

/// Leave to do what is dangerous, asked for first: good for one thing, one caller, a few minutes,
/// and once.
namespace ds::api {

/// Makes the row the caller's and returns the code for it.
std::string begin_code(model::OneTimeCode& row, const Services& services, const Caller& caller);
std::string hash_of_code(const std::string& code);
/// Whether it is this caller's, and still good.
bool is_good(const model::OneTimeCode& row, const Caller& caller, catalog::Time now);
/// Whatever is wrong about a code, the answer is the same.
Error no_such_code();

/// Enters a row that says what may be done, and returns its code.
template <class T>
Result<std::string> issue_code(const Services& services, const Caller& caller,
                               const catalog::Table<T>& table, T& row) {
    catalog::begin_record(row, caller.organization, services.now());
    auto code = begin_code(row, services, caller);
    DS_DO(services.write([&](catalog::Session& session) -> Status {
        DS_TRY([[maybe_unused]] const auto gone,
               session.run(fmt::format("DELETE FROM {} WHERE organization = ? AND expires < ?",
                                       table.name()),
                           {row.organization, rfc3339(services.now())}));
        return table.insert(session, row);
    }));
    return code;
}

/// The row of the code in the address, which is gone with it; `fits` says whether it is about what
/// the address is about.
template <class T, class Fits>
Result<T> use_code(const Services& services, const Call& call, const catalog::Table<T>& table,
                   Fits&& fits) {
    return services.write([&](catalog::Session& session) -> Result<T> {
        DS_TRY(const auto found,
               table.select(session, "WHERE organization = ? AND hash = ?",
                            {call.caller.organization, hash_of_code(call.path.at("code"))}));
        if (found.empty() || !fits(found.front()) ||
            !is_good(found.front(), call.caller, services.now()))
            return no_such_code();
        DS_DO(table.remove(session, found.front().organization, found.front().id));
        return found.front();
    });
}

}  // namespace ds::api
