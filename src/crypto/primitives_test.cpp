#include "crypto/primitives.hpp"

#include <gtest/gtest.h>

#include "crypto/bech32.hpp"
#include "crypto/sha256.hpp"
#include "crypto/sign.hpp"

namespace ds::crypto {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

TEST(Sha256, gives_the_sums_of_fips_180) {
    EXPECT_EQ(sha256_hex({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex(view_of("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256_hex(view_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, pieces_and_a_second_use_give_the_same_sum) {
    const std::string million(1'000'000, 'a');
    Sha256 hash;
    for (int round = 0; round < 2; ++round) {
        for (std::size_t at = 0; at < million.size(); at += 777)
            hash.update(view_of(million).subspan(at).first(
                std::min<std::size_t>(777, million.size() - at)));
        EXPECT_EQ(hash.finish_hex(),
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
    Sha256 moved = std::move(hash);
    moved.update(view_of("abc"));
    EXPECT_EQ(moved.finish(), sha256(view_of("abc")));
}

TEST(Primitives, x25519_is_rfc_7748s) {
    const Key32 scalar{hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")};
    const auto point = hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c");
    EXPECT_EQ(to_hex(x25519_shared(scalar, point).value().view()),
              "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    const Key32 alice{hex("77076d0a7318a57d3c16c17251b26645df4c2f92ebc099ac5ff7a8f0c7b5b2a2")};
    EXPECT_EQ(x25519_public(alice).size(), 32U);
}

TEST(Primitives, x25519_refuses_low_order_points) {
    const Key32 scalar{Bytes(32, std::byte{0x41})};
    for (const auto* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                              "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
        const auto shared = x25519_shared(scalar, hex(point));
        ASSERT_FALSE(shared) << point;
        EXPECT_EQ(shared.error().code(), Code::invalid);
    }
}

TEST(Primitives, hkdf_is_rfc_5869s) {
    const auto key = hkdf_sha256(Bytes(22, std::byte{0x0b}), hex("000102030405060708090a0b0c"),
                                 "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9");
    EXPECT_EQ(to_hex(key.view()),
              "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
}

TEST(Primitives, scrypt_is_rfc_7914s) {
    const auto key = scrypt("pleaseletmein", view_of("SodiumChloride"), 14);
    EXPECT_EQ(to_hex(key.value().view()),
              "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

TEST(Primitives, aead_opens_only_what_it_sealed) {
    Aead aead{Key32{Bytes(32, std::byte{7})}};
    const auto plain = view_of("sixteen letters.");
    Bytes sealed(plain.size() + Aead::tag_bytes), opened(plain.size());
    aead.seal({}, plain, sealed);
    ASSERT_TRUE(aead.open({}, sealed, opened));
    EXPECT_EQ(text_of(opened), text_of(plain));
    EXPECT_FALSE(aead.open({std::byte{1}}, sealed, opened));
    for (auto& byte : sealed) {
        byte ^= std::byte{1};
        EXPECT_FALSE(aead.open({}, sealed, opened));
        byte ^= std::byte{1};
    }
    EXPECT_FALSE(aead.open({}, View{sealed}.first(Aead::tag_bytes - 1), opened));
    EXPECT_TRUE(aead.open({}, sealed, opened));
}

TEST(Bech32, reads_what_it_wrote_and_bip_173s_examples) {
    for (std::size_t size = 0; size < 70; ++size) {
        const Bytes bytes(size, std::byte{0xa5});
        const auto back = from_bech32(to_bech32("age", bytes)).value();
        EXPECT_EQ(back.prefix, "age");
        EXPECT_EQ(back.bytes, bytes);
    }
    for (const auto* text : {"A12UEL5L", "a12uel5l", "?1ezyfcl"})
        EXPECT_TRUE(from_bech32(text)) << text;
    EXPECT_EQ(from_bech32("A12UEL5L").value().prefix, "a");
}

TEST(Bech32, refuses_every_typing_error) {
    const auto good = to_bech32("age", Bytes(32, std::byte{0x3c}));
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char letter : {'q', 'z', 'b', '1', ' ', 'A'}) {
            if (good[at] == letter) continue;
            auto bad = good;
            bad[at] = letter;
            EXPECT_FALSE(from_bech32(bad)) << bad;
        }
        EXPECT_FALSE(from_bech32(good.substr(0, at)));
    }
    for (const auto* text :
         {"", "1", "10a06t8", "1qzzfhee", "a1", "A1G7SGD8", "li1dgmt3", "split1cheo2y9e2w",
          "\x80"
          "1eym55h"}) {
        EXPECT_FALSE(from_bech32(text)) << text;
    }
    EXPECT_FALSE(from_bech32(std::string(5000, 'q')));
}

struct Rfc8032 {
    const char *seed, *public_key, *message, *signature;
};

TEST(SigningKey, signs_as_rfc_8032) {
    for (const auto& one :
         {Rfc8032{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                  "c61e39701cf9b46bd2"
                  "5bf5f0595bbe24655141438e7a100b"},
          Rfc8032{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                  "458f3613d0f11d8c38"
                  "7b2eaeb4302aeeb00d291612bb0c00"}}) {
        const auto key = SigningKey::parse("DS-SIGN-SECRET-1:" + to_base64(hex(one.seed))).value();
        EXPECT_EQ(key.public_key(), "ds-sign1:" + to_base64(hex(one.public_key)));
        EXPECT_EQ(key.sign(hex(one.message)), to_base64(hex(one.signature)));
        EXPECT_TRUE(
            check_signature(key.public_key(), hex(one.message), to_base64(hex(one.signature))));
    }
}

TEST(SigningKey, a_changed_message_key_or_signature_does_not_fit) {
    const auto key = SigningKey::generate(), other = SigningKey::generate();
    const auto message = view_of("manifest");
    const auto signature = key.sign(message);
    EXPECT_TRUE(check_signature(key.public_key(), message, signature));
    EXPECT_EQ(check_signature(key.public_key(), view_of("manifesT"), signature).error().code(),
              Code::corrupt);
    EXPECT_EQ(check_signature(other.public_key(), message, signature).error().code(),
              Code::corrupt);
    auto bytes = from_base64(signature).value();
    for (auto& byte : bytes) {
        byte ^= std::byte{0x10};
        EXPECT_EQ(check_signature(key.public_key(), message, to_base64(bytes)).error().code(),
                  Code::corrupt);
        byte ^= std::byte{0x10};
    }
}

TEST(SigningKey, text_comes_back_and_nonsense_is_invalid) {
    const auto key = SigningKey::generate();
    EXPECT_EQ(SigningKey::parse(key.text().reveal()).value().public_key(), key.public_key());
    for (const auto* text : {"", "DS-SIGN-SECRET-1:", "DS-SIGN-SECRET-1:AAAA", "ds-sign1:AAAA",
                             "DS-SIGN-SECRET-1:%"}) {
        EXPECT_EQ(SigningKey::parse(text).error().code(), Code::invalid) << text;
    }
    EXPECT_EQ(check_signature("ds-sign1:AAAA", {}, key.sign({})).error().code(), Code::corrupt);
    EXPECT_EQ(check_signature(key.public_key(), {}, "AAAA").error().code(), Code::corrupt);
    EXPECT_EQ(check_signature(key.text().reveal(), {}, key.sign({})).error().code(), Code::corrupt);
}

}  // namespace
}  // namespace ds::crypto
