#pragma once

#include <optional>
#include <string>
#include <vector>

#include "stream/stream.hpp"

namespace ds::stream {

/// One read, many destinations at once. Each has its own thread and bounded queue of shared blocks
/// and its own failure: a slow one slows the whole, a dead one is dropped and its error kept. Only
/// when all are dead does write() fail.
class Fan final : public Sink {
public:
    /// `blocks_max` blocks of up to `block_bytes` wait per destination.
    explicit Fan(std::vector<SinkPtr> destinations, std::size_t blocks_max = 4,
                 std::size_t block_bytes = MiB);
    ~Fan() override;
    Status write(View bytes) override;
    /// Finishes every living destination. Fails only when none succeeded.
    Status finish() override;
    /// After finish() or a failed write(): what became of each, in the order given; nothing =
    /// success.
    std::vector<std::optional<Error>> errors() const;

private:
    struct Lane;
    std::vector<std::unique_ptr<Lane>> lanes_;
    const std::size_t block_bytes_;
    Bytes pending_;

    Status ship(Bytes block);
    Error all_dead() const;
};

}  // namespace ds::stream
