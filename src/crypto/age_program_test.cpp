#include <gtest/gtest.h>

#include "crypto/age.hpp"
#include "crypto/testing/age_objects.hpp"
#include "sys/process.hpp"

/// Both ways against the `age` program of the package `age`.
namespace ds::crypto {
namespace {

using testing::open_bytes;
using testing::recipient_of;
using testing::seal_bytes;

/// Runs a program with `input` on its stdin and gives its stdout.
Result<Bytes> run(std::vector<std::string> arguments, View input, std::vector<int> keep_open = {}) {
    DS_TRY(const auto file, sys::memory_file("input", input));
    sys::Command command;
    command.arguments = std::move(arguments);
    command.environment = sys::clean_environment();
    command.input = file.get();
    command.keep_open = std::move(keep_open);
    DS_TRY(const auto finished,
           sys::run_command(command, 64 * MiB).while_doing("package age (bsdutils) missing?"));
    const auto bytes = view_of(finished.output);
    return Bytes{bytes.begin(), bytes.end()};
}

Result<Bytes> run_age_opening(const Identity& identity, View sealed) {
    DS_TRY(const auto file,
           sys::memory_file("key", view_of(identity_file(identity, "now").reveal())));
    const auto path = fmt::format("/proc/self/fd/{}", file.get());
    return run({"/usr/bin/age", "-d", "-i", path}, sealed, {file.get()});
}

class AgeProgram : public ::testing::TestWithParam<std::size_t> {
protected:
    const Identity identity_ = Identity::generate();
    const Bytes plain_ = sys::random_bytes(GetParam());
};

TEST_P(AgeProgram, opens_what_we_seal) {
    const auto sealed =
        seal_bytes({recipient_of(Identity::generate()), recipient_of(identity_)}, plain_).value();
    const auto opened = run_age_opening(identity_, sealed);
    ASSERT_TRUE(opened) << opened.error().message();
    EXPECT_EQ(*opened, plain_);
}

TEST_P(AgeProgram, seals_what_we_open) {
    const auto other = Identity::generate().recipient();
    const auto sealed = run({"/usr/bin/age", "-r", other, "-r", identity_.recipient()}, plain_);
    ASSERT_TRUE(sealed) << sealed.error().message();
    EXPECT_EQ(open_bytes({identity_}, *sealed).value(), plain_);
}

INSTANTIATE_TEST_SUITE_P(Sizes, AgeProgram,
                         ::testing::Values(0, 1, 65535, 65536, 65537, 1048575, 1048576, 1048577,
                                           7'654'321));

TEST(AgeKeygen, keys_are_understood_both_ways) {
    const auto generated = run({"/usr/bin/age-keygen"}, {});
    ASSERT_TRUE(generated) << generated.error().message();
    const auto text = text_of(*generated);
    const auto identities = parse_identities(text).value();
    ASSERT_EQ(identities.size(), 1U);
    EXPECT_NE(text.find("# public key: " + identities[0].recipient()), text.npos);

    const auto ours = Identity::generate();
    const auto public_key =
        run({"/usr/bin/age-keygen", "-y"}, view_of(identity_file(ours, "now").reveal()));
    ASSERT_TRUE(public_key) << public_key.error().message();
    EXPECT_EQ(text_of(*public_key), ours.recipient() + "\n");
}

/// `age` asks for passphrases on a terminal only; `script` gives it one and types what is on its
/// stdin.
Result<Bytes> run_age_typing(const std::string& arguments, const std::string& typed) {
    return run({"/usr/bin/script", "-qec", "/usr/bin/age " + arguments, "/dev/null"},
               view_of(typed));
}

class AgePassphrase : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(sys::make_directories(directory_)); }
    void TearDown() override { sys::fs::remove_all(directory_); }
    const sys::fs::path directory_ =
        sys::fs::temp_directory_path() / ("ds-age-" + to_hex(sys::random_bytes(8)));
    const std::string plain_file_ = directory_ / "plain", sealed_file_ = directory_ / "sealed";
    const Bytes plain_ = sys::random_bytes(70'000);
};

TEST_F(AgePassphrase, the_program_opens_ours) {
    const auto sealed =
        seal_bytes({Recipient::passphrase(Secret{"correct horse"}, 10)}, plain_).value();
    ASSERT_TRUE(sys::write_file(sealed_file_, sealed));
    const auto ran = run_age_typing("-d -o " + plain_file_ + " " + sealed_file_, "correct horse\n");
    ASSERT_TRUE(ran) << ran.error().message();
    EXPECT_EQ(sys::read_file(plain_file_, MiB).value(), plain_);
}

TEST_F(AgePassphrase, we_open_the_programs) {
    ASSERT_TRUE(sys::write_file(plain_file_, plain_));
    const auto ran = run_age_typing("-p -o " + sealed_file_ + " " + plain_file_,
                                    "correct horse\ncorrect horse\n");
    ASSERT_TRUE(ran) << ran.error().message();
    const auto sealed = sys::read_file(sealed_file_, MiB).value();
    EXPECT_EQ(open_bytes({Identity::passphrase(Secret{"correct horse"})}, sealed).value(), plain_);
    EXPECT_EQ(open_bytes({Identity::passphrase(Secret{"correct hors"})}, sealed).error().code(),
              Code::unauthenticated);
}

}  // namespace
}  // namespace ds::crypto
