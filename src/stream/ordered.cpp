#include "stream/ordered.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "sys/thread.hpp"

namespace ds::stream {
namespace {

constexpr std::size_t spare_buffers_max = 16;

/// Emptied buffers that keep their capacity, so that the steady state allocates nothing. The
/// owner's mutex guards it.
class Spares {
public:
    Bytes take() {
        if (buffers_.empty()) return {};
        Bytes buffer = std::move(buffers_.back());
        buffers_.pop_back();
        return buffer;
    }
    void give(Bytes buffer) {
        if (buffers_.size() >= spare_buffers_max || buffer.capacity() == 0) return;
        buffer.clear();
        buffers_.push_back(std::move(buffer));
    }

private:
    std::vector<Bytes> buffers_;
};

/// A block on its way: raw until a worker took it, done when it may come out.
struct Slot {
    Bytes raw;
    Bytes worked;
    bool taken = false;
    bool done = false;
};

}  // namespace

struct OrderedSink::Shared {
    Lanes lanes;
    Next next;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<Slot>> window;  // oldest first
    Spares spare_raw, spare_worked;
    std::optional<Error> error;
    bool emitting = false;
    bool closing = false;

    std::vector<std::thread> threads;

    std::shared_ptr<Slot> claim(std::unique_lock<std::mutex>& lock) {
        for (;;) {
            for (const auto& slot : window) {
                if (!slot->taken) {
                    slot->taken = true;
                    return slot;
                }
            }
            if (closing) return nullptr;
            changed.wait(lock);
        }
    }

    void fail_with(Error first) {
        if (!error) error = std::move(first);
        window.clear();
        changed.notify_all();
    }

    /// Whoever finds the oldest block done brings it out, and those behind it.
    void emit(std::unique_lock<std::mutex>& lock) {
        if (emitting) return;
        emitting = true;
        while (!error && !window.empty() && window.front()->done) {
            const auto slot = window.front();
            lock.unlock();
            auto status = next(slot->worked);
            lock.lock();
            if (!status) {
                fail_with(std::move(status.error()));
            } else if (!window.empty() && window.front() == slot) {
                window.pop_front();
            }
            spare_worked.give(std::move(slot->worked));
            changed.notify_all();
        }
        emitting = false;
    }

    void run(const Work& work) {
        std::unique_lock lock{mutex};
        while (const auto slot = claim(lock)) {
            slot->worked = spare_worked.take();
            lock.unlock();
            auto status = work(slot->raw, slot->worked);
            lock.lock();
            spare_raw.give(std::move(slot->raw));
            slot->done = true;
            if (!status) fail_with(std::move(status.error()));
            emit(lock);
        }
    }
};

OrderedSink::OrderedSink(Lanes lanes, const WorkMaker& make_work, Next next)
    : shared_{std::make_unique<Shared>()} {
    shared_->lanes = lanes;
    shared_->next = std::move(next);
    for (unsigned i = 0; i < std::max(1U, lanes.threads); ++i) {
        shared_->threads.emplace_back([shared = shared_.get(), work = make_work()] {
            // Whoever fills us sets the pace, often a database server on this machine: compressing
            // may use what it leaves, and the window evens it out.
            sys::lower_thread_priority();
            shared->run(work);
        });
    }
}

OrderedSink::~OrderedSink() {
    {
        const std::lock_guard lock{shared_->mutex};
        shared_->closing = true;
        shared_->window.clear();
        shared_->changed.notify_all();
    }
    for (auto& thread : shared_->threads) thread.join();
}

Bytes OrderedSink::buffer() {
    const std::lock_guard lock{shared_->mutex};
    return shared_->spare_raw.take();
}

Status OrderedSink::push(Bytes block) {
    std::unique_lock lock{shared_->mutex};
    shared_->changed.wait(
        lock, [&] { return shared_->error || shared_->window.size() < shared_->lanes.blocks_max; });
    if (shared_->error) return Error{*shared_->error};
    auto slot = std::make_shared<Slot>();
    slot->raw = std::move(block);
    shared_->window.push_back(std::move(slot));
    shared_->changed.notify_all();
    return {};
}

Status OrderedSink::finish() {
    std::unique_lock lock{shared_->mutex};
    shared_->changed.wait(lock, [&] { return shared_->error || shared_->window.empty(); });
    if (shared_->error) return Error{*shared_->error};
    return {};
}

struct OrderedSource::Shared {
    Lanes lanes;
    Fetch fetch;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<Slot>> window;  // oldest first
    Spares spare_raw, spare_worked;
    std::optional<Error> error;  // comes out after the blocks before it
    bool fetching = false;
    bool ended = false;    // no more blocks are coming
    bool closing = false;  // the reader is gone

