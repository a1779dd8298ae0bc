#include "http/wire/frames.hpp"

#include <gtest/gtest.h>

namespace ds::http::wire {
namespace {

using namespace std::string_literals;

/// A masked frame with a mask of zeros, so that the payload stays readable.
std::string frame(int first_byte, std::string_view payload) {
    std::string made{static_cast<char>(first_byte)};
    made += static_cast<char>(0x80 | payload.size());
    return made + std::string(4, '\0') + std::string{payload};
}

TEST(Frames, the_example_of_the_rfc_is_read) {
    FrameReader reader{100};
    reader.feed("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"s);  // RFC 6455, 5.7
    const auto said = reader.next();
    ASSERT_TRUE(said);
    EXPECT_EQ(said->kind, Opcode::text);
    EXPECT_EQ(said->payload, "Hello");
    EXPECT_FALSE(reader.next());
    EXPECT_EQ(reader.broken(), 0);
}

TEST(Frames, fragments_become_one_message_with_a_ping_between) {
    FrameReader reader{100};
    reader.feed(frame(0x01, "Hel") + frame(0x89, "p") + frame(0x80, "lo"));
    EXPECT_EQ(reader.next()->kind, Opcode::ping);
    EXPECT_EQ(reader.next()->payload, "Hello");
}

TEST(Frames, a_letter_may_be_split_between_fragments) {
    FrameReader reader{100};
    reader.feed(frame(0x01, "\xc3") + frame(0x80, "\xa4"));
    EXPECT_EQ(reader.next()->payload, "\xc3\xa4");
}

TEST(Frames, broken_rules_have_their_close_codes) {
    const struct {
        const char* what;
        std::string bytes;
        int code;
    } cases[] = {
        {"not masked",
         "\x81\x01"
         "a"s,
         1002},
        {"reserved bit", frame(0xc1, "a"), 1002},
        {"reserved opcode", frame(0x83, "a"), 1002},
        {"reserved control", frame(0x8b, "a"), 1002},
        {"binary", frame(0x82, "a"), 1003},
        {"continuation of nothing", frame(0x80, "a"), 1002},
        {"text inside a text", frame(0x01, "a") + frame(0x81, "b"), 1002},
        {"fragmented ping", frame(0x09, "a"), 1002},
        {"long ping", "\x89\xfe\x00\x7e\0\0\0\0"s, 1002},
        {"longer form than needed", "\x81\xfe\x00\x7d\0\0\0\0"s, 1002},
        {"longest form for little", "\x81\xff\0\0\0\0\0\0\xff\xff\0\0\0\0"s, 1002},
        {"size with its highest bit", "\x81\xff\x80\0\0\0\0\0\0\0\0\0\0\0"s, 1009},
        {"one byte past the limit", frame(0x81, std::string(101, 'a')), 1009},
        {"sum past the limit", frame(0x01, std::string(100, 'a')) + frame(0x80, "a"), 1009},
        {"not UTF-8", frame(0x81, "\xff"), 1007},
        {"half a letter", frame(0x81, "\xc3"), 1007},
        {"surrogate", frame(0x81, "\xed\xa0\x80"), 1007},
        {"longer letter than needed", frame(0x81, "\xc0\xaf"), 1007},
        {"beyond Unicode", frame(0x81, "\xf4\x90\x80\x80"), 1007},
        {"close of one byte", frame(0x88, "a"), 1002},
        {"close 999", frame(0x88, "\x03\xe7"), 1002},
        {"close 1005", frame(0x88, "\x03\xed"), 1002},
        {"close 1006", frame(0x88, "\x03\xee"), 1002},
        {"close 2999", frame(0x88, "\x0b\xb7"), 1002},
        {"close 5000", frame(0x88, "\x13\x88"), 1002},
        {"close reason not UTF-8", frame(0x88, "\x03\xe8\xff"), 1007},
    };
    for (const auto& [what, bytes, code] : cases) {
        FrameReader reader{100};
        reader.feed(bytes);
        EXPECT_FALSE(reader.next()) << what;
        EXPECT_EQ(reader.broken(), code) << what;
    }
}

TEST(Frames, the_limit_itself_is_allowed) {
    FrameReader reader{100};
    reader.feed(frame(0x81, std::string(100, 'a')));
    EXPECT_EQ(reader.next()->payload.size(), 100U);
}

TEST(Frames, close_has_code_and_reason) {
    FrameReader reader{100};
    reader.feed(frame(0x88,
                      "\x03\xe8"
                      "bye") +
                frame(0x88, ""));
    const auto said = reader.next();
    EXPECT_EQ(said->close_code, 1000);
    EXPECT_EQ(said->payload, "bye");
    EXPECT_EQ(reader.next()->close_code, close_absent);
}

TEST(Frames, every_size_is_written_in_its_shortest_form) {
    EXPECT_EQ(render_frame(Opcode::text, std::string(125, 'a')).substr(0, 2), "\x81\x7d");
    EXPECT_EQ(render_frame(Opcode::text, std::string(126, 'a')).substr(0, 4), "\x81\x7e\x00\x7e"s);
    EXPECT_EQ(render_frame(Opcode::text, std::string(65536, 'a')).substr(0, 10),
              "\x81\x7f\0\0\0\0\0\1\0\0"s);
}

TEST(Frames, a_long_reason_is_cut_between_letters) {
    std::string reason;
    for (int i = 0; i < 100; ++i) reason += "\xc3\xa4";
    const auto close = render_close(1000, reason);
    EXPECT_EQ(close.size(), 2 + 2 + 122U);
    EXPECT_TRUE(is_utf8(std::string_view{close}.substr(4)));
}

}  // namespace
}  // namespace ds::http::wire
