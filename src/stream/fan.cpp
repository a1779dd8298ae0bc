#include "stream/fan.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>

#include "stream/handoff.hpp"

namespace ds::stream {

struct Fan::Lane {
    using Block = std::shared_ptr<const Bytes>;

    Lane(SinkPtr destination, std::size_t blocks_max)
        : sink{std::move(destination)}, queue{blocks_max} {
        thread = std::thread{[this] { run(); }};
    }
    ~Lane() {
        queue.abandon();
        if (thread.joinable()) thread.join();
    }

    void run() {
        Status status;
        while (status) {
            const auto block = queue.pop();
            if (!block) break;
            // An empty block is the mark of a good end: closing alone could also mean that the
            // writer gave up.
            status = (*block)->empty() ? sink->finish() : sink->write(**block);
            if (status && (*block)->empty()) return;
        }
        if (!status) {
            const std::lock_guard lock{mutex};
            error = std::move(status.error());
        }
        queue.abandon();
        // Taken down by its own thread, so that an upload is aborted as soon as it failed.
        sink.reset();
    }

    std::optional<Error> failure() {
        const std::lock_guard lock{mutex};
        return error;
    }

    SinkPtr sink;
    Handoff<Block> queue;
    std::mutex mutex;
    std::optional<Error> error;
    std::thread thread;
};

Fan::Fan(std::vector<SinkPtr> destinations, std::size_t blocks_max, std::size_t block_bytes)
    : block_bytes_{block_bytes} {
    DS_CHECK(!destinations.empty(), "a fan needs a destination");
    for (auto& destination : destinations)
        lanes_.push_back(std::make_unique<Lane>(std::move(destination), blocks_max));
}

Fan::~Fan() = default;

Status Fan::write(View bytes) {
    while (!bytes.empty()) {
        const auto count = std::min(bytes.size(), block_bytes_ - pending_.size());
        if (pending_.capacity() < block_bytes_) pending_.reserve(block_bytes_);
        append(pending_, bytes.first(count));
        bytes = bytes.subspan(count);
        if (pending_.size() == block_bytes_) DS_DO(ship(std::exchange(pending_, {})));
    }
    return {};
}

Status Fan::ship(Bytes block) {
    const auto shared = std::make_shared<const Bytes>(std::move(block));
    bool taken = false;
    for (const auto& lane : lanes_) taken = lane->queue.push(shared) || taken;
    if (!taken) return all_dead();
    return {};
}

Status Fan::finish() {
    if (!pending_.empty()) DS_DO(ship(std::exchange(pending_, {})));
    DS_DO(ship({}));
    for (const auto& lane : lanes_) lane->thread.join();
    for (const auto& lane : lanes_) {
        if (!lane->failure()) return {};
    }
    return all_dead();
}

std::vector<std::optional<Error>> Fan::errors() const {
    std::vector<std::optional<Error>> errors;
    for (const auto& lane : lanes_) errors.push_back(lane->failure());
    return errors;
}

Error Fan::all_dead() const {
    // A lane closes its queue just before it is seen as failed elsewhere: wait for its last word.
    for (const auto& lane : lanes_) {
        if (auto error = lane->failure()) return *error;
    }
    return fail(Code::internal, "every destination stopped without saying why");
}

}  // namespace ds::stream
