#pragma once

#include <memory>

#include "api/api.hpp"
#include "api/front_door.hpp"
#include "http/server.hpp"
#include "jobs/service/catalog_keeper.hpp"
#include "jobs/service/news_desk.hpp"
#include "jobs/service/scheduler.hpp"
#include "jobs/service/watchdog.hpp"
#include "notify/all.hpp"

/// The whole service in one object: who starts it holds the product in the hand.
namespace ds::server {

struct Options {
    sys::fs::path state;  // the catalog, the master key and scratch servers lie there
    Secret catalog_url;   // postgres://…; empty: SQLite in `state`
    http::Options http;
    api::DoorRules door;
    api::Rates rates;
    jobs::RunnerLimits runner;
    std::vector<std::string> tool_dirs;
    std::chrono::seconds prune_grace{24 * 3600};
    std::chrono::seconds watch_every{1800};        // between two looks into the stores
    std::chrono::milliseconds news_every{60'000};  // between two looks of the news desk
    jobs::OutgoingRules outgoing;
    notify::Outside outside = {};        // of channels; empty: as `outgoing` says
    jobs::CatalogRhythm catalog_rhythm;  // of the catalog's own backups
    /// Of the first administrator, for machines that set themselves up; empty: whoever has the
    /// setup secret chooses.
    std::string admin_name = "admin";
    Secret admin_password;
    /// Sample data to look around in: nothing runs, nothing can be changed, nobody is called.
    bool demo = false;
    sys::Clock& clock = sys::system_clock();
};

/// Runs from start() to its end. Everything that it started ends with it.
class Server {
public:
    /// Errors: what cannot be right in the options, a catalog that does not open, an address that
    /// is taken, another server on the same state.
    /// `log` outlives it.
    static Result<std::unique_ptr<Server>> start(Options options, sys::Log& log = sys::no_log());
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const { return http_->port(); }
    /// The file, for the owner of the state directory alone, with the secret of whoever makes the
    /// first administrator; "" when there is one.
    sys::fs::path setup_file() const;
    /// Whether a client is answered within `patience`; by refusing it, too.
    bool answers(std::chrono::milliseconds patience) const;

    /// Takes no more runs, answers no more, and waits up to `grace` for the runs at work. What is
    /// not done by then is stopped and queued again, for the next server or the next start.
    void stop(std::chrono::milliseconds grace);

    const jobs::Office& office() const { return *office_; }
    const api::Api& api() const { return *api_; }

private:
    Server() = default;
    Status open(const Options& options, sys::Log& log);
    Status open_vault(const Options& options);
    void start_work(const Options& options, const notify::Outside& outside);
    Status begin_setup(const Options& options);
    Status begin_demo();
    Status listen(http::Options options);

    sys::Fd lock_;
    std::string address_;
    std::unique_ptr<catalog::Catalog> catalog_;
    std::unique_ptr<catalog::Vault> vault_;
    std::unique_ptr<jobs::Office> office_;
    std::unique_ptr<jobs::Events> events_;
    std::unique_ptr<jobs::Runner> runner_;
    std::unique_ptr<jobs::Scheduler> scheduler_;
    std::unique_ptr<jobs::DeliveryService> delivery_;
    std::unique_ptr<jobs::Watchdog> watchdog_;
    std::unique_ptr<jobs::NewsDesk> news_desk_;
    std::unique_ptr<jobs::CatalogKeeper> catalog_keeper_;
    std::unique_ptr<api::RateLimiter> limiter_;
    std::unique_ptr<api::FrontDoor> door_;
    std::unique_ptr<api::Services> services_;
    std::unique_ptr<api::Api> api_;
    std::unique_ptr<http::Server> http_;
};

}  // namespace ds::server
