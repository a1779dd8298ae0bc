#include "server/server.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "api/caller.hpp"
#include "base/bytes.hpp"
#include "catalog/rotation.hpp"
#include "console/answer.hpp"
#include "crypto/password.hpp"
#include "server/demo/seed.hpp"
#include "sys/random.hpp"

namespace ds::server {
namespace {

constexpr std::size_t setup_secret_bytes = 16;
constexpr const char* setup_name = "setup-secret";
constexpr std::chrono::milliseconds answers_end_within{5000};

/// Two servers on one state directory would take each other's runs.
Result<sys::Fd> lock_state(const sys::fs::path& state) {
    const auto path = state / "server.lock";
    sys::Fd lock{::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)};
    if (!lock) {
        return fail(Code::denied, "cannot write to the state directory " + state.string(),
                    "Give --state a directory that this user may write to.");
    }
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return fail(Code::conflict, "another server works in " + state.string(),
                    "Stop it, or give this one a state directory of its own.");
    }
    return lock;
}

Status forget_setup(const sys::fs::path& state) {
    std::error_code problem;
    sys::fs::remove(state / setup_name, problem);
    if (problem) return sys::errno_error(problem.value(), "cannot remove the old setup secret");
    return {};
}

std::string host_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) return "server";
    return name.data();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(Options options, sys::Log& log) {
    std::unique_ptr<Server> server{new Server};
    DS_DO(server->open(options, log));
    DS_DO(server->begin_setup(options));
    DS_DO(server->listen(std::move(options.http)));
    return server;
}

Status Server::open(const Options& options, sys::Log& log) {
    DS_DO(sys::make_directories(options.state));
    DS_TRY(lock_, lock_state(options.state));
    DS_TRY(auto vault, catalog::Vault::open(options.state / "master.key"));
    vault_ = std::make_unique<catalog::Vault>(std::move(vault));
    DS_TRY(catalog_, catalog::Catalog::open({options.state, options.catalog_url}));
    DS_DO(open_vault(options));
    office_ = std::unique_ptr<jobs::Office>{new jobs::Office{
        *catalog_, *vault_, options.clock, options.state, options.tool_dirs, options.prune_grace,
        host_name() + "/" + catalog::new_id(options.clock.now()), log, options.outgoing}};
    events_ = std::make_unique<jobs::Events>(*office_);
    runner_ = std::make_unique<jobs::Runner>(*office_, *events_, options.runner);
    if (options.demo) static_cast<void>(runner_->drain({}));
    const auto outside = options.outside.http
                             ? options.outside
                             : notify::plain_outside({.outgoing = options.outgoing.channels},
                                                     {.outgoing = options.outgoing.channels});
    if (!options.demo) start_work(options, outside);
    limiter_ = std::make_unique<api::RateLimiter>(options.rates, options.clock, log);
    auto door = options.door;
    door.demo = options.demo;
    door_ = std::make_unique<api::FrontDoor>(std::move(door), *limiter_);
    services_ = std::unique_ptr<api::Services>{
        new api::Services{*office_, *events_, *runner_, outside, {}, limiter_.get()}};
    return {};
}

/// Keys that other servers made are learnt; what a rotation that died left is done.
Status Server::open_vault(const Options& options) {
    vault_->ask_for_keys([this](const std::string& key_id) {
        return catalog::learn_key(*catalog_, *vault_, key_id);
    });
    DS_DO(catalog::follow_rotations(*catalog_, *vault_, options.clock.now()));
    DS_TRY([[maybe_unused]] const auto resealed, catalog::reseal(*catalog_, *vault_));
    return {};
}

/// What a server does by itself.
void Server::start_work(const Options& options, const notify::Outside& outside) {
    scheduler_ = std::make_unique<jobs::Scheduler>(*office_, *events_, *runner_);
    delivery_ = std::make_unique<jobs::DeliveryService>(*office_, *events_, outside);
    watchdog_ = std::make_unique<jobs::Watchdog>(*office_, *events_, options.watch_every);
    news_desk_ = std::make_unique<jobs::NewsDesk>(*office_, *events_, options.news_every);
    catalog_keeper_ =
        std::make_unique<jobs::CatalogKeeper>(*office_, *events_, options.catalog_rhythm);
}

/// Sample data comes into a catalog of its own or not at all.
Status Server::begin_demo() {
    DS_TRY(const bool empty, catalog_->read(api::needs_setup));
    if (!empty) {
        return fail(Code::conflict, "there is real data in " + office_->state.string(),
                    "Give the demo a state directory of its own.");
    }
    return catalog_->write(
        [&](catalog::Session& session) { return seed_demo(session, office_->now()); });
}

Status Server::begin_setup(const Options& options) {
    if (options.demo) return begin_demo();
    DS_TRY(const bool needed, catalog_->read(api::needs_setup));
    if (!needed) return forget_setup(options.state);
    if (options.admin_password.empty()) {
        services_->setup_secret = to_hex(sys::random_bytes(setup_secret_bytes));
        return sys::write_file(options.state / setup_name, view_of(services_->setup_secret + "\n"),
                               0600);
    }
    DS_TRY(auto hash, crypto::hash_password(options.admin_password.reveal()));
    return catalog_->write([&](catalog::Session& session) -> Status {
        const auto made = api::make_first_admin(session, "default", options.admin_name,
                                                std::move(hash), office_->now());
        if (!made) return Error{made.error()};
        return {};
    });
}

Status Server::listen(http::Options options) {
    address_ = options.address;
    api_ = std::make_unique<api::Api>(*services_);
    DS_TRY(http_, http::Server::start(std::move(options), [this](const http::Request& request,
                                                                 const std::stop_token& stop) {
               return door_->answer(request, stop, [this](const auto& asked, const auto& token) {
                   return console::is_for_console(asked) ? console::answer(asked)
                                                         : api_->answer(asked, token);
               });
           }));
    return {};
}

sys::fs::path Server::setup_file() const {
    return services_->setup_secret.empty() ? "" : office_->state / setup_name;
}

void Server::stop(std::chrono::milliseconds grace) {
    if (runner_) static_cast<void>(runner_->drain({}));  // nothing new while the rest goes
    if (http_) http_->stop(std::min(grace, answers_end_within));
    scheduler_.reset();
    delivery_.reset();
    watchdog_.reset();
    news_desk_.reset();
    catalog_keeper_.reset();
    if (runner_) static_cast<void>(runner_->drain(grace));
}

Server::~Server() {
    stop({});
    http_.reset();
    runner_.reset();
}

}  // namespace ds::server
