#include <gtest/gtest.h>

#include "codec/testing/packed_bytes.hpp"
#include "sys/process.hpp"

/// Both ways against the programs of the packages zstd, gzip and lz4.
namespace ds::codec {
namespace {

using testing::copy_text;
using testing::pack;
using testing::unpack;

/// Runs a filter with `input` on its stdin and gives its stdout.
Result<Bytes> run(std::vector<std::string> arguments, View input) {
    DS_TRY(const auto file, sys::memory_file("input", input));
    sys::Command command;
    command.arguments = std::move(arguments);
    command.environment = sys::clean_environment();
    command.input = file.get();
    DS_TRY(const auto finished,
           sys::run_command(command, GiB)
               .while_doing("running " + command.arguments[0] + " of the package of that name"));
    const auto bytes = view_of(finished.output);
    return Bytes{bytes.begin(), bytes.end()};
}

struct Program {
    Compression ours;
    std::vector<std::string> packs, unpacks;
};

void PrintTo(const Program& program, std::ostream* out) { *out << program.packs[0]; }

class Programs : public ::testing::TestWithParam<Program> {
protected:
    static std::vector<std::size_t> sizes() {
        return {0,
                1,
                65536,
                frame_plain_bytes - 1,
                frame_plain_bytes,
                frame_plain_bytes + 1,
                2 * frame_plain_bytes + 99};
    }
    /// `input` made a pipe by cat, so that the program cannot know its size.
    static Result<Bytes> run_on_pipe(const std::vector<std::string>& arguments, View input) {
        std::string line = "cat |";
        for (const auto& argument : arguments) line += " " + argument;
        return run({"/bin/sh", "-c", line}, input);
    }
};

TEST_P(Programs, unpack_what_we_pack) {
    for (const auto size : sizes()) {
        const auto plain = copy_text(size);
        const auto opened = run(GetParam().unpacks, pack(GetParam().ours, plain).value());
        ASSERT_TRUE(opened) << opened.error().message();
        EXPECT_EQ(*opened, plain) << size;
    }
}

TEST_P(Programs, pack_what_we_unpack) {
    for (const auto size : sizes()) {
        const auto plain = copy_text(size);
        const auto packed = run(GetParam().packs, plain),
                   piped = run_on_pipe(GetParam().packs, plain);
        ASSERT_TRUE(packed && piped);
        EXPECT_EQ(unpack(GetParam().ours.method, *packed).value(), plain) << size;
        EXPECT_EQ(unpack(GetParam().ours.method, *piped).value(), plain) << size;
    }
}

TEST_P(Programs, packed_streams_in_a_row_are_unpacked) {
    const auto one = copy_text(70'000), two = copy_text(9 * MiB);
    Bytes plain, packed;
    for (const auto* part : {&one, &two, &one}) {
        append(plain, *part);
        append(packed, run_on_pipe(GetParam().packs, *part).value());
        append(plain, *part);
        append(packed, pack(GetParam().ours, *part).value());
    }
    EXPECT_EQ(unpack(GetParam().ours.method, packed).value(), plain);
    EXPECT_EQ(run(GetParam().unpacks, packed).value(), plain);
}

TEST_P(Programs, damage_in_their_streams_is_found) {
    const auto plain = copy_text(1000);
    const auto packed = run_on_pipe(GetParam().packs, plain).value();
    for (std::size_t length = 0; length < packed.size(); ++length) {
        const auto result = unpack(GetParam().ours.method,
                                   {packed.begin(), packed.begin() + std::ptrdiff_t(length)});
        ASSERT_FALSE(result) << length;
        EXPECT_EQ(result.error().code(), Code::corrupt) << length;
    }
    for (std::size_t at = 0; at < packed.size(); ++at) {
        auto damaged = packed;
        damaged[at] ^= std::byte{0x20};
        const auto result = unpack(GetParam().ours.method, damaged);
        if (result) EXPECT_EQ(*result, plain) << at;
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, Programs,
    ::testing::Values(
        Program{{Method::zstd, 3}, {"/usr/bin/zstd", "-3", "-c"}, {"/usr/bin/zstd", "-d", "-c"}},
        Program{{Method::zstd, 1},
                {"/usr/bin/zstd", "-1", "--long=27", "-c"},
                {"/usr/bin/zstd", "-d", "-c"}},
        Program{{Method::gzip, 3}, {"/usr/bin/gzip", "-6", "-c"}, {"/usr/bin/gzip", "-d", "-c"}},
        Program{{Method::lz4, 1}, {"/usr/bin/lz4", "-1", "-c"}, {"/usr/bin/lz4", "-d", "-c"}},
        Program{{Method::lz4, 3},
                {"/usr/bin/lz4", "-3", "-BD", "-BX", "-c"},
                {"/usr/bin/lz4", "-d", "-c"}}));

TEST(ZstdProgram, tests_and_lists_our_streams) {
    const auto packed = pack({Method::zstd, 3}, copy_text(2 * frame_plain_bytes + 5)).value();
    EXPECT_TRUE(run({"/usr/bin/zstd", "-t"}, packed));
}

TEST(ZstdProgram, our_frames_cost_less_than_3_percent_against_its_one_frame) {
    const auto plain = copy_text(24 * MiB);
    const auto theirs = run({"/usr/bin/zstd", "-3", "-c"}, plain).value();
    EXPECT_LE(pack({Method::zstd, 3}, plain).value().size(), theirs.size() * 103 / 100);
}

TEST(ZstdProgram, a_window_larger_than_our_bound_is_refused) {
    const auto plain = copy_text(10 * MiB);
    const auto packed =
        run({"/bin/sh", "-c", "cat | /usr/bin/zstd -1 --ultra --long=29 -c"}, plain).value();
    EXPECT_EQ(unpack(Method::zstd, packed).error().code(), Code::corrupt);
}

TEST(Lz4Program, the_legacy_format_is_named) {
    const auto packed = run({"/usr/bin/lz4", "-l", "-c"}, copy_text(1000)).value();
    EXPECT_EQ(unpack(Method::lz4, packed).error().code(), Code::unsupported);
}

}  // namespace
}  // namespace ds::codec
