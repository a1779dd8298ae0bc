#include "jobs/service/events.hpp"

namespace ds::jobs {

namespace {

constexpr std::size_t changes_kept_max = 10'000;
constexpr std::size_t changes_told_max = 500;

}  // namespace

// A number that no life of this server before has told: those who resume from one of those hear
// that they must read everything again.
Events::Events(const Office& office)
    : office_{office},
      newest_{static_cast<std::uint64_t>(
          std::chrono::duration_cast<std::chrono::milliseconds>(office.now().time_since_epoch())
              .count())} {}

void Events::changed(std::string organization, std::string topic, std::string id,
                     std::string state) {
    const std::lock_guard lock{mutex_};
    changes_.push_back(
        {++newest_, std::move(organization), std::move(topic), std::move(id), std::move(state)});
    if (changes_.size() > changes_kept_max) changes_.pop_front();
    arrived_.notify_all();
}

std::optional<Events::Told> Events::behind(std::uint64_t after, const std::string& organization,
                                           std::chrono::milliseconds wait,
                                           const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    if (after > newest_) return std::nullopt;
    arrived_.wait_for(lock, stop, wait, [&] { return newest_ > after; });
    Told answer{{}, after};
    if (newest_ == after) return answer;
    const auto oldest = changes_.empty() ? newest_ + 1 : changes_.front().sequence;
    if (oldest > after + 1) return std::nullopt;
    for (auto at = after + 1; at <= newest_ && answer.told.size() < changes_told_max; ++at) {
        const auto& change = changes_[at - oldest];
        if (change.organization == organization) answer.told.push_back(change);
        answer.upto = at;
    }
    return answer;
}

std::uint64_t Events::newest() const {
    const std::lock_guard lock{mutex_};
    return newest_;
}

Status Events::raise(catalog::Session& session, model::Event event, const Hearers& hearers) {
    DS_TRY(const auto bell, enter_news(session, event, office_.now(), hearers));
    if (!bell.empty()) changed(event.organization, "notification", bell);
    return {};
}

Status Events::raise_once(catalog::Session& session, model::Event event, std::chrono::seconds quiet,
                          const Hearers& hearers) {
    DS_TRY(const bool told, was_told(session, event, office_.now(), quiet));
    return told ? Status{} : raise(session, std::move(event), hearers);
}

}  // namespace ds::jobs
