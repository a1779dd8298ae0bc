#include "jobs/service/news_desk.hpp"

#include "jobs/service/audit_keeping.hpp"
#include "jobs/service/capacity.hpp"
#include "jobs/service/digest.hpp"

namespace ds::jobs {
namespace {

constexpr std::chrono::seconds lease_term{600};
constexpr std::chrono::hours tidied_every{1};

/// The first thing that fails is told of; it holds up nothing else.
Status see_to_news(const Office& office, Events& events, catalog::Time& tidied) {
    const auto watched = watch_capacity(office, events);
    const auto sent = send_due_digests(office, events);
    if (office.now() - tidied >= tidied_every) {
        DS_TRY([[maybe_unused]] const auto forgotten, forget_old_news(office));
        DS_TRY([[maybe_unused]] const auto trimmed, trim_audits(office));
        tidied = office.now();
    }
    if (!watched) return Error{watched.error()};
    if (!sent) return Error{sent.error()};
    return {};
}

}  // namespace

NewsDesk::NewsDesk(const Office& office, Events& events, std::chrono::milliseconds every)
    : duty_{office,
            {"news", every, lease_term},
            [&office, &events, tidied = catalog::Time{}](bool leads, const sys::Run&) mutable {
                return leads ? see_to_news(office, events, tidied) : Status{};
            }} {}

}  // namespace ds::jobs
