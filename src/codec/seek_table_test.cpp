#include "codec/seek_table.hpp"

#include <gtest/gtest.h>

#include "codec/testing/packed_bytes.hpp"

namespace ds::codec {
namespace {

using testing::copy_text;
using testing::pack;
using testing::Ranges;
using testing::unpack;

const Compression zstd3{Method::zstd, 3};

Result<std::vector<Frame>> frames_of(const Bytes& packed) {
    return read_frames(Method::zstd, Ranges{packed}, packed.size());
}

/// Frames of `sizes`, with a table that says `said` of them.
Bytes stream_of(View plain, const std::vector<std::uint32_t>& sizes,
                const std::vector<std::uint32_t>& said) {
    Bytes stream, entries;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        auto frame = pack(zstd3, plain.first(sizes[i])).value();
        frame.resize(frame.size() - seek_table_header_bytes - seek_entry_bytes -
                     seek_table_footer_bytes);
        const auto checksum = load_le32(frame.data() + frame.size() - 4);
        append_entry(entries, {static_cast<std::uint32_t>(frame.size()), said[i], checksum});
        append(stream, frame);
        plain = plain.subspan(sizes[i]);
    }
    append(stream, seek_table_frame(entries));
    return stream;
}

/// The shape that compress() makes, but small.
class SeekTable : public ::testing::Test {
protected:
    static constexpr std::size_t frame_bytes = 1024;
    const Bytes plain_ = copy_text(3 * frame_bytes + 100);
    const std::vector<std::uint32_t> sizes_{frame_bytes, frame_bytes, frame_bytes, 100};
    const Bytes packed_ = stream_of(plain_, sizes_, sizes_);
    const std::size_t table_at_ =
        packed_.size() - seek_table_footer_bytes - 4 * seek_entry_bytes - seek_table_header_bytes;

    Bytes with_byte(std::size_t at, std::byte flip) const {
        auto bytes = packed_;
        bytes[at] ^= flip;
        return bytes;
    }
};

TEST_F(SeekTable, of_compress_names_every_frame) {
    const auto plain = copy_text(3 * frame_plain_bytes + 100);
    const auto packed = pack(zstd3, plain).value();
    const auto frames = frames_of(packed).value();
    ASSERT_EQ(frames.size(), 4U);
    std::uint64_t packed_end = 0, plain_end = 0;
    for (const auto& frame : frames) {
        EXPECT_EQ(frame.packed_offset, packed_end);
        EXPECT_EQ(frame.plain_offset, plain_end);
        packed_end += frame.packed_bytes, plain_end += frame.plain_bytes;
    }
    EXPECT_EQ(packed_end + seek_table_header_bytes + 4 * seek_entry_bytes + seek_table_footer_bytes,
              packed.size());
    EXPECT_EQ(plain_end, plain.size());

    const Ranges ranges{packed};
    const auto source =
        decompress_range(Method::zstd, ranges, packed.size(), frame_plain_bytes + 5, 1000).value();
    EXPECT_EQ(stream::read_all(*source, MiB).value().size(), 1000U);
    EXPECT_EQ(*ranges.fetched_bytes, 64 * KiB + frames[1].packed_bytes)
        << "the table and one frame";
}

TEST_F(SeekTable, any_damage_in_it_is_found_by_reading_the_whole) {
    for (auto at = table_at_; at < packed_.size(); ++at) {
        for (const auto flip : {std::byte{1}, std::byte{0x80}}) {
            const auto result = unpack(Method::zstd, with_byte(at, flip));
            // Another of the 16 numbers that mean "skip this", and unused bits, change nothing.
            const bool harmless = (at == table_at_ && flip == std::byte{1}) ||
                                  (at == packed_.size() - 5 && flip == std::byte{1}) ||
                                  (at == packed_.size() - 5 && flip == std::byte{0x80});
            if (result) EXPECT_EQ(*result, plain_);
            if (!harmless) {
                ASSERT_FALSE(result) << at - table_at_;
                EXPECT_EQ(result.error().code(), Code::corrupt);
            }
        }
    }
}

TEST_F(SeekTable, a_damaged_one_never_leads_to_other_plaintext) {
    for (auto at = table_at_; at < packed_.size(); ++at) {
        const auto damaged = with_byte(at, std::byte{4});
        const auto source = decompress_range(Method::zstd, Ranges{damaged}, damaged.size(),
                                             2 * frame_bytes + 9, 5000);
        if (!source) continue;
        const auto got = stream::read_all(**source, MiB);
        if (got)
            EXPECT_TRUE(std::equal(got->begin(), got->end(), plain_.begin() + 2 * frame_bytes + 9))
                << at;
    }
}

TEST_F(SeekTable, a_hostile_one_is_refused_before_memory_is_taken) {
    auto many = packed_;
    const auto count_at = many.size() - seek_table_footer_bytes;
    for (std::size_t i = 0; i < 4; ++i) many[count_at + i] = std::byte{0xff};
    EXPECT_EQ(frames_of(many).error().code(), Code::unsupported);
    many[count_at + 2] = many[count_at + 3] = std::byte{0};
    EXPECT_EQ(frames_of(many).error().code(), Code::corrupt);

    Bytes entries;
    append_entry(entries, {0xffffffff, 0xffffffff, 0});
    append_entry(entries, {0xffffffff, 0xffffffff, 0});
    EXPECT_EQ(frames_of(seek_table_frame(entries)).error().code(), Code::corrupt);
    EXPECT_EQ(frames_of(seek_table_frame({})).value().size(), 0U);
}

TEST_F(SeekTable, one_that_lies_about_a_frame_is_found_when_the_frame_is_read) {
    const auto stream = stream_of(plain_, {1000, 1000}, {1024, 976});
    const auto source =
        decompress_range(Method::zstd, Ranges{stream}, stream.size(), 10, 10).value();
    EXPECT_EQ(stream::read_all(*source, MiB).error().code(), Code::corrupt);
    EXPECT_EQ(unpack(Method::zstd, stream).error().code(), Code::corrupt);
}

TEST_F(SeekTable, an_object_shorter_than_stated_is_corrupt) {
    EXPECT_EQ(read_frames(Method::zstd, Ranges{packed_}, packed_.size() + 5).error().code(),
              Code::corrupt);
}

TEST_F(SeekTable, without_one_there_are_no_frames_and_ranges_still_work) {
    auto bare = packed_;
    bare.resize(table_at_);
    EXPECT_TRUE(frames_of(bare).value().empty());
    const auto source =
        decompress_range(Method::zstd, Ranges{bare}, bare.size(), 2 * frame_bytes, 10).value();
    const auto got = stream::read_all(*source, MiB).value();
    EXPECT_TRUE(std::equal(got.begin(), got.end(), plain_.begin() + 2 * frame_bytes));
    EXPECT_TRUE(frames_of({}).value().empty());
    EXPECT_TRUE(read_frames(Method::gzip, Ranges{packed_}, packed_.size()).value().empty());
}

TEST_F(SeekTable, streams_in_a_row_are_one_stream) {
    auto twice = packed_;
    append(twice, packed_);
    auto plain = plain_;
    append(plain, plain_);
    EXPECT_EQ(unpack(Method::zstd, twice).value(), plain);
    // The last table names only the second stream, so it is not relied upon.
    EXPECT_EQ(frames_of(twice).error().code(), Code::corrupt);
}

}  // namespace
}  // namespace ds::codec
