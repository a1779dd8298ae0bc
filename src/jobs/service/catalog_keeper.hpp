#pragma once

#include "jobs/service/catalog_backup.hpp"
#include "jobs/service/duty.hpp"
#include "jobs/service/events.hpp"

namespace ds::jobs {

/// How the backups of an organization's catalog go.
struct CatalogKeeping {
    std::string saved;        // when one last reached a store; "" = never
    std::string tried;        // when one was last begun; "" = never
    std::string fingerprint;  // of what people had entered by then
    std::uint64_t bytes = 0;  // of the last one in a store
    std::string error;        // what was wrong with the last one; "" = nothing
};
BOOST_DESCRIBE_STRUCT(CatalogKeeping, (), (saved, tried, fingerprint, bytes, error))

Result<CatalogKeeping> read_catalog_keeping(catalog::Session& session,
                                            const std::string& organization);

/// A server that was rescued may have a living twin: until a plan of the organization is resumed,
/// its catalog stays out of the stores, where the twin's is the one that counts.
Status mark_rescued(catalog::Session& session, const std::string& organization);

struct CatalogRhythm {
    std::chrono::seconds every{6 * 3600};        // at the latest
    std::chrono::seconds after_change{10 * 60};  // at the earliest
};

/// One round: backs up the catalog of every organization for which it is time, and raises an event
/// for what fails. Returns how many reached a store.
Result<std::size_t> keep_catalogs(const Office& office, Events& events, const CatalogRhythm& rhythm,
                                  const sys::Run& run);

/// Goes round again and again. Every server learns the master keys that others made.
class CatalogKeeper {
public:
    CatalogKeeper(const Office& office, Events& events, CatalogRhythm rhythm);

private:
    Duty duty_;
};

}  // namespace ds::jobs
