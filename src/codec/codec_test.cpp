#include "codec/codec.hpp"

#include <gtest/gtest.h>

#include "codec/testing/packed_bytes.hpp"

namespace ds::codec {
namespace {

using testing::copy_text;
using testing::pack;
using testing::Ranges;
using testing::unpack;

const Compression zstd3{Method::zstd, 3}, gzip3{Method::gzip, 3}, lz4_1{Method::lz4, 1},
    none{Method::none, 0};

Bytes first_of(const Bytes& bytes, std::size_t count) {
    return {bytes.begin(), bytes.begin() + std::ptrdiff_t(count)};
}

/// Bytes that no method can make smaller.
Bytes noise(std::size_t count) {
    Bytes bytes(count);
    std::uint64_t state = 1;
    for (auto& byte : bytes) {
        state = state * 6364136223846793005 + 1442695040888963407;
        byte = std::byte(state >> 56);
    }
    return bytes;
}

std::string name_of(const ::testing::TestParamInfo<Compression>& info) {
    auto name = info.param.text();
    std::replace(name.begin(), name.end(), ':', '_');
    return name;
}

TEST(Compression, text_is_read_and_written) {
    for (const auto* text : {"zstd:3", "zstd:19", "gzip:1", "lz4:12", "none"}) {
        EXPECT_EQ(Compression::parse(text).value().text(), text);
    }
    EXPECT_EQ(Compression::parse("zstd").value(), zstd3);
    EXPECT_EQ(Compression::parse("gzip").value(), gzip3);
    EXPECT_EQ(Compression::parse("lz4").value(), lz4_1);
    EXPECT_EQ(gzip3.suffix(), ".gz");
    EXPECT_EQ(zstd3.unpack_command(), "zstd -d");
    for (const auto* text : {"", "zst", "zstd:", "zstd:0", "zstd:20", "zstd:3x", "zstd:-1",
                             "gzip:9", "none:1", "ZSTD"}) {
        const auto result = Compression::parse(text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error().code(), Code::invalid);
        EXPECT_FALSE(result.error().hint().empty());
    }
}

class Methods : public ::testing::TestWithParam<Compression> {
protected:
    Method method() const { return GetParam().method; }
};

TEST_P(Methods, every_size_comes_back) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{65535},
                                   std::size_t{65536}, frame_plain_bytes - 1, frame_plain_bytes,
                                   frame_plain_bytes + 1, 2 * frame_plain_bytes + 4321}) {
        const auto plain = copy_text(size);
        EXPECT_EQ(unpack(method(), pack(GetParam(), plain).value()).value(), plain) << size;
    }
}

TEST_P(Methods, what_cannot_be_made_smaller_comes_back) {
    const auto plain = noise(frame_plain_bytes + 100);
    const auto packed = pack(GetParam(), plain).value();
    EXPECT_LE(packed.size(), plain.size() + plain.size() / 1000 + 200);
    EXPECT_EQ(unpack(method(), packed).value(), plain);
}

TEST_P(Methods, zeros_come_back) {
    const Bytes plain(3 * frame_plain_bytes);
    EXPECT_EQ(unpack(method(), pack(GetParam(), plain).value()).value(), plain);
}

TEST_P(Methods, pieces_and_threads_do_not_change_the_stream) {
    const auto plain = copy_text(2 * frame_plain_bytes + 777);
    const auto packed = pack(GetParam(), plain).value();
    for (const std::size_t piece : {1000UL, frame_plain_bytes, plain.size()}) {
        EXPECT_EQ(pack(GetParam(), plain, piece, {1, 1}).value(), packed) << piece;
    }
}

TEST_P(Methods, any_range_can_be_read) {
    const auto plain = copy_text(3 * frame_plain_bytes + 1000);
    const auto packed = pack(GetParam(), plain).value();
    const std::vector<std::size_t> edges{0,
                                         1,
                                         frame_plain_bytes - 1,
                                         frame_plain_bytes,
                                         2 * frame_plain_bytes + 5,
                                         plain.size() - 1,
                                         plain.size()};
    for (const auto begin : edges) {
        for (const auto end : edges) {
            if (end < begin) continue;
            const auto source =
                decompress_range(method(), Ranges{packed}, packed.size(), begin, end - begin)
                    .value();
            const auto wanted = View{plain}.subspan(begin, end - begin);
            ASSERT_EQ(stream::read_all(*source, GiB).value(), Bytes(wanted.begin(), wanted.end()))
                << begin << ".." << end;
        }
    }
    const auto rest =
        decompress_range(method(), Ranges{packed}, packed.size(), plain.size() - 7, {}).value();
    EXPECT_EQ(stream::read_all(*rest, GiB).value().size(), 7U);
}

TEST_P(Methods, a_range_outside_is_invalid) {
    const auto plain = copy_text(1000);
    const auto packed = pack(GetParam(), plain).value();
    const auto attempt = [&](std::uint64_t offset,
                             std::optional<std::uint64_t> bytes) -> Result<Bytes> {
        DS_TRY(const auto source,
               decompress_range(method(), Ranges{packed}, packed.size(), offset, bytes));
        return stream::read_all(*source, GiB);
    };
    EXPECT_EQ(attempt(packed.size() + plain.size(), {}).error().code(), Code::invalid);
    EXPECT_EQ(attempt(1, packed.size() + plain.size()).error().code(), Code::invalid);
    EXPECT_EQ(attempt(1, UINT64_MAX).error().code(), Code::invalid);
}

