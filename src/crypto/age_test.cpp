#include "crypto/age.hpp"

#include <gtest/gtest.h>

#include "crypto/age_header.hpp"
#include "crypto/testing/age_objects.hpp"

namespace ds::crypto {
namespace {

using testing::open_bytes;
using testing::recipient_of;
using testing::seal_bytes;

constexpr std::size_t chunk = 64 * KiB;
constexpr std::size_t sealed_chunk = chunk + 16;

class Age : public ::testing::Test {
protected:
    const Identity identity_ = Identity::generate();

    Bytes seal_it(View plain) const { return seal_bytes({recipient_of(identity_)}, plain).value(); }
    static std::size_t payload_of(const Bytes& sealed) {
        return AgeHeader::end_in(text_of(sealed)) + 16;
    }
    Code code_of(const Bytes& damaged) const {
        const auto result = open_bytes({identity_}, damaged);
        return result ? Code::internal : result.error().code();
    }
    std::string message_of(const Bytes& damaged) const {
        const auto result = open_bytes({identity_}, damaged);
        return result ? "opened" : result.error().message();
    }
};

TEST_F(Age, every_size_comes_back) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, chunk - 1, chunk, chunk + 1,
                                   16 * chunk - 1, 16 * chunk, 16 * chunk + 1, 5 * MiB + 12'345}) {
        const auto plain = sys::random_bytes(size);
        const auto sealed = seal_it(plain);
        const auto opened = Sealed::open(testing::range_of(sealed), sealed.size(), {identity_});
        EXPECT_EQ(opened.value().plain_bytes(), size);
        EXPECT_EQ(open_bytes({identity_}, sealed).value(), plain) << size;
    }
}

TEST_F(Age, pieces_of_any_size_give_the_same_plaintext) {
    const auto plain = sys::random_bytes(300'000);
    for (const std::size_t piece : {1UL, 13UL, chunk, chunk + 1, plain.size()}) {
        const auto sealed = seal_bytes({recipient_of(identity_)}, plain, piece).value();
        EXPECT_EQ(open_bytes({identity_}, sealed).value(), plain) << piece;
    }
}

TEST_F(Age, any_range_can_be_read) {
    const auto plain = sys::random_bytes(40 * chunk + 77);
    const auto sealed = seal_it(plain);
    const std::vector<std::size_t> edges{0,           1,
                                         chunk - 1,   chunk,
                                         chunk + 1,   16 * chunk - 1,
                                         16 * chunk,  17 * chunk + 5,
                                         40 * chunk,  plain.size() - 1,
                                         plain.size()};
    for (const auto begin : edges) {
        for (const auto end : edges) {
            if (end < begin) continue;
            const auto got = open_bytes({identity_}, sealed, begin, end - begin);
            const auto wanted = View{plain}.subspan(begin, end - begin);
            ASSERT_EQ(got.value(), Bytes(wanted.begin(), wanted.end())) << begin << ".." << end;
        }
        EXPECT_EQ(open_bytes({identity_}, sealed, begin).value().size(), plain.size() - begin);
    }
    EXPECT_EQ(open_bytes({identity_}, sealed, plain.size() + 1).error().code(), Code::invalid);
    EXPECT_EQ(open_bytes({identity_}, sealed, 1, plain.size()).error().code(), Code::invalid);
    EXPECT_EQ(open_bytes({identity_}, sealed, 1, UINT64_MAX).error().code(), Code::invalid);
}

TEST_F(Age, a_small_range_fetches_only_its_chunks) {
    const auto sealed = seal_it(sys::random_bytes(40 * chunk));
    std::uint64_t fetched = 0;
    const OpenRange counting = [&, inner = testing::range_of(sealed)](
                                   std::uint64_t offset, std::optional<std::uint64_t> bytes) {
        fetched += bytes.value();
        return inner(offset, bytes);
    };
    const auto opened = Sealed::open(counting, sealed.size(), {identity_}).value();
    EXPECT_LE(fetched, 4 * KiB);
    fetched = 0;
    const auto source = opened.read(20 * chunk + 10, 100).value();
    EXPECT_EQ(stream::read_all(*source, MiB).value().size(), 100U);
    EXPECT_EQ(fetched, sealed_chunk);
}

TEST_F(Age, every_flipped_bit_is_found) {
    const auto plain = sys::random_bytes(100);
    const auto sealed = seal_it(plain);
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        for (const int bit : {0, 1, 5, 7}) {
            auto damaged = sealed;
            damaged[at] ^= std::byte(1 << bit);
            const auto code = code_of(damaged);
            // A wrapped key that was changed looks like one for somebody else.
            const bool in_header = at < payload_of(sealed) - 16;
            EXPECT_TRUE(code == Code::corrupt || (in_header && code == Code::unauthenticated))
                << at << " bit " << bit;
        }
    }
}

TEST_F(Age, every_truncation_and_every_extra_byte_is_found) {
    for (const std::size_t size : {0UL, 100UL}) {
        auto sealed = seal_it(sys::random_bytes(size));
        for (std::size_t length = 0; length < sealed.size(); ++length) {
            EXPECT_EQ(code_of({sealed.begin(), sealed.begin() + std::ptrdiff_t(length)}),
                      Code::corrupt)
                << length;
        }
        for (int extra = 0; extra < 40; ++extra) {
            sealed.push_back(std::byte{0});
            EXPECT_EQ(code_of(sealed), Code::corrupt) << extra;
        }
    }
}

