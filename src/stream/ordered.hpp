#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "stream/stream.hpp"

/// Blocks worked on by several threads at once, coming out in the order they went in. This is how
/// frames are compressed and chunks sealed in parallel; the window bounds the memory.
namespace ds::stream {

/// Turns one block into another: `in` may be changed, `out` comes empty (with spare capacity). Each
/// thread gets a Work of its own from WorkMaker, so that it may keep a context without locks.
using Work = std::function<Status(Bytes& in, Bytes& out)>;
using WorkMaker = std::function<Work()>;

struct Lanes {
    unsigned threads = 2;
    std::size_t blocks_max = 4;  // blocks in flight, being worked on or waiting for their turn
};

/// Push side. push() and finish() belong to one thread; `next` is called in order, never twice at
/// once, from the worker threads.
class OrderedSink {
public:
    using Next = std::function<Status(View)>;
    OrderedSink(Lanes lanes, const WorkMaker& make_work, Next next);
    /// Abandons blocks that are still waiting and joins the threads.
    ~OrderedSink();

    /// An empty buffer, recycled where possible.
    Bytes buffer();
    /// Waits for room in the window. Returns the first error of any Work or of `next`.
    Status push(Bytes block);
    /// Waits until every block came out.
    Status finish();

private:
    struct Shared;
    std::unique_ptr<Shared> shared_;
};

/// Pull side: `fetch` gives the next raw block (called in order, never twice at once, from the
/// worker threads) or nothing at the end; read() gives the worked blocks' bytes in order.
class OrderedSource final : public Source {
public:
    using Fetch = std::function<Result<bool>(Bytes& block)>;  // false: the end, `block` is ignored
    OrderedSource(Lanes lanes, Fetch fetch, const WorkMaker& make_work);
    ~OrderedSource() override;
    Result<std::size_t> read(Room room) override;

private:
    struct Shared;
    std::unique_ptr<Shared> shared_;
};

}  // namespace ds::stream