TEST_P(Methods, errors_of_the_next_sink_come_back) {
    Bytes little;
    auto sink = compress(GetParam(), std::make_unique<stream::MemorySink>(little, MiB)).value();
    const auto piece = noise(MiB);
    Status status;
    for (int i = 0; i < 40 && status; ++i) status = sink->write(piece);
    if (status) status = sink->finish();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code(), Code::exhausted);
}

INSTANTIATE_TEST_SUITE_P(All, Methods, ::testing::Values(zstd3, gzip3, lz4_1, none), name_of);

TEST(Compression, every_level_packs) {
    const auto plain = copy_text(100'000);
    for (const auto& [method, level_max] :
         {std::pair{Method::zstd, 19}, {Method::gzip, 3}, {Method::lz4, 12}}) {
        for (int level = 1; level <= level_max; ++level) {
            EXPECT_EQ(unpack(method, pack({method, level}, plain).value()).value(), plain) << level;
        }
    }
    EXPECT_EQ(pack({Method::zstd, 99}, plain).error().code(), Code::invalid);
}

class Damage : public Methods {};

/// Damage must never give other plaintext. Where a format does not protect a byte of its headers,
/// the right plaintext may still come out.
TEST_P(Damage, every_flipped_bit_is_found_or_harmless) {
    const auto plain = copy_text(1000);
    const auto packed = pack(GetParam(), plain).value();
    std::size_t harmless = 0;
    for (std::size_t at = 0; at < packed.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            auto damaged = packed;
            damaged[at] ^= std::byte(1 << bit);
            const auto result = unpack(method(), damaged);
            if (result) {
                ASSERT_EQ(*result, plain) << at << " bit " << bit;
                ++harmless;
            } else {
                EXPECT_TRUE(result.error().code() == Code::corrupt ||
                            result.error().code() == Code::unsupported)
                    << at << " bit " << bit << result.error().message();
            }
        }
    }
    // gzip protects neither time, system nor extra field. zstd leaves a bit unused, 16 numbers mean
    // "skip this", and some of its tables can be written in more than one way.
    EXPECT_LE(harmless, method() == Method::gzip ? 8 * 24 : packed.size() * 8 / 100);
}

TEST_P(Damage, every_truncation_is_found) {
    const auto plain = copy_text(2000);
    const auto packed = pack(GetParam(), plain).value();
    for (std::size_t length = 0; length < packed.size(); ++length) {
        const auto result = unpack(method(), first_of(packed, length));
        // Without its seek table the one zstd frame is a whole stream, and nothing is lost.
        if (result) {
            EXPECT_EQ(method(), Method::zstd);
            EXPECT_EQ(*result, plain) << length;
            EXPECT_EQ(length, packed.size() - 8 - 12 - 9);
            continue;
        }
        EXPECT_EQ(result.error().code(), Code::corrupt) << length;
    }
}

TEST_P(Damage, bytes_behind_the_end_are_found) {
    const auto packed = pack(GetParam(), copy_text(2000)).value();
    for (const auto& extra : {Bytes(1), Bytes(100), Bytes(1, std::byte{0x1f}), noise(30)}) {
        auto longer = packed;
        append(longer, extra);
        const auto result = unpack(method(), longer);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code(), Code::corrupt);
    }
}

TEST_P(Damage, in_a_long_stream_is_found_and_only_good_frames_come_before) {
    const auto plain = copy_text(3 * frame_plain_bytes);
    const auto packed = pack(GetParam(), plain).value();
    for (std::size_t at = 100; at < packed.size(); at += packed.size() / 40) {
        auto damaged = packed;
        damaged[at] ^= std::byte{0x40};
        const auto source =
            decompress(method(), std::make_unique<stream::MemorySource>(damaged)).value();
        Bytes got(plain.size());
        std::size_t have = 0;
        Result<std::size_t> count = 0;
        while ((count = source->read(Room{got}.subspan(have))) && *count > 0) have += *count;
        ASSERT_FALSE(count) << at;
        EXPECT_EQ(count.error().code(), Code::corrupt) << at;
        EXPECT_EQ(have % frame_plain_bytes, 0U);
        EXPECT_TRUE(std::equal(got.begin(), got.begin() + std::ptrdiff_t(have), plain.begin()));
    }
}

TEST_P(Damage, an_empty_stream_and_foreign_bytes_are_corrupt) {
    EXPECT_EQ(unpack(method(), {}).error().code(), Code::corrupt);
    EXPECT_EQ(unpack(method(), copy_text(5000)).error().code(), Code::corrupt);
    EXPECT_EQ(unpack(method(), Bytes(5000)).error().code(), Code::corrupt);
}

INSTANTIATE_TEST_SUITE_P(All, Damage, ::testing::Values(zstd3, gzip3, lz4_1), name_of);

}  // namespace
}  // namespace ds::codec
