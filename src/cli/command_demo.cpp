#include <cerrno>

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/sample_data.hpp"
#include "cli/told.hpp"
#include "crypto/age.hpp"
#include "engines/all.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/proof/scratch_server.hpp"
#include "engines/postgres/tools/tools.hpp"
#include "jobs/backup.hpp"
#include "jobs/restore.hpp"
#include "jobs/verify.hpp"
#include "stores/all.hpp"

namespace ds::cli {
namespace {

namespace postgres = engines::postgres;

constexpr int oldest_major = 12;
constexpr int newest_major = 18;

/// The tour's places and what it found, step by step.
class Tour {
public:
    Tour(const DemoOptions& options, const Session& session)
        : options_{options},
          session_{session},
          console_{session.console},
          home_{options.directory.empty() ? session.state() / "demo"
                                          : sys::fs::absolute(options.directory)} {}

    Status walk() {
        console_.line(console_.bold("DumpStation demo") +
                      ": a real database, backed up, restored and compared.");
        console_.line();
        DS_DO(prepare());
        DS_DO(start_server());
        DS_DO(fill_database());
        DS_DO(back_up());
        DS_DO(prove());
        DS_DO(restore_beside());
        what_next();
        return {};
    }

private:
    std::string store_url() const { return "file://" + (home_ / "store").string(); }
    std::string key_file() const { return (home_ / "key.txt").string(); }

    /// Runs one step with its own progress line, which is gone when the outcome is told.
    template <class Step>
    auto shown(const Step& step) {
        ShownProgress progress{console_, session_.progress_style()};
        return step(sys::Run{session_.stop, sys::system_clock(), progress});
    }

    Status prepare() {
        DS_DO(sys::make_directories(home_, 0700));
        const auto existing = sys::read_file(key_file(), 64 * KiB);
        if (existing) {
            DS_TRY(identities_, crypto::parse_identities(text_of(*existing)));
        } else {
            identities_.push_back(crypto::Identity::generate());
            const auto text =
                crypto::identity_file(identities_.front(), rfc3339(sys::system_clock().now()));
            DS_DO(sys::write_file(key_file(), view_of(text.reveal()), 0600));
        }
        console_.line(fmt::format("1. A key: {}", identities_.front().recipient()));
        console_.line(console_.dim(
            "   the server that backs up needs only this public half; the private one is in " +
            key_file()));
        return {};
    }

    Status start_server() {
        std::optional<Error> missing;
        for (int major = newest_major; major >= oldest_major; --major) {
            const auto initdb = postgres::find_tool("initdb", major, postgres::Fit::exact,
                                                    session_.common.tool_dirs);
            const auto dump = postgres::find_tool("pg_dump", major, postgres::Fit::same_or_newer,
                                                  session_.common.tool_dirs);
            if (!initdb || !dump) {
                missing = initdb ? dump.error() : initdb.error();
                continue;
            }
            DS_TRY(server_, shown([&](const sys::Run& run) {
                       return postgres::ScratchServer::start(
                           {initdb->path.parent_path(), home_, options_.megabytes * MiB * 3, ""},
                           run);
                   }));
            console_.line(fmt::format(
                "2. A scratch server: PostgreSQL {}, reachable by nobody but us", major));
            return {};
        }
        return *missing;
    }

    Result<std::unique_ptr<postgres::Connection>> connect(const std::string& database) {
        DS_TRY(const auto info, postgres::ConnectionInfo::parse(server_->url(database)));
        return postgres::Connection::open(info, session_.stop);
    }

    Status fill_database() {
        {
            DS_TRY(const auto admin, connect("postgres"));
            DS_DO(admin->exec("CREATE DATABASE shop TEMPLATE template0"));
        }
        DS_TRY(const auto shop, connect("shop"));
        DS_DO(shown([&](const sys::Run& run) {
            run.progress.step("filling the database");
            return load_sample_data(*shop, options_.megabytes, run);
        }));
        DS_TRY(const auto size, shop->value("SELECT pg_database_size(current_database())"));
        DS_TRY(const auto bytes, parse_unsigned(size, "the database's size"));
        console_.line(fmt::format(
            "3. A web shop in it: {} on disk, with partitions, enums, views, large objects",
            human_bytes(bytes)));
        return {};
    }

