#include "engines/postgres/postgres_engine.hpp"

#include "engines/postgres/dump/dump.hpp"
#include "engines/postgres/physical/base_backup.hpp"
#include "engines/postgres/physical/base_proof.hpp"
#include "engines/postgres/physical/data_directory.hpp"
#include "engines/postgres/probe/probe.hpp"
#include "engines/postgres/proof/inspect.hpp"
#include "engines/postgres/proof/proof.hpp"
#include "engines/postgres/restore/kept_database.hpp"
#include "engines/postgres/restore/preflight.hpp"
#include "engines/postgres/restore/restore.hpp"

namespace ds::engines::postgres {
namespace {

Status check_logical(const PartReader& backup) {
    if (!is_physical(backup)) return {};
    return fail(Code::invalid, "it is a physical backup: a whole cluster, not one database",
                "Restore it with --into-dir DIR, and start PostgreSQL on that directory.");
}

class PostgresEngine final : public Engine {
public:
    std::string_view name() const override { return "postgres"; }
    Result<Probe> probe(const DumpRequest& request, const sys::Run& run) override {
        return postgres::probe(request, run);
    }
    Result<std::unique_ptr<Dump>> begin_dump(const DumpRequest& request,
                                             const sys::Run& run) override {
        return request.method == Method::physical ? begin_base_backup(request, run)
                                                  : postgres::begin_dump(request, run);
    }
    Result<std::vector<Check>> inspect(PartReader& backup, const sys::Run& run) override {
        return is_physical(backup) ? inspect_base(backup, run) : postgres::inspect(backup, run);
    }
    Result<RestoreReport> restore(PartReader& backup, const RestoreRequest& request,
                                  const sys::Run& run) override {
        DS_DO(check_logical(backup));
        return postgres::restore(backup, request, run);
    }
    Result<DirectoryReport> restore_directory(PartReader& backup, const DirectoryRequest& request,
                                              const sys::Run& run) override {
        return postgres::restore_directory(backup, request, run);
    }
    Result<Preflight> preflight(PartReader& backup, const RestoreRequest& request,
                                const sys::Run& run) override {
        DS_DO(check_logical(backup));
        return postgres::preflight(backup, request, run);
    }
    Result<std::string> swap_back(const SwapBackRequest& request, const sys::Run& run) override {
        return postgres::swap_back(request, run);
    }
    Status drop_kept(const Secret& into, const std::string& mark, const sys::Run& run) override {
        return postgres::drop_kept(into, mark, run);
    }
    Result<std::vector<Check>> rehearse(PartReader& backup, const ProofRequest& request,
                                        const sys::Run& run) override {
        return is_physical(backup) ? rehearse_base(backup, request, run)
                                   : postgres::rehearse(backup, request, run);
    }
};

}  // namespace

Engine& postgres_engine() {
    static PostgresEngine engine;
    return engine;
}

}  // namespace ds::engines::postgres
