#include "catalog/audit_chain.hpp"

#include "catalog/tables.hpp"
#include "catalog/vault.hpp"
#include "crypto/sha256.hpp"

namespace ds::catalog {
namespace {

constexpr std::size_t trimmed_at_once = 2'000;

std::string place_of(const std::string& organization) { return "audit_heads/" + organization; }

Result<std::vector<Row>> head_row(sql::Session& session, const std::string& organization,
                                  bool lock) {
    const bool postgres = session.dialect() == sql::Dialect::postgres;
    return session.run(fmt::format("SELECT sealed FROM audit_heads WHERE id = ?{}",
                                   lock && postgres ? " FOR UPDATE" : ""),
                       {organization});
}

Result<AuditMark> opened(const Vault& vault, const std::string& organization,
                         const std::string& sealed) {
    DS_TRY(const auto text, vault.open_sealed(sealed, place_of(organization)));
    return json::read<AuditMark>(text.reveal());
}

/// Where the chain ends by its rows alone.
Result<AuditMark> mark_of_rows(sql::Session& session, const std::string& organization) {
    AuditMark mark;
    DS_TRY(
        const auto newest,
        audit.select(session, "WHERE organization = ? ORDER BY id DESC LIMIT 1", {organization}));
    if (newest.empty()) return mark;
    DS_TRY(const auto oldest,
           audit.select(session, "WHERE organization = ? ORDER BY id LIMIT 1", {organization}));
    return AuditMark{newest[0].sequence, newest[0].hash, oldest[0].sequence, oldest[0].previous};
}

/// A head that this transaction holds.
class Chain {
public:
    Chain(sql::Session& session, const Vault& vault, std::string organization, Time now)
        : session_{session}, vault_{vault}, organization_{std::move(organization)}, now_{now} {}

    Status open() {
        DS_TRY(auto rows, head_row(session_, organization_, true));
        if (rows.empty()) {
            DS_DO(make_head());
            DS_TRY(rows, head_row(session_, organization_, true));
        }
        const auto sealed = sql::text_of(rows.at(0).at(0));
        auto mark = opened(vault_, organization_, sealed);
        if (mark && !sealed.empty()) {
            mark_ = std::move(*mark);
            return {};
        }
        if (!mark && !sealed.empty() && mark.error().code() == Code::unavailable)
            return std::move(mark.error());
        DS_TRY(mark_, mark_of_rows(session_, organization_));
        if (mark_.last == 0 && sealed.empty()) return {};
        return enter(by_server("audit.taken_up",
                               sealed.empty() ? "the head was gone" : "the head did not open"));
    }

    Status enter(model::AuditRow row) {
        begin_record(row, organization_, now_);
        row.sequence = mark_.last + 1;
        row.id = audit_id(organization_, row.sequence);
        row.previous = mark_.hash;
        row.hash = audit_hash(to_columns(row));
        DS_DO(audit.insert(session_, row));
        mark_.last = row.sequence;
        mark_.hash = row.hash;
        return {};
    }

    Status close() {
        const auto sealed = vault_.seal(Secret{json::write(mark_)}, place_of(organization_));
        DS_TRY([[maybe_unused]] const auto done,
               session_.run("UPDATE audit_heads SET sealed = ?, changed = ?, version = version + 1 "
                            "WHERE id = ?",
                            {sealed, rfc3339(now_), organization_}));
        return {};
    }

    static model::AuditRow by_server(std::string action, std::string why) {
        model::AuditRow row;
        row.actor = row.via = "server";
        row.action = std::move(action);
        row.object = "audit";
        row.changes.push_back({"audit", {}, {{"why", json::to_value(why)}}});
        return row;
    }

    /// The oldest rows go, up to and with this one.
    Status begin_behind(const model::AuditRow& cut) {
        DS_TRY([[maybe_unused]] const auto gone,
               session_.run("DELETE FROM audit WHERE organization = ? AND id <= ?",
                            {organization_, cut.id}));
        mark_.first = cut.sequence + 1;
        mark_.previous = cut.hash;
        return {};
    }

    const AuditMark& mark() const { return mark_; }

private:
    sql::Session& session_;
    const Vault& vault_;
    const std::string organization_;
    const Time now_;
    AuditMark mark_;

    Status make_head() {
        model::AuditHead head;
        begin_record(head, organization_, now_);
        head.id = organization_;
        DS_TRY([[maybe_unused]] const auto made,
               session_.run(fmt::format("INSERT INTO audit_heads ({}) VALUES (?, ?, ?, ?, ?, ?) "
                                        "ON CONFLICT DO NOTHING",
                                        column_list<model::AuditHead>()),
                            to_columns(head)));
        return {};
    }
};

}  // namespace

std::string audit_hash(const Row& columns) {
    crypto::Sha256 sum;
    sum.update(view_of("dumpstation audit 1\n"));
    for (std::size_t at = 0; at + 1 < columns.size(); ++at) {
        const auto text = sql::text_of(columns[at]);
        sum.update(view_of(fmt::format("{}:{}\n", text.size(), text)));
    }
    return sum.finish_hex();
}

std::string audit_id(const std::string& organization, std::uint64_t sequence) {
    return fmt::format("{}-{:012}", organization, sequence);
}

Status append_audit(sql::Session& session, const Vault& vault, model::AuditRow row, Time now) {
    Chain chain{session, vault, row.organization, now};
    DS_DO(chain.open());
    DS_DO(chain.enter(std::move(row)));
    return chain.close();
}

Result<std::uint64_t> trim_audit(sql::Session& session, const Vault& vault,
                                 const std::string& organization, Time before, Time now) {
    DS_TRY(const auto oldest,
           audit.select(
               session,
               fmt::format("WHERE organization = ? ORDER BY id LIMIT {}", trimmed_at_once + 1),
               {organization}));
    std::size_t count = 0;
    while (count + 1 < oldest.size() && oldest[count].created < rfc3339(before)) ++count;
    if (count == 0) return 0;
    Chain chain{session, vault, organization, now};
    DS_DO(chain.open());
    const auto& cut = oldest[count - 1];
    DS_DO(chain.begin_behind(cut));
    DS_DO(chain.enter(Chain::by_server(
        "audit.trim", fmt::format("rows up to {} were older than {}, as the settings say",
                                  cut.sequence, rfc3339(before)))));
    DS_DO(chain.close());
    return count;
}

Result<std::optional<AuditMark>> audit_mark(sql::Session& session, const Vault& vault,
                                            const std::string& organization) {
    DS_TRY(const auto rows, head_row(session, organization, false));
    const auto sealed = rows.empty() ? std::string{} : sql::text_of(rows.at(0).at(0));
    if (sealed.empty()) return std::optional<AuditMark>{};
    DS_TRY(auto mark, opened(vault, organization, sealed));
    return std::optional<AuditMark>{std::move(mark)};
}

}  // namespace ds::catalog