TEST_F(Age, damage_in_a_long_file_is_found_wherever_it_is) {
    const auto plain = sys::random_bytes(3 * chunk + 1000);
    const auto sealed = seal_it(plain);
    for (std::size_t at = payload_of(sealed) - 16; at < sealed.size(); at += 1999) {
        auto damaged = sealed;
        damaged[at] ^= std::byte{0x80};
        ASSERT_EQ(code_of(damaged), Code::corrupt) << at;
        damaged = sealed;
        damaged.resize(at);
        ASSERT_EQ(code_of(damaged), Code::corrupt) << at;
    }
}

TEST_F(Age, what_happened_to_the_chunks_is_named) {
    const auto sealed = seal_it(sys::random_bytes(40 * chunk));
    const auto at = [&](std::size_t number) {
        return std::ptrdiff_t(payload_of(sealed) + number * sealed_chunk);
    };

    auto dropped = sealed;
    dropped.resize(std::size_t(at(39)));
    EXPECT_EQ(message_of(dropped), "cut short: what followed chunk 38 is missing");

    auto longer = sealed;
    longer.insert(longer.end(), sealed.begin() + at(3), sealed.begin() + at(4));
    EXPECT_EQ(message_of(longer), "there are bytes behind the final chunk 39");

    auto swapped = sealed;
    std::swap_ranges(swapped.begin() + at(20), swapped.begin() + at(21), swapped.begin() + at(23));
    EXPECT_EQ(message_of(swapped), "chunk 23 stands in the place of chunk 20");

    auto flipped = sealed;
    flipped[std::size_t(at(7)) + 5] ^= std::byte{1};
    EXPECT_EQ(message_of(flipped), "chunk 7 is damaged");

    auto cut = sealed;
    cut.resize(sealed.size() - sealed_chunk + 5);
    EXPECT_EQ(message_of(cut), "cut short: it ends within a chunk");
}

TEST_F(Age, an_empty_final_chunk_behind_others_is_refused) {
    // Sealed as the format forbids: a full chunk that is not final, then an empty final one.
    const auto sealed = seal_it(sys::random_bytes(chunk));
    auto longer = sealed;
    longer.resize(longer.size() + 16);
    EXPECT_EQ(code_of(longer), Code::corrupt);
}

TEST_F(Age, a_read_that_reaches_the_end_proves_the_end) {
    const auto plain = sys::random_bytes(4 * chunk);
    auto cut = seal_it(plain);
    cut.resize(cut.size() - sealed_chunk);
    EXPECT_TRUE(open_bytes({identity_}, cut, 0, 2 * chunk)) << "does not touch the last chunk";
    EXPECT_EQ(open_bytes({identity_}, cut, 0, 3 * chunk).error().code(), Code::corrupt);
    EXPECT_EQ(open_bytes({identity_}, cut, 3 * chunk, 0).error().code(), Code::corrupt);
}

TEST_F(Age, what_lies_before_the_damage_comes_out_and_nothing_behind_it) {
    const auto plain = sys::random_bytes(64 * chunk);
    auto sealed = seal_it(plain);
    sealed[payload_of(sealed) + 33 * sealed_chunk] ^= std::byte{1};
    const auto opened = Sealed::open(testing::range_of(sealed), sealed.size(), {identity_}).value();
    const auto source = opened.read(0, {}).value();
    Bytes got(plain.size());
    std::size_t have = 0;
    for (;;) {
        const auto count = source->read(Room{got}.subspan(have));
        if (!count) break;
        have += *count;
    }
    EXPECT_EQ(have, 32 * chunk);
    EXPECT_TRUE(std::equal(got.begin(), got.begin() + 32 * chunk, plain.begin()));
}

TEST_F(Age, an_object_shorter_than_stated_is_corrupt) {
    const auto sealed = seal_it(sys::random_bytes(100'000));
    const auto opened =
        Sealed::open(testing::range_of(sealed), sealed.size() + 100, {identity_}).value();
    const auto source = opened.read(0, {}).value();
    EXPECT_EQ(stream::read_all(*source, MiB).error().message(),
              "object is shorter than its stated size");
    EXPECT_EQ(Sealed::open(testing::range_of({}), 1000, {identity_}).error().code(), Code::corrupt);
}

TEST_F(Age, a_header_of_many_recipients_is_read_with_a_second_request) {
    std::vector<Recipient> recipients;
    for (int i = 0; i < 99; ++i) recipients.push_back(recipient_of(Identity::generate()));
    recipients.push_back(recipient_of(identity_));
    const auto plain = sys::random_bytes(1000);
    const auto sealed = seal_bytes(recipients, plain).value();
    EXPECT_EQ(open_bytes({identity_}, sealed).value(), plain);
}

TEST_F(Age, errors_of_the_next_sink_come_back) {
    Bytes little;
    auto sink =
        seal({recipient_of(identity_)}, std::make_unique<stream::MemorySink>(little, 2 * MiB))
            .value();
    Status status;
    for (int i = 0; i < 20 && status; ++i) status = sink->write(Bytes(MiB));
    if (status) status = sink->finish();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code(), Code::exhausted);
    EXPECT_EQ(seal({}, std::make_unique<stream::MemorySink>(little)).error().code(), Code::invalid);
}

TEST_F(Age, two_files_share_no_key) {
    const Bytes plain(1000);
    const auto one = seal_it(plain), two = seal_it(plain);
    EXPECT_NE(Bytes(one.begin() + std::ptrdiff_t(payload_of(one)), one.end()),
              Bytes(two.begin() + std::ptrdiff_t(payload_of(two)), two.end()));
}

}  // namespace
}  // namespace ds::crypto
