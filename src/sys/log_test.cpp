#include "sys/log.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "sys/files.hpp"

namespace ds::sys {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::system_clock::time_point moment{1786631527123ms};

class Pipe {
public:
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
        out = Fd{ends[0]};
        in = Fd{ends[1]};
    }
    std::string read() const {
        std::string all(64 * KiB, '\0');
        const auto count = ::read(out.get(), all.data(), all.size());
        all.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
        return all;
    }
    Fd out, in;
};

std::string json_of(std::string_view words, LogFields fields) {
    return log_line(moment, LogLevel::warning, "run.ended", words, fields, LogFormat::json);
}

TEST(Log, a_line_is_json_for_programs) {
    EXPECT_EQ(json_of("backup failed", {{"run", "01K"}, {"attempt", 2}, {"again", true}}),
              R"({"time":"2026-08-13T14:32:07.123Z","level":"warning","event":"run.ended",)"
              R"("message":"backup failed","run":"01K","attempt":2,"again":true})");
}

TEST(Log, a_line_is_text_for_people) {
    EXPECT_EQ(log_line(moment, LogLevel::info, "run.ended", "backup succeeded",
                       {{"run", "01K"}, {"plan", "every night"}, {"none", ""}}, LogFormat::text),
              "2026-08-13T14:32:07.123Z info    backup succeeded  event=run.ended run=01K "
              "plan=\"every night\" none=\"\"");
}

// What comes from outside can neither begin a line of its own nor steer a terminal.
TEST(Log, nothing_from_outside_forges_a_line) {
    const std::string evil = "x\n{\"level\":\"error\"}\r\x1b[2J\x7f\x00y\xff\xc3";
    for (const auto format : {LogFormat::text, LogFormat::json}) {
        const auto line = log_line(moment, LogLevel::info, "e", evil, {{"name", evil}}, format);
        for (const char c : line) EXPECT_FALSE((c >= 0 && c < 0x20) || c == 0x7f) << line;
        EXPECT_EQ(line.find('\xff'), std::string::npos);
        if (format == LogFormat::json) {
            EXPECT_TRUE(json::parse(line)) << line;
        }
    }
}

TEST(Log, a_line_has_an_end) {
    const std::string huge(100'000, '"');
    const auto line = json_of(huge, {{"a", huge}, {"b", huge}, {"c", huge}, {"d", huge}});
    EXPECT_LT(line.size(), log_line_bytes_max);
    EXPECT_TRUE(json::parse(line)) << line;
}

TEST(Log, writes_what_is_of_its_level) {
    const Pipe pipe;
    {
        LogWriter log{pipe.in.get(), {LogLevel::warning, LogFormat::automatic}};
        log.info("quiet", "not this");
        log.warn("loud", "but this");
    }
    const auto text = pipe.read();
    EXPECT_EQ(text.find("quiet"), std::string::npos);
    const auto line = json::parse(text);
    ASSERT_TRUE(line) << text;
    EXPECT_EQ(line->at("event").as_string(), "loud");
}

TEST(Log, the_journal_learns_the_priority) {
    const Pipe pipe;
    struct stat file{};
    ASSERT_EQ(::fstat(pipe.in.get(), &file), 0);
    ::setenv("JOURNAL_STREAM", fmt::format("{}:{}", file.st_dev, file.st_ino).c_str(), 1);
    {
        LogWriter log{pipe.in.get(), {}};
        log.error("bad", "words");
    }
    ::unsetenv("JOURNAL_STREAM");
    EXPECT_TRUE(pipe.read().starts_with("<3>{\"time\"")) << "sd-daemon(3)";
}

// The data path never waits for whoever reads the log.
TEST(Log, a_reader_that_hangs_holds_nothing_up) {
    const Pipe pipe;
    const auto since = std::chrono::steady_clock::now();
    {
        LogWriter log{pipe.in.get(), {}};
        const std::string words(500, 'x');
        for (int i = 0; i < 20'000; ++i) log.info("many", words);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - since, 10s);
}

TEST(Log, lines_that_were_lost_are_counted) {
    const Pipe pipe;
    std::string text;
    {
        LogWriter log{pipe.in.get(), {}};
        const std::string words(500, 'x');
        for (int i = 0; i < 3'000; ++i) log.info("many", words);
        while (text.find("log.lost") == std::string::npos) text += pipe.read();
    }
    EXPECT_NE(text.find("\"lines\":"), std::string::npos);
}

TEST(Log, a_reader_that_is_gone_is_no_trouble) {
    Pipe pipe;
    pipe.out.reset();
    ::signal(SIGPIPE, SIG_IGN);
    LogWriter log{pipe.in.get(), {}};
    log.info("to nobody", "words");
}

}  // namespace
}  // namespace ds::sys
