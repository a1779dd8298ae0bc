#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include "engines/all.hpp"
#include "engines/postgres/facts/facts.hpp"
#include "engines/testing/pg_server.hpp"
#include "stream/stream.hpp"
#include "sys/run.hpp"

namespace ds::engines::testing {

/// The value, or a failed test with the error's words.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error{result.error().message() + " / " + result.error().hint()};
    return std::move(*result);
}
inline void must(Status status) {
    if (!status) throw std::runtime_error{status.error().message() + " / " + status.error().hint()};
}

/// A whole dump, held in memory.
struct Dumped {
    std::map<std::string, Bytes> parts;
    std::map<std::string, std::uint64_t> estimates;
    DumpFacts facts;
    std::string source_id;

    View part(const std::string& name) const { return parts.at(name); }
    Result<postgres::Facts> read_facts() const {
        postgres::Facts read;
        DS_DO(json::read_into(read, facts.facts, "facts"));
        return read;
    }
    /// "17", of the pg_dump that made it.
    std::string tool_major() const {
        const auto& version = facts.summary.tool_version;
        const auto at = version.find(") ") + 2;
        return version.substr(at, version.find_first_not_of("0123456789", at) - at);
    }
};

constexpr std::size_t test_dump_bytes_max = 512 * MiB;

inline Result<Dumped> dump_all(const DumpRequest& request, const sys::Run& run = sys::plain_run()) {
    DS_TRY(auto* engine, engine_for_url(request.url.reveal()));
    DS_TRY(const auto dump, engine->begin_dump(request, run));
    Dumped all;
    all.source_id = dump->source_id();
    for (;;) {
        DS_TRY(const auto part, dump->next());
        if (!part) break;
        DS_TRY(all.parts[part->name], stream::read_all(*part->source, test_dump_bytes_max));
        all.estimates[part->name] = part->bytes_estimate;
    }
    DS_TRY(all.facts, dump->finish());
    return all;
}

inline Result<Dumped> dump_all(const Secret& url) {
    return dump_all(DumpRequest{url, tool_dirs(), 60});
}

}  // namespace ds::engines::testing
