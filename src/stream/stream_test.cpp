#include "stream/stream.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "stream/fan.hpp"
#include "stream/handoff.hpp"
#include "stream/lines.hpp"
#include "stream/ordered.hpp"

namespace ds::stream {
namespace {

using std::chrono::milliseconds;

TEST(Lines, are_the_same_however_the_bytes_arrive) {
    /// A byte at a time, as a slow pipe gives them.
    class Drip final : public Source {
    public:
        explicit Drip(std::string text) : text_{std::move(text)} {}
        Result<std::size_t> read(Room room) override {
            if (at_ == text_.size()) return std::size_t{0};
            room[0] = std::byte(text_[at_++]);
            return std::size_t{1};
        }

    private:
        std::string text_;
        std::size_t at_ = 0;
    };
    const auto read = [](Source& source) {
        Lines lines{source, 10};
        std::vector<std::string> all;
        for (;;) {
            const auto line = lines.next();
            if (!line) return std::vector<std::string>{line.error().message()};
            if (!*line) return all;
            all.push_back(**line);
        }
    };
    const std::string text = "one\n\n1234567890\nlast";
    const std::vector<std::string> wanted{"one", "", "1234567890", "last"};
    Drip drip{text};
    MemorySource whole{Bytes{view_of(text).begin(), view_of(text).end()}};
    EXPECT_EQ(read(drip), wanted);
    EXPECT_EQ(read(whole), wanted);
    Drip empty{""};
    EXPECT_TRUE(read(empty).empty());
    Drip feed{"\n"};
    EXPECT_EQ(read(feed), std::vector<std::string>{""});
    Drip longer{"12345678901\n"};
    EXPECT_EQ(read(longer), std::vector<std::string>{"a line is longer than 10 B"});
}

Bytes block_of(int number) { return Bytes(100, std::byte(number)); }

/// Later blocks are done sooner, so that order is the machinery's merit and not luck.
Work slow_for_even() {
    return [](Bytes& in, Bytes& out) -> Status {
        if (int(in[0]) % 2 == 0) std::this_thread::sleep_for(milliseconds{2});
        out = in;
        return {};
    };
}

TEST(OrderedSink, keeps_the_order_whatever_finishes_first) {
    Bytes seen;
    OrderedSink sink{{4, 8}, slow_for_even, [&](View bytes) -> Status {
                         append(seen, bytes.first(1));
                         return {};
                     }};
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(sink.push(block_of(i)));
    ASSERT_TRUE(sink.finish());
    ASSERT_EQ(seen.size(), 100U);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(int(seen[static_cast<std::size_t>(i)]), i);
}

TEST(OrderedSink, full_means_wait) {
    std::atomic<bool> open = false;
    std::atomic<int> pushed = 0;
    OrderedSink sink{{2, 4}, slow_for_even, [&](View) -> Status {
                         while (!open) std::this_thread::sleep_for(milliseconds{1});
                         return {};
                     }};
    std::thread producer{[&] {
        for (int i = 0; i < 20; ++i, ++pushed) EXPECT_TRUE(sink.push(block_of(i)));
    }};
    std::this_thread::sleep_for(milliseconds{50});
    EXPECT_LE(pushed, 5);
    open = true;
    producer.join();
    EXPECT_TRUE(sink.finish());
}

TEST(OrderedSink, an_error_of_work_or_next_comes_back) {
    const auto failing = [] {
        return [](Bytes& in, Bytes&) -> Status {
            if (int(in[0]) == 5) return fail(Code::corrupt, "five");
            return {};
        };
    };
    OrderedSink sink{{2, 4}, failing, [](View) -> Status { return {}; }};
    Status status;
    for (int i = 0; i < 50 && status; ++i) status = sink.push(block_of(i));
    EXPECT_FALSE(status && sink.finish());

    OrderedSink full{
        {2, 4}, slow_for_even, [](View) -> Status { return fail(Code::exhausted, "disk full"); }};
    ASSERT_TRUE(full.push(block_of(1)));
    EXPECT_EQ(full.finish().error().message(), "disk full");
}

TEST(OrderedSink, may_be_abandoned_in_the_middle) {
    OrderedSink sink{{2, 8}, slow_for_even, [](View) -> Status { return {}; }};
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(sink.push(block_of(i)));
}

TEST(OrderedSource, keeps_the_order_and_ends) {
    int next = 0;
    OrderedSource source{{4, 6},
                         [&](Bytes& block) -> Result<bool> {
                             if (next == 100) return false;
                             block = block_of(next++);
                             return true;
                         },
                         slow_for_even};
    const auto all = read_all(source, 1 * MiB).value();
    ASSERT_EQ(all.size(), 10'000U);
    for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(std::size_t(all[i]), i / 100);
}

TEST(OrderedSource, what_lies_before_an_error_comes_out_and_nothing_behind_it) {
    int next = 0;
    OrderedSource source{{3, 6},
                         [&](Bytes& block) -> Result<bool> {
                             block = block_of(next++);
                             return true;
                         },
                         [] {
                             return [](Bytes& in, Bytes& out) -> Status {
                                 if (int(in[0]) == 7) return fail(Code::corrupt, "seven");
                                 out = in;
                                 return {};
                             };
                         }};
    std::byte room[100];
    for (int i = 0; i < 7; ++i) ASSERT_EQ(read_full(source, room).value(), 100U);
    EXPECT_EQ(source.read(room).error().message(), "seven");
    EXPECT_EQ(source.read(room).error().message(), "seven");
}

TEST(OrderedSource, a_block_fetched_while_an_earlier_one_breaks_does_not_come_out) {
    int next = 0;
    OrderedSource source{{2, 6},
                         [&](Bytes& block) -> Result<bool> {
                             if (next == 1) std::this_thread::sleep_for(milliseconds{30});
                             if (next == 2) return false;
                             block = block_of(next++);
                             return true;
                         },
                         [] {
                             return [](Bytes& in, Bytes& out) -> Status {
                                 if (int(in[0]) == 0) return fail(Code::corrupt, "zero");
                                 out = in;
                                 return {};
                             };
                         }};
    std::this_thread::sleep_for(milliseconds{60});
    std::byte room[100];
    const auto got = source.read(room);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().message(), "zero");
}

TEST(OrderedSource, an_error_of_fetch_comes_after_the_good_blocks) {
    int next = 0;
    OrderedSource source{{2, 4},
                         [&](Bytes& block) -> Result<bool> {
                             if (next == 3) return fail(Code::unavailable, "cut");
                             block = block_of(next++);
                             return true;
                         },
                         slow_for_even};
    std::byte room[300];
    EXPECT_EQ(read_full(source, room).value(), 300U);
    EXPECT_EQ(source.read(room).error().message(), "cut");
}

/// A destination that fails at byte `fails_at`, or is slow.
class Box final : public Sink {
public:
    Box(Bytes& bytes, std::atomic<int>& state, std::size_t fails_at = SIZE_MAX,
        milliseconds delay = {})
        : bytes_{bytes}, state_{state}, fails_at_{fails_at}, delay_{delay} {}
    ~Box() override {
        if (state_ == 0) state_ = -1;
    }
    Status write(View bytes) override {
        std::this_thread::sleep_for(delay_);
        append(bytes_, bytes);
        if (bytes_.size() > fails_at_) return fail(Code::exhausted, "box is full");
        return {};
    }
    Status finish() override {
        state_ = 1;
        return {};
    }

private:
    Bytes& bytes_;
    std::atomic<int>& state_;
    std::size_t fails_at_;
    milliseconds delay_;
};

TEST(Fan, a_dead_destination_does_not_harm_the_others) {
    Bytes good, slow, bad;
    std::atomic<int> good_state = 0, slow_state = 0, bad_state = 0;
    std::vector<SinkPtr> boxes;
    boxes.push_back(std::make_unique<Box>(good, good_state));
    boxes.push_back(std::make_unique<Box>(bad, bad_state, 1000));
    boxes.push_back(std::make_unique<Box>(slow, slow_state, SIZE_MAX, milliseconds{1}));
    Fan fan{std::move(boxes), 2, 256};
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(fan.write(block_of(i)));
    ASSERT_TRUE(fan.finish());
    EXPECT_EQ(good.size(), 10'000U);
    EXPECT_EQ(good, slow);
    EXPECT_EQ(good_state, 1);
    EXPECT_EQ(bad_state, -1);
    const auto errors = fan.errors();
    EXPECT_FALSE(errors[0]);
    EXPECT_EQ(errors[1]->message(), "box is full");
    EXPECT_FALSE(errors[2]);
}

TEST(Fan, fails_when_every_destination_failed) {
    Bytes bad;
    std::atomic<int> state = 0;
    std::vector<SinkPtr> boxes;
    boxes.push_back(std::make_unique<Box>(bad, state, 10));
    Fan fan{std::move(boxes), 2, 64};
    Status status;
    for (int i = 0; i < 1000 && status; ++i) status = fan.write(block_of(1));
    EXPECT_EQ(status.error().message(), "box is full");
}

TEST(Fan, an_abandoned_fan_finishes_nothing) {
    Bytes box;
    std::atomic<int> state = 0;
    {
        std::vector<SinkPtr> boxes;
        boxes.push_back(std::make_unique<Box>(box, state));
        Fan fan{std::move(boxes), 2, 64};
        ASSERT_TRUE(fan.write(block_of(1)));
    }
    EXPECT_EQ(state, -1);
}

TEST(Handoff, closing_lets_the_rest_out_and_abandoning_does_not) {
    Handoff<int> queue{4};
    queue.push(1);
    queue.close();
    EXPECT_FALSE(queue.push(2));
    EXPECT_EQ(queue.pop(), 1);
    EXPECT_FALSE(queue.pop());
}

TEST(Handoff, a_stop_wakes_a_waiting_producer) {
    Handoff<int> queue{1};
    queue.push(1);
    std::stop_source stop;
    std::jthread later{[&] { stop.request_stop(); }};
    EXPECT_FALSE(queue.push(2, stop.get_token()));
}

TEST(Stream, reading_everything_has_a_limit) {
    MemorySource source{Bytes(100)};
    EXPECT_EQ(read_all(source, 99).error().code(), Code::exhausted);
    Bytes to;
    MemorySink sink{to, 10};
    EXPECT_FALSE(sink.write(Bytes(11)));
}

}  // namespace
}  // namespace ds::stream
