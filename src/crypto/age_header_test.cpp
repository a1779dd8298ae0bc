#include "crypto/age_header.hpp"

#include <gtest/gtest.h>

#include "crypto/testing/age_objects.hpp"

namespace ds::crypto {
namespace {

using testing::recipient_of;

const FileKey file_key{Bytes(16, std::byte{0x59})};

std::string header_for(const std::vector<Recipient>& recipients) {
    return AgeHeader::write(recipients, file_key).value();
}

/// The header with `stanzas` in front of its own and a MAC that fits.
std::string with_stanzas(const std::string& header, std::string_view stanzas,
                         const FileKey& key = file_key) {
    constexpr std::string_view version = "age-encryption.org/v1\n";
    auto text = std::string{version} + std::string{stanzas};
    text += header.substr(version.size(), header.find("\n---") + 4 - version.size());
    const auto mac = hmac_sha256(hkdf_sha256(key.view(), {}, "header").view(), view_of(text));
    return text + " " + to_base64(mac, false) + "\n";
}

Result<FileKey> unwrap(std::string_view text, const std::vector<Identity>& identities) {
    DS_TRY(const auto header, AgeHeader::parse(text));
    return header.unwrap(identities);
}

TEST(AgeHeader, every_recipient_gets_the_file_key) {
    const auto first = Identity::generate(), second = Identity::generate(),
               stranger = Identity::generate();
    const auto text = header_for({recipient_of(first), recipient_of(second)});
    EXPECT_EQ(AgeHeader::end_in(text + "payload"), text.size());
    EXPECT_EQ(unwrap(text, {first}).value(), file_key);
    EXPECT_EQ(unwrap(text, {stranger, second}).value(), file_key);
    const auto error = unwrap(text, {stranger, Identity::passphrase(Secret{"x"})}).error();
    EXPECT_EQ(error.code(), Code::unauthenticated);
    EXPECT_EQ(error.message(), "none of the 2 keys opens this: it is sealed to 2 X25519 keys");
}

TEST(AgeHeader, a_passphrase_opens_what_it_sealed) {
    const auto text = header_for({Recipient::passphrase(Secret{"right"}, 4)});
    EXPECT_NE(text.find("-> scrypt "), text.npos);
    EXPECT_EQ(unwrap(text, {Identity::passphrase(Secret{"right"})}).value(), file_key);
    const auto error = unwrap(text, {Identity::passphrase(Secret{"wrong"})}).error();
    EXPECT_EQ(error.code(), Code::unauthenticated);
    EXPECT_NE(error.message().find("a passphrase"), std::string::npos);
    EXPECT_EQ(unwrap(text, {Identity::generate()}).error().code(), Code::unauthenticated);
}

TEST(AgeHeader, a_passphrase_stands_alone) {
    const auto identity = Identity::generate();
    const auto passphrase = Recipient::passphrase(Secret{"p"}, 1);
    EXPECT_EQ(AgeHeader::write({passphrase, recipient_of(identity)}, file_key).error().code(),
              Code::invalid);
    EXPECT_EQ(AgeHeader::write({}, file_key).error().code(), Code::invalid);
    const auto both = with_stanzas(header_for({passphrase}), "-> grease\n\n");
    EXPECT_EQ(unwrap(both, {Identity::passphrase(Secret{"p"})}).error().code(), Code::corrupt);
}

TEST(AgeHeader, unknown_stanzas_are_skipped) {
    const auto identity = Identity::generate();
    const auto plain = header_for({recipient_of(identity)});
    // A body whose last line is full is followed by an empty line.
    const std::string full_line(64, 'A');
    const auto greased =
        with_stanzas(plain, "-> abc-grease a b\nAAAA\n-> x.org/y\n\n-> z\n" + full_line + "\n\n");
    EXPECT_EQ(unwrap(greased, {identity}).value(), file_key);
}

TEST(AgeHeader, a_changed_header_is_found_though_the_key_opens) {
    const auto identity = Identity::generate();
    const auto text = header_for({recipient_of(identity)});
    auto greased = with_stanzas(text, "-> grease a\n\n");
    greased.replace(greased.find("grease a"), 8, "grease b");
    const auto error = unwrap(greased, {identity}).error();
    EXPECT_EQ(error.code(), Code::corrupt);
    EXPECT_EQ(error.message(), "age header is damaged: it was changed after it was written");
    const FileKey other{Bytes(16, std::byte{1})};
    EXPECT_EQ(unwrap(with_stanzas(text, "", other), {identity}).error().code(), Code::corrupt);
}

TEST(AgeHeader, what_the_specification_forbids_is_corrupt) {
    const auto identity = Identity::generate();
    const auto base = header_for({recipient_of(identity)});
    const std::string share = to_base64(Bytes(32, std::byte{9}), false), body = share,
                      salt = to_base64(Bytes(16), false);
    const std::string low_order = to_base64(Bytes(32), false);
    for (const auto& stanza : std::vector<std::string>{
             "-> X25519\n" + body + "\n",                               // no share
             "-> X25519 " + share + " more\n" + body + "\n",            // a word too many
             "-> X25519 " + salt + "\n" + body + "\n",                  // short share
             "-> X25519 " + share + "=\n" + body + "\n",                // padded
             "-> X25519 " + share.substr(0, 42) + "Z\n" + body + "\n",  // not canonical
             "-> X25519 " + share + "\nAAAA\n",                         // short body
             "-> X25519 " + low_order + "\n" + body + "\n",             // low order
             "-> scrypt " + salt + " 10\n" + body + "\n",               // beside another
             "-> \n\n", "-> a  b\n\n", "->x\n\n", "-> a\tb\n\n", "-> a\nA\n",
             "-> a\n" + std::string(65, 'A') + "\n", "-> a\r\n\n", "\n"}) {
        const auto result = unwrap(with_stanzas(base, stanza), {identity});
        ASSERT_FALSE(result) << stanza;
        EXPECT_EQ(result.error().code(), Code::corrupt) << stanza;
    }
}

TEST(AgeHeader, the_passphrase_work_factor_is_bounded) {
    const auto salt = to_base64(Bytes(16), false), body = to_base64(Bytes(32), false);
    const auto try_factor = [&](const std::string& factor) {
        const auto text = "age-encryption.org/v1\n-> scrypt " + salt + " " + factor + "\n" + body +
                          "\n--- " + body + "\n";
        return unwrap(text, {Identity::passphrase(Secret{"p"})}).error().code();
    };
    EXPECT_EQ(try_factor("23"), Code::unsupported);
    EXPECT_EQ(try_factor("999"), Code::unsupported);
    for (const auto* factor : {"0", "01", "-1", "1a", "99999999999999999999", "0x10"}) {
        EXPECT_EQ(try_factor(factor), Code::corrupt) << factor;
    }
    EXPECT_EQ(try_factor("1"), Code::unauthenticated);
}

TEST(AgeHeader, other_files_are_named) {
    EXPECT_EQ(AgeHeader::parse("PGDMP").error().message(), "not an age v1 file");
    EXPECT_EQ(AgeHeader::parse("age-encryption.org/v2\n").error().code(), Code::corrupt);
    EXPECT_EQ(AgeHeader::parse("-----BEGIN AGE ENCRYPTED FILE-----\n").error().code(),
              Code::unsupported);
    EXPECT_EQ(AgeHeader::parse("age-encryption.org/v1\n--- " + to_base64(Bytes(32), false) + "\n")
                  .error()
                  .code(),
              Code::corrupt);
    EXPECT_EQ(AgeHeader::parse(std::string(AgeHeader::bytes_max + 1, 'a')).error().code(),
              Code::corrupt);
}

TEST(Identity, is_the_specifications_example) {
    const auto identity =
        Identity::parse(
            "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
            .value();
    EXPECT_EQ(identity.recipient(),
              "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
    EXPECT_EQ(identity.text().reveal(),
              "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX");
}

TEST(Identity, a_file_of_them_is_read_and_written) {
    const auto first = Identity::generate(), second = Identity::generate();
    const auto text = identity_file(first, "2026-08-13T14:32:07Z").reveal() + "\r\n  \n# more\n" +
                      second.text().reveal();
    EXPECT_EQ(
        text.find("# created: 2026-08-13T14:32:07Z\n# public key: " + first.recipient() + "\n"),
        0U);
    const auto identities = parse_identities(text).value();
    ASSERT_EQ(identities.size(), 2U);
    EXPECT_EQ(identities[0].recipient(), first.recipient());
    EXPECT_EQ(identities[1].recipient(), second.recipient());
}

TEST(Identity, errors_name_the_line_and_never_the_key) {
    auto key = Identity::generate().text().reveal();
    key[30] = key[30] == 'Q' ? 'P' : 'Q';
    const auto error = parse_identities("# x\n\n" + key).error();
    EXPECT_EQ(error.code(), Code::invalid);
    EXPECT_NE(error.message().find("line 3"), std::string::npos);
    EXPECT_EQ((error.message() + error.hint()).find(key.substr(17, 10)), std::string::npos);
    EXPECT_EQ(parse_identities("# nothing\n").error().code(), Code::invalid);
    EXPECT_EQ(parse_identities(std::string(2 * MiB, '\n')).error().code(), Code::invalid);
}

TEST(Recipient, mistakes_are_named) {
    const auto identity = Identity::generate();
    EXPECT_EQ(Recipient::parse(" " + identity.recipient() + "\n").value().name(),
              identity.recipient());
    const auto secret = Recipient::parse(identity.text().reveal()).error();
    EXPECT_EQ(secret.message(), "this is a secret key, not a recipient");
    EXPECT_EQ(Identity::parse(identity.recipient()).error().message(),
              "this is a recipient, not a secret key");
    EXPECT_EQ(Recipient::parse("ssh-ed25519 AAAA").error().code(), Code::unsupported);
    EXPECT_EQ(Identity::parse("AGE-SECRET-KEY-PQ-1ABC").error().code(), Code::unsupported);
    EXPECT_EQ(Recipient::parse("").error().code(), Code::invalid);
    EXPECT_EQ(Recipient::parse("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk")
                  .error()
                  .code(),
              Code::invalid);
}

}  // namespace
}  // namespace ds::crypto
