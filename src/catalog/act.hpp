#pragma once

#include <chrono>
#include <functional>
#include <string_view>

#include "catalog/sql/session.hpp"
#include "model/audit.hpp"

namespace ds::catalog {

class Vault;

/// Something that somebody does. While it lives, what its thread writes with Catalog::write is
/// entered in the audit, in the same transaction: so nothing that changes rows has to remember to.
/// Acts may be nested; the innermost is the one that is done. Vault and clock outlive it.
class Act {
public:
    using Now = std::function<std::chrono::system_clock::time_point()>;

    /// `draft`: who, from where, and what. Who is not known yet (a sign-in) is learnt from the
    /// first row that is written.
    /// `token`: the row of `tokens` that they came with, "" = none.
    Act(const Vault& vault, Now now, model::AuditRow draft, std::string token = {});
    ~Act();
    Act(const Act&) = delete;
    Act& operator=(const Act&) = delete;

    /// What this thread does; nullptr when nobody wants to know.
    static Act* current();
    /// Whether anybody wants to know of changes of this table's rows.
    static bool watches(std::string_view table);

    /// A row of a table before and after; null: there is none.
    void note(std::string_view table, const json::Value& before, const json::Value& after);
    /// Adds a word to what the audit shows, where no row tells it: {"outcome": "wrong password"}.
    void add(std::string_view object, std::string_view name, std::string value);
    /// Who it turned out to be, when nobody was signed in.
    void identify(std::string organization, std::string user);

    /// Enters what was noted since the last time; nothing noted, nothing entered. By
    /// Catalog::write, before it commits.
    Status settle(sql::Session& session);
    /// What was noted and not settled was taken back with its transaction; or it stays.
    void ended(bool committed);

    /// Enters the act itself, when none of its transactions did: a look at what is sensitive, a
    /// test that reached out. In a transaction.
    Status enter(sql::Session& session);
    bool entered() const { return entered_; }
    bool noted() const { return !noted_.empty(); }

private:
    const Vault& vault_;
    Now now_;
    model::AuditRow draft_;
    const std::string token_;
    std::vector<model::AuditChange> noted_;
    std::size_t left_out_ = 0, noted_bytes_ = 0;
    bool settled_ = false, entered_ = false;
    Act* outer_;

    Status name_actor(sql::Session& session, model::AuditRow& row) const;
};

}  // namespace ds::catalog
