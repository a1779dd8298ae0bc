#include <fmt/format.h>

#include "base/text.hpp"
#include "catalog/rotation.hpp"
#include "cli/commands.hpp"
#include "cli/credentials.hpp"
#include "crypto/age.hpp"

namespace ds::cli {
namespace {

/// Never over an existing file: it may be the only key of old backups.
Status write_new_key(const std::string& path, const Secret& text) {
    std::error_code ignored;
    if (sys::fs::exists(path, ignored)) {
        return fail(Code::exists, path + " exists already and may be the key of older backups",
                    "Choose another name.");
    }
    return sys::write_file(path, view_of(text.reveal()), 0600);
}

}  // namespace

ExitStatus key_new(const KeyNewOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto identity = crypto::Identity::generate();
    const auto text = crypto::identity_file(identity, rfc3339(sys::system_clock().now()));
    if (options.out.empty()) {
        if (console.json()) {
            console.result(json::bj::object{{"recipient", identity.recipient()},
                                            {"identity", identity.text().reveal()}});
        } else {
            fmt::print("{}", text.reveal());
        }
        return ExitStatus::done;
    }
    if (const auto written = write_new_key(options.out, text); !written)
        return console.error(written.error());
    console.result(json::bj::object{{"recipient", identity.recipient()}, {"file", options.out}});
    console.line(identity.recipient());
    if (!console.json()) {
        console.note(fmt::format(
            "{} opens every backup made to this recipient. Keep a copy where the backups are not.",
            options.out));
    }
    return ExitStatus::done;
}

ExitStatus key_rotate_master(const Session& session) {
    const auto& console = session.console;
    const auto remote = open_remote(session);
    if (!remote) return console.error(remote.error());
    const auto answer = (*remote)->post("settings/rotate-master-key");
    if (!answer) return console.error(answer.error());
    const auto rotation = row_as<catalog::Rotation>(*answer);
    if (!rotation) return console.error(rotation.error());
    console.result(json::bj::object{{"rotation", json::to_value(*rotation)}});
    console.line(fmt::format("{} {} secrets are sealed by the new key {}", console.tick(true),
                             human_count(rotation->resealed), rotation->key));
    console.note("keep a copy of the server's master.key as it is now, apart from the catalog");
    return ExitStatus::done;
}

}  // namespace ds::cli
