#include "engines/postgres/physical/base_proof.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/connection/connection.hpp"
#include "engines/postgres/physical/backup_manifest.hpp"
#include "engines/postgres/physical/cluster_files.hpp"
#include "engines/postgres/physical/data_directory.hpp"
#include "engines/postgres/proof/scratch_server.hpp"
#include "engines/postgres/tools/tools.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t piece_bytes = 256 * KiB;

Status each_piece(PartReader& backup, const std::string& part, const sys::Run& run,
                  const std::function<Status(View)>& take) {
    run.progress.step(part);
    DS_TRY(const auto source, backup.open(part, 0, {}));
    Bytes buffer(piece_bytes);
    for (;;) {
        DS_DO(run.check());
        DS_TRY(const auto bytes, source->read(buffer));
        if (bytes == 0) return {};
        DS_DO(take(View{buffer}.first(bytes)));
        run.progress.advance(bytes, 0);
    }
}

Status read_tars(PartReader& backup, const BaseFacts& facts, ClusterFiles& files,
                 const sys::Run& run) {
    for (const auto& tar : facts.tablespaces) {
        files.begin_tar(tar.oid.empty() ? "" : "pg_tblspc/" + tar.oid);
        TarReader reader{files};
        DS_DO(each_piece(backup, tar.part, run, [&](View piece) { return reader.add(piece); }));
        DS_DO(reader.finish());
    }
    return files.check_whole();
}

Status hold_against_manifest(PartReader& backup, ClusterFiles& files, const BaseFacts& facts,
                             const sys::Run& run) {
    ManifestCheck check{files.files()};
    ManifestReader manifest{[&](const ManifestFile& file) { return check.take(file); }};
    DS_DO(each_piece(backup, manifest_part, run, [&](View piece) { return manifest.add(piece); }));
    DS_DO(manifest.finish());
    if (!manifest.system().empty() && manifest.system() != facts.system)
        return fail(Code::corrupt, "the backup manifest is of another cluster");
    return check.finish();
}

/// What does not hold is a finding, and what could not be tried an error.
Result<Check> checked(std::string name, std::uint64_t compared, const Status& outcome) {
    if (!outcome && outcome.error().code() != Code::corrupt) return Error{outcome.error()};
    return Check{std::move(name), outcome.has_value(), compared,
                 outcome ? "" : outcome.error().message()};
}

Check pages_of(const ClusterFiles& files, const BaseFacts& facts) {
    Check check{"page checksums", files.pages_damaged() == 0, files.pages(), {}};
    for (const auto& page : files.damaged()) {
        if (check.detail.empty())
            check.detail = fmt::format("{} damaged, the first is block {} of {}",
                                       files.pages_damaged(), page.block, page.path);
    }
    if (!facts.data_checksums) check.detail = "the server has none";
    return check;
}

/// Tablespaces lie within the data directory: the server may not walk to any other place.
Status fill(PartReader& backup, const BaseFacts& facts, const fs::path& data,
            const std::string& seen_as, const sys::Run& run) {
    DirectoryRequest into{data, {}};
    std::string map;
    for (const auto& one : facts.tablespaces) {
        if (one.oid.empty()) continue;
        into.tablespaces[one.location] = (data.parent_path() / one.oid).string();
        map += fmt::format("{} {}/tablespace-{}\n", one.oid, seen_as, one.oid);
    }
    DS_TRY([[maybe_unused]] const auto done, restore_directory(backup, into, run));
    for (const auto& [from, to] : into.tablespaces) {
        std::error_code problem;
        fs::rename(to, data / ("tablespace-" + fs::path{to}.filename().string()), problem);
        if (problem) return sys::errno_error(problem.value(), "cannot move " + to);
    }
    return map.empty() ? Status{} : sys::write_file(data / "tablespace_map", view_of(map), 0600);
}

/// Tables of the database that the user may read, each read to its end.
Result<std::uint64_t> read_tables(Connection& server) {
    DS_TRY(
        const auto tables,
        server.rows("SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM "
                    "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN "
                    "('r', 'm') AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1"));
    for (const auto& row : tables) {
        const auto name = row.at(0).value_or("");
        DS_DO(server.exec("SELECT count(*) FROM ONLY " + name).while_doing("reading " + name));
    }
    return tables.size();
}

}  // namespace

Result<std::vector<Check>> inspect_base(PartReader& backup, const sys::Run& run) {
    DS_TRY(const auto facts, base_facts(backup));
    const auto began = parse_lsn(facts.began);
    if (!began) return fail(Code::corrupt, "the backup does not say where it begins");
    ClusterFiles files{*began, facts.data_checksums};
    std::vector<Check> checks;
    const auto read = read_tars(backup, facts, files, run);
    DS_TRY(auto tars, checked("files of the cluster", files.files().size(), read));
    const bool whole = tars.ok;
    checks.push_back(std::move(tars));
    if (!whole) return checks;
    DS_TRY(auto manifest, checked("backup manifest", files.files().size(),
                                  hold_against_manifest(backup, files, facts, run)));
    checks.push_back(std::move(manifest));
    checks.push_back(pages_of(files, facts));
    return checks;
}

Result<std::vector<Check>> rehearse_base(PartReader& backup, const ProofRequest& request,
                                         const sys::Run& run) {
    DS_TRY(const auto facts, base_facts(backup));
    const auto major = static_cast<int>(facts.server_version / 10000);
    DS_TRY(const auto postgres,
           find_tool("postgres", major, Fit::exact, request.tool_dirs, run.stop));
    ScratchRequest scratch;
    scratch.bin_directory = postgres.path.parent_path();
    scratch.state_directory = request.state_directory;
    scratch.user = facts.user;
    scratch.fill = [&](const fs::path& data, const std::string& seen_as) {
        return fill(backup, facts, data, seen_as, run);
    };
    run.progress.step("scratch server");
    auto server = ScratchServer::start(scratch, run);
    std::vector<Check> checks;
    if (!server) {
        if (server.error().code() != Code::corrupt) return std::move(server.error());
        checks.push_back({"starts", false, 0, server.error().message()});
        return checks;
    }
    checks.push_back({"starts and replays its log", true, 1, {}});
    DS_TRY(const auto info, ConnectionInfo::parse((*server)->url("template1")));
    DS_TRY(const auto first, Connection::open(info, run.stop));
    DS_TRY(const auto databases,
           first->rows("SELECT datname FROM pg_database WHERE datallowconn ORDER BY 1"));
    Check entered{"databases", true, databases.size(), {}}, tables{"tables are read", true, 0, {}};
    for (const auto& row : databases) {
        DS_DO(run.check());
        const auto one = Connection::open(info.with_database(row.at(0).value_or("")), run.stop);
        if (!one) {
            entered.ok = false;
            entered.detail = one.error().message();
            continue;
        }
        if (!request.compare) continue;
        const auto count = read_tables(**one);
        if (count) tables.compared += *count;
        if (!count && tables.ok) {
            tables.ok = false;
            tables.detail = count.error().message();
        }
    }
    checks.push_back(std::move(entered));
    if (request.compare) checks.push_back(std::move(tables));
    return checks;
}

}  // namespace ds::engines::postgres