    Status back_up() {
        DS_TRY(auto* engine, engines::engine_by_name("postgres"));
        auto report = shown([&](const sys::Run& run) -> Result<jobs::BackupReport> {
            DS_TRY(const auto store, stores::open_store(store_url(), run));
            jobs::BackupOrder order;
            order.dump = {server_->url("shop"), session_.common.tool_dirs, 60};
            order.stores = {store.get()};
            DS_TRY(auto recipient, crypto::Recipient::parse(identities_.front().recipient()));
            order.recipe.recipients.push_back(std::move(recipient));
            order.state = session_.state();
            return jobs::back_up(order, *engine, run);
        });
        if (!report) return std::move(report.error());
        backup_ = std::move(*report);
        const auto& m = backup_.manifest;
        console_.line(
            fmt::format("4. Backed up as {} in {}: {} read, {} stored ({:.1f} : 1), encrypted, "
                        "nothing on disk in between",
                        console_.bold(m.name), human_duration(backup_.duration),
                        human_bytes(m.plain_bytes()), human_bytes(m.stored_bytes()),
                        static_cast<double>(m.plain_bytes()) /
                            static_cast<double>(std::max<std::uint64_t>(1, m.stored_bytes()))));
        return {};
    }

    Status prove() {
        auto report = shown([&](const sys::Run& run) -> Result<jobs::VerifyReport> {
            DS_TRY(const auto store, stores::open_store(store_url(), run));
            DS_TRY(const auto stored,
                   archive::read_stored(*store, {backup_.manifest.source, backup_.manifest.id}));
            jobs::VerifyOrder order;
            order.level = jobs::level_max;
            order.identities = identities_;
            order.state = session_.state();
            order.tool_dirs = session_.common.tool_dirs;
            return jobs::verify(order, *store, stored, run);
        });
        if (!report) return std::move(report.error());
        proof_ = std::move(*report);
        console_.line(
            fmt::format("5. Proven in {}, by restoring it on a second scratch server and comparing "
                        "with the source:",
                        human_duration(proof_.duration)));
        tell_proof(proof_, console_);
        if (proof_.damaged())
            return fail(Code::corrupt, "the proof failed",
                        "This should never happen; please report it.");
        return {};
    }

    Status restore_beside() {
        auto outcome = shown([&](const sys::Run& run) -> Result<jobs::RestoreOutcome> {
            DS_TRY(const auto store, stores::open_store(store_url(), run));
            DS_TRY(const auto stored,
                   archive::read_stored(*store, {backup_.manifest.source, backup_.manifest.id}));
            jobs::RestoreOrder order;
            order.restore.into = server_->url("shop_restored");
            order.restore.tool_dirs = session_.common.tool_dirs;
            order.identities = identities_;
            return jobs::restore(order, *store, stored, run);
        });
        if (!outcome) return std::move(outcome.error());
        restore_ = std::move(*outcome);
        console_.line(fmt::format(
            "6. Restored beside the original as shop_restored in {}: {} tables, {} rows",
            human_duration(restore_.duration), human_count(restore_.report.tables),
            human_count(restore_.report.rows)));
        return {};
    }

    void what_next() {
        console_.result(json::bj::object{{"status", "succeeded"},
                                         {"backup", json::to_value(backup_.manifest)},
                                         {"level", proof_.level},
                                         {"checks", json::to_value(proof_.checks)},
                                         {"backup_milliseconds", backup_.duration.count()},
                                         {"verify_milliseconds", proof_.duration.count()},
                                         {"restore_milliseconds", restore_.duration.count()}});
        const std::string program = ::program_invocation_name;  // as it was called
        console_.line();
        console_.line(console_.bold("What next"));
        console_.line("  Look at what was stored:   " + program + " list " + store_url());
        console_.line("  Open it without us:        less " +
                      (home_ / "store" / "v1" / backup_.manifest.source / "backups" /
                       backup_.manifest.id / "RESTORE.txt")
                          .string());
        console_.line("  Your own database:         " + program + " key new --out key.txt");
        console_.line("                             " + program +
                      " backup postgres://me@host/db --to file:///srv/backups --recipient age1…");
        console_.line("  And prove it:              " + program +
                      " verify file:///srv/backups latest --level 4 --identity key.txt");
        console_.line("  Remove this demo:          rm -r " + home_.string());
    }

    const DemoOptions& options_;
    const Session& session_;
    const Console& console_;
    const sys::fs::path home_;
    std::vector<crypto::Identity> identities_;
    std::unique_ptr<postgres::ScratchServer> server_;
    jobs::BackupReport backup_;
    jobs::VerifyReport proof_;
    jobs::RestoreOutcome restore_;
};

}  // namespace

ExitStatus demo(const DemoOptions& options, const Session& session) {
    const auto status = Tour{options, session}.walk();
    return status ? ExitStatus::done : session.console.error(status.error());
}

}  // namespace ds::cli
