#include "jobs/service/news_desk.hpp"

#include "jobs/service/capacity.hpp"
#include "jobs/service/digest.hpp"

namespace ds::jobs {
namespace {

constexpr std::chrono::seconds lease_term{600};
constexpr std::chrono::hours tidied_every{1};

}  // namespace

NewsDesk::NewsDesk(const Office& office, Events& events, std::chrono::milliseconds every)
    : office_{office}, events_{events}, every_{every} {
    thread_ = std::jthread{[this](const std::stop_token& stop) { serve(stop); }};
}

void NewsDesk::serve(const std::stop_token& stop) {
    catalog::Time tidied{};
    // What fails in a round is seen to in the next one.
    do {
        const auto mine =
            catalog::take_lease(office_.catalog, "news", office_.name, office_.now(), lease_term);
        if (!mine || !*mine) continue;
        static_cast<void>(watch_capacity(office_, events_));
        static_cast<void>(send_due_digests(office_, events_));
        if (office_.now() - tidied < tidied_every) continue;
        if (forget_old_news(office_)) tidied = office_.now();
    } while (office_.clock.sleep_for(every_, stop));
    static_cast<void>(catalog::give_lease(office_.catalog, "news", office_.name));
}

}  // namespace ds::jobs
