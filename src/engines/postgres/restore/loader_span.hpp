#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engines/postgres/restore/loader.hpp"
#include "stream/stream.hpp"

namespace ds::engines::postgres {

/// Loads spans one after another over one connection. One thread at a time (it reads ahead with a
/// thread of its own).
class SpanLoader {
public:
    enum class Transaction { one_per_table, of_the_caller };

    /// All must outlive it.
    SpanLoader(Connection& connection, PartReader& backup, const Toc& toc, Transaction transaction);

    /// Spans that follow each other, read in one go.
    Status load(const std::vector<Span>& batch, const sys::Run& run);
    const Loaded& loaded() const { return loaded_; }

private:
    Connection& connection_;
    PartReader& backup_;
    const Toc& toc_;
    const Transaction transaction_;
    Loaded loaded_;
    std::optional<std::map<std::pair<std::string, std::string>, bool>> plain_tables_;

    Status load_rows(const Span& span, stream::Source& source, const sys::Run& run);
    Status load_blobs(const Span& span, stream::Source& source, const sys::Run& run);
    Result<std::uint64_t> copy(const std::string& statement, const Span& span,
                               stream::Source& source, const sys::Run& run);
    Result<bool> is_new_plain_table(const TocEntry& data);
};

}  // namespace ds::engines::postgres
