#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "engines/postgres/dump_format/dump_format.hpp"
#include "stream/stream.hpp"
#include "sys/process.hpp"

namespace ds::engines::postgres {

/// pg_dump's output as a Source that believes nothing: every byte goes through a DumpParser, and
/// the end is only told when pg_dump's exit status is 0 and the archive is complete to its last
/// block. Anything else is an error, so a short stream can never be taken for a dump. Stopping, or
/// destroying it, kills pg_dump.
class DumpStream final : public stream::Source {
public:
    struct Watch {
        std::stop_token stop;
        /// Asked while waiting: an error ends the dump.
        std::function<Status()> check;
        /// Called once, when pg_dump begins to write: it holds its locks by then.
        std::function<void()> on_first_bytes;
    };
    DumpStream(std::unique_ptr<sys::Child> pg_dump, Watch watch)
        : child_{std::move(pg_dump)}, watch_{std::move(watch)} {}

    Result<std::size_t> read(Room room) override;

    /// After read() told the end; nothing before.
    const std::optional<DumpIndex>& index() const { return index_; }
    const Toc* toc() const { return parser_.toc(); }

private:
    std::unique_ptr<sys::Child> child_;
    Watch watch_;
    DumpParser parser_;
    std::optional<DumpIndex> index_;
    std::optional<Error> error_;
    bool flowing_ = false;

    Result<std::size_t> read_checked(Room room);
    Result<std::size_t> wait_for_bytes(std::size_t wanted);
    Status end_of_stream();
};

}  // namespace ds::engines::postgres
