#include "catalog/audit_check.hpp"

#include <charconv>

#include "catalog/tables.hpp"
#include "catalog/vault.hpp"

namespace ds::catalog {
namespace {

constexpr int rows_at_once = 500;
constexpr std::size_t faults_told = 100;
constexpr std::size_t broken_kept = 100;

/// Where a column stands in a described row.
template <class T>
constexpr std::size_t place_of(std::string_view column) {
    std::size_t at = 0, found = 0;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        if (column == member.name) found = at;
        ++at;
    });
    return found;
}
constexpr auto id_at = place_of<model::AuditRow>("id");
constexpr auto sequence_at = place_of<model::AuditRow>("sequence");
constexpr auto previous_at = place_of<model::AuditRow>("previous");
constexpr auto hash_at = place_of<model::AuditRow>("hash");

/// The number in front of the colon, or behind the organization; 0 for what has none.
std::uint64_t number_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} ? number : 0;
}

class Walk {
public:
    Walk(std::string organization, std::string known)
        : organization_{std::move(organization)}, known_{std::move(known)} {}

    void begin(const Result<std::optional<AuditMark>>& mark) {
        if (!mark) return fault("head", 0, "the head does not open: " + mark.error().message());
        if (!*mark) return;
        mark_ = **mark;
        expected_ = mark_->first;
        previous_ = mark_->previous;
        // What the settings let go cannot be looked at any more.
        if (number_in(known_) < mark_->first) known_.clear();
    }

    void take(const Row& row) {
        const auto place = place_in(sql::text_of(row.at(id_at)));
        if (report_.rows++ == 0) {
            report_.first = place;
            if (!mark_) begin_at(row, place);
        }
        if (place < expected_ || (mark_ && place > mark_->last))
            return fault("inserted", place, "there is no such place in the chain");
        const bool whole = audit_hash(row) == sql::text_of(row.at(hash_at));
        if (place > expected_) {
            fault("removed", expected_,
                  fmt::format("{} not there", rows_from(expected_, place - 1)));
        } else if (whole && follows_whole_ && sql::text_of(row.at(previous_at)) != previous_) {
            fault("replaced", place - 1,
                  fmt::format("row {} was written behind another row {} than is there", place,
                              place - 1));
        }
        if (!whole) keep_broken(row, place);
        follows_whole_ = whole;
        expected_ = place + 1;
        previous_ = sql::text_of(row.at(hash_at));
        if (known_ == fmt::format("{}:{}", place, previous_)) known_.clear();
    }

    AuditReport end() {
        judge_broken();
        judge_end();
        if (!known_.empty())
            fault("cut off", 0,
                  "the row " + printable(known_, 90) +
                      " that was there before is not: the catalog was put back, or rewritten");
        report_.last = expected_ - 1;
        report_.hash = previous_;
        report_.intact = report_.faults_found == 0;
        return std::move(report_);
    }

private:
    const std::string organization_;
    std::string known_;
    std::optional<AuditMark> mark_;
    std::uint64_t expected_ = 1;
    std::string previous_;
    bool follows_whole_ = true;  // behind a broken row it says nothing that is not told already
    std::vector<std::pair<std::uint64_t, Row>> broken_;  // with their places
    AuditReport report_;

    void fault(std::string kind, std::uint64_t sequence, std::string detail) {
        ++report_.faults_found;
        if (report_.faults.size() < faults_told)
            report_.faults.push_back({std::move(kind), sequence, std::move(detail)});
    }

    static std::string rows_from(std::uint64_t first, std::uint64_t last) {
        return first == last ? fmt::format("row {} is", first)
                             : fmt::format("rows {} to {} are", first, last);
    }

    /// 0, where none of ours is, when the id has another form.
    std::uint64_t place_in(const std::string& id) const {
        if (!id.starts_with(organization_ + "-")) return 0;
        const auto place = number_in(std::string_view{id}.substr(organization_.size() + 1));
        return id == audit_id(organization_, place) ? place : 0;
    }

    /// Without a head the first row that is there has to be believed.
    void begin_at(const Row& row, std::uint64_t place) {
        expected_ = place;
        previous_ = sql::text_of(row.at(previous_at));
    }

    void keep_broken(const Row& row, std::uint64_t place) {
        if (broken_.size() < broken_kept)
            broken_.emplace_back(place, row);
        else
            fault("changed", place, "it is not what was written");
    }

    /// What would be whole in the place of another broken row was moved from there.
    void judge_broken() {
        for (const auto& [place, row] : broken_) {
            std::uint64_t from = 0;
            for (const auto& [other, _] : broken_) {
                auto there = row;
                there[id_at] = audit_id(organization_, other);
                there[sequence_at] = static_cast<std::int64_t>(other);
                if (other != place && audit_hash(there) == sql::text_of(row.at(hash_at)))
                    from = other;
            }
            if (from != 0)
                fault("moved", place, fmt::format("it was row {}", from));
            else
                fault("changed", place, "it is not what was written");
        }
    }

    void judge_end() {
        if (!mark_) {
            if (report_.rows > 0 && report_.faults_found == 0)
                fault("head", 0, "the head is gone, so nothing says where the chain ends");
            return;
        }
        if (expected_ <= mark_->last) {
            fault("cut off", expected_, rows_from(expected_, mark_->last) + " not there any more");
        } else if (previous_ != mark_->hash) {
            fault("replaced", mark_->last, "it is not the row that the chain ended with");
        }
    }
};

}  // namespace

Result<AuditReport> check_audit(sql::Session& session, const Vault& vault,
                                const std::string& organization, const std::string& known) {
    Walk walk{organization, known};
    auto mark = audit_mark(session, vault, organization);
    if (!mark && mark.error().code() == Code::unavailable) return std::move(mark.error());
    walk.begin(mark);
    std::string after;
    for (;;) {
        DS_TRY(const auto rows,
               session.run(fmt::format("SELECT {} FROM audit WHERE organization = ? AND id > ? "
                                       "ORDER BY id LIMIT {}",
                                       column_list<model::AuditRow>(), rows_at_once),
                           {organization, after}));
        for (const auto& row : rows) walk.take(row);
        if (rows.size() < rows_at_once) return walk.end();
        after = sql::text_of(rows.back().at(id_at));
    }
}

}  // namespace ds::catalog
