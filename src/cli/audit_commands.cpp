#include "cli/server_commands.hpp"

// Commands about who did what.
namespace ds::cli {

void ServerCommands::add_audit(CLI::App& app) {
    auto* audit = group(app, "audit", "See who did what, and prove that it is all there");
    auto* sub = command(*audit, "list", "List what was done, the newest first",
                        "dumpstation audit list --since 2026-11-01 --object plans/01M83Q7H…",
                        [this](const Session& s) { return audit_list(audit_, rows_, s); });
    sub->add_option("--actor", audit_.actor, "Only by this user or token: the name, as listed");
    sub->add_option("--action", audit_.action, "Only this: 'PATCH plans/{id}', as listed");
    sub->add_option("--object", audit_.object, "Only to this row: plans/ID");
    sub->add_option("--search", rows_.search, "Only with this word");
    sub->add_option("--since", rows_.since, "Only from then on: 2026-11-01T08:00:00Z");
    sub->add_option("--until", rows_.until, "Only before then");
    lists_rows(sub);

    sub = command(*audit, "verify",
                  "Tell whether a row was changed, removed, inserted or moved; status 7 if so",
                  "dumpstation audit verify --known 4711:9f86d081…",
                  [this](const Session& s) { return audit_verify(audit_, s); });
    sub->add_option("--known", audit_.known,
                    "ROW:HASH as an earlier `audit verify` printed it; it must still be there");
    sub->add_flag("--here", audit_.here,
                  "Look into the catalog of this machine's state (--state), server or not");
    sub->add_option("--config", audit_.config, "With --here: the server's configuration file");
}

}  // namespace ds::cli
