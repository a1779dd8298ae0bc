#include <unistd.h>

#include "cli/credentials.hpp"

namespace ds::cli {
namespace {

constexpr std::size_t data_bytes_max = 4 * MiB;

/// "-": standard input, "@file": that file, else the text itself.
Result<std::string> data_of(const std::string& typed) {
    if (typed.empty() || (typed != "-" && !typed.starts_with('@'))) return typed;
    const auto file = typed == "-" ? std::string{"/dev/stdin"} : typed.substr(1);
    DS_TRY(const auto bytes, sys::read_file(file, data_bytes_max).while_doing("reading --data"));
    return std::string{text_of(bytes)};
}

/// "plans", "/plans", "/api/v1/plans" all mean the same.
std::string path_of(std::string typed) {
    if (typed.starts_with('/') && !typed.starts_with("/api/")) typed.erase(0, 1);
    return typed;
}

Result<json::Value> ask(const ApiOptions& options, const Session& session) {
    DS_TRY(const auto data, data_of(options.data));
    if (!data.empty()) {
        const auto parsed = json::parse(data);
        if (!parsed)
            return fail(Code::invalid, "--data: " + parsed.error().message(),
                        "It is JSON: '{\"name\":\"shop\"}', @file or - for standard input.");
    }
    DS_TRY(const auto remote, open_remote(session));
    return remote->ask(options.method, path_of(options.path), data);
}

}  // namespace

ExitStatus api(const ApiOptions& options, const Session& session) {
    const auto& console = session.console;
    const auto answer = ask(options, session);
    if (!answer) {
        return console.error(Error{answer.error()}.hinting(
            "`dumpstation api GET /api/v1/openapi.json` describes every path."));
    }
    console.result(json::bj::object{{"answer", *answer}});
    if (!answer->is_null()) console.line(json::to_text(*answer, true));
    return ExitStatus::done;
}

}  // namespace ds::cli
