#include <fmt/format.h>

#include "archive/reader.hpp"
#include "cli/commands.hpp"
#include "cli/keys.hpp"
#include "cli/stores.hpp"

namespace ds::cli {
namespace {

/// Standard output as a sink; a reader that went away (`| head`) ends the command as it ends any
/// other.
class StandardOutput final : public stream::Sink {
public:
    Status write(View bytes) override { return sys::write_all(1, bytes, "standard output"); }
    Status finish() override { return {}; }
};

Status run_cat(const CatOptions& options, const Session& session) {
    DS_TRY(auto identities, identities_of(options.keys));
    const sys::Run run{session.stop, sys::system_clock(), sys::no_progress()};
    DS_TRY(auto chosen, choose(options.backup, run));
    if (session.console.stdout_is_terminal() && options.part.ends_with(".dump")) {
        return fail(Code::invalid, options.part + " is binary and standard output is a terminal",
                    "Send it somewhere: `… | pg_restore --list` or `… > file`.");
    }
    archive::Reader reader{*chosen.store, std::move(chosen.backup), std::move(identities)};
    DS_TRY(const auto source, reader.open(options.part));
    StandardOutput output;
    DS_TRY(const auto copied, stream::copy(*source, output));
    static_cast<void>(copied);
    return {};
}

}  // namespace

ExitStatus cat(const CatOptions& options, const Session& session) {
    const auto status = run_cat(options, session);
    return status ? ExitStatus::done : session.console.error(status.error());
}

}  // namespace ds::cli
