#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/engine.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/restore/database_form.hpp"
#include "engines/postgres/restore/target_state.hpp"

namespace ds::engines::postgres {

/// A new database beside the target. Dropped when the object goes, unless it took the target's
/// place. One thread at a time; the target must outlive it.
class BesideDatabase {
public:
    /// With the first of `forms` that the server can do.
    static Result<std::unique_ptr<BesideDatabase>> create(Connection& maintenance,
                                                          const TargetState& target,
                                                          const std::vector<DatabaseForm>& forms);
    ~BesideDatabase();
    BesideDatabase(const BesideDatabase&) = delete;
    BesideDatabase& operator=(const BesideDatabase&) = delete;

    const std::string& name() const { return name_; }
    /// Where it is not as in the backup; empty when it is.
    const std::string& note() const { return note_; }

    /// Drops it now, also when a stop fired. The error names what is left.
    Status drop();
    /// Takes the target's name, in one transaction. What had it is dropped, unless it held
    /// something and is to be kept. Sessions in the way are ended when `replace`, otherwise
    /// Code::conflict. Over a fresh session, as the first may have been idle for hours. Returns
    /// notes.
    Result<std::vector<std::string>> take_place(Connection& maintenance, bool replace,
                                                const std::optional<KeepOld>& keep_old);
    /// Under which name what was replaced is kept; "" = it is not.
    const std::string& kept_as() const { return kept_as_; }

private:
    BesideDatabase(ConnectionInfo maintenance, const TargetState& target)
        : maintenance_{std::move(maintenance)}, target_{target} {}

    const ConnectionInfo maintenance_;
    const TargetState& target_;
    std::string id_, name_, note_, kept_as_;
    bool there_ = false;
};

}  // namespace ds::engines::postgres
