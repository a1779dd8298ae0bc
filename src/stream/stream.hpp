#pragma once

#include <memory>

#include "base/bytes.hpp"
#include "base/result.hpp"

/// The plumbing: bytes are pulled from a Source or pushed into a Sink, in bounded pieces.
namespace ds::stream {

/// Where bytes come from. One thread at a time.
class Source {
public:
    virtual ~Source() = default;
    /// Fills up to `room`, waiting for at least one byte; 0 means the end was reached. After an
    /// error every further call fails too.
    virtual Result<std::size_t> read(Room room) = 0;
};

/// Where bytes go. One thread at a time. Nothing becomes visible before finish() succeeds: a Sink
/// that is destroyed earlier takes back whatever it has already sent.
class Sink {
public:
    virtual ~Sink() = default;
    /// Takes all of `bytes` or fails; waits while it is full. After an error only destruction is
    /// allowed.
    virtual Status write(View bytes) = 0;
    /// The end: everything is durable and visible when it returns success. Called once.
    virtual Status finish() = 0;
};

using SourcePtr = std::unique_ptr<Source>;
using SinkPtr = std::unique_ptr<Sink>;

/// Reads until `room` is full or the source ends; returns how much there was.
Result<std::size_t> read_full(Source& source, Room room);
/// The whole rest; more than `bytes_max` is Code::exhausted.
Result<Bytes> read_all(Source& source, std::size_t bytes_max);
/// Pumps all of `source` into `sink` through one buffer; does not finish() the sink. Returns the
/// byte count.
Result<std::uint64_t> copy(Source& source, Sink& sink, std::size_t buffer_bytes = 256 * KiB);

/// Bytes held in memory.
class MemorySource final : public Source {
public:
    explicit MemorySource(Bytes bytes) : bytes_{std::move(bytes)} {}
    Result<std::size_t> read(Room room) override;

private:
    Bytes bytes_;
    std::size_t at_ = 0;
};

/// Collects into `bytes`, which the caller owns and which must outlive it; bounded by `bytes_max`.
class MemorySink final : public Sink {
public:
    explicit MemorySink(Bytes& bytes, std::size_t bytes_max = SIZE_MAX)
        : bytes_{bytes}, bytes_max_{bytes_max} {}
    Status write(View bytes) override;
    Status finish() override { return {}; }

private:
    Bytes& bytes_;
    std::size_t bytes_max_;
};

}  // namespace ds::stream