    std::size_t at = 0;  // how much of the oldest block was read

    std::vector<std::thread> threads;

    void stop_with(Error first) {
        if (!error) error = std::move(first);
        ended = true;
        changed.notify_all();
    }

    /// Fetches in turn; the slot is placed in the window at once, which fixes its order.
    std::shared_ptr<Slot> fetch_next(std::unique_lock<std::mutex>& lock) {
        changed.wait(lock, [&] {
            return closing || ended || (!fetching && window.size() < lanes.blocks_max);
        });
        if (closing || ended) return nullptr;
        fetching = true;
        auto slot = std::make_shared<Slot>();
        slot->raw = spare_raw.take();
        slot->worked = spare_worked.take();
        lock.unlock();
        auto more = fetch(slot->raw);
        lock.lock();
        fetching = false;
        changed.notify_all();
        // A block broke meanwhile: this one is behind it and must not come out.
        if (ended) return nullptr;
        if (!more) {
            stop_with(std::move(more.error()));
            return nullptr;
        }
        if (!*more) {
            ended = true;
            return nullptr;
        }
        window.push_back(slot);
        return slot;
    }

    void run(const Work& work) {
        std::unique_lock lock{mutex};
        while (const auto slot = fetch_next(lock)) {
            lock.unlock();
            auto status = work(slot->raw, slot->worked);
            lock.lock();
            spare_raw.give(std::move(slot->raw));
            if (!status) {
                // Blocks behind the broken one must not come out.
                // One that is no longer there was behind an earlier broken one, whose error stays.
                const auto broken = std::find(window.begin(), window.end(), slot);
                if (broken == window.end()) return;
                window.erase(broken, window.end());
                error.reset();
                stop_with(std::move(status.error()));
                return;
            }
            slot->done = true;
            changed.notify_all();
        }
    }
};

OrderedSource::OrderedSource(Lanes lanes, Fetch fetch, const WorkMaker& make_work)
    : shared_{std::make_unique<Shared>()} {
    shared_->lanes = lanes;
    shared_->fetch = std::move(fetch);
    for (unsigned i = 0; i < std::max(1U, lanes.threads); ++i) {
        shared_->threads.emplace_back(
            [shared = shared_.get(), work = make_work()] { shared->run(work); });
    }
}

OrderedSource::~OrderedSource() {
    {
        const std::lock_guard lock{shared_->mutex};
        shared_->closing = true;
        shared_->changed.notify_all();
    }
    for (auto& thread : shared_->threads) thread.join();
}

Result<std::size_t> OrderedSource::read(Room room) {
    auto& s = *shared_;
    std::unique_lock lock{s.mutex};
    for (;;) {
        s.changed.wait(lock, [&] {
            return (!s.window.empty() && s.window.front()->done) ||
                   (s.window.empty() && s.ended && !s.fetching);
        });
        if (s.window.empty()) {
            if (s.error) return Error{*s.error};
            return 0;
        }
        auto& worked = s.window.front()->worked;
        const auto count = std::min(room.size(), worked.size() - s.at);
        std::copy_n(worked.begin() + static_cast<std::ptrdiff_t>(s.at), count, room.begin());
        s.at += count;
        if (s.at == worked.size()) {
            s.spare_worked.give(std::move(worked));
            s.window.pop_front();
            s.at = 0;
            s.changed.notify_all();
        }
        if (count > 0 || room.empty()) return count;
    }
}

}  // namespace ds::stream
