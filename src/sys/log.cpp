#include "sys/log.hpp"

#include <chrono>
#include <cstdlib>
#include <optional>

#include <boost/describe/enum_to_string.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.hpp"

namespace ds::sys {
namespace {

using namespace std::chrono_literals;
namespace bj = boost::json;

constexpr std::size_t lines_waiting_max = 1000;
constexpr std::size_t words_bytes_max = 1000;
constexpr auto last_words = 1000ms;

class NoLog final : public Log {
public:
    void write(LogLevel, std::string_view, std::string_view, LogFields) override {}
};

/// RFC 3339 with milliseconds.
std::string precise(std::chrono::system_clock::time_point when) {
    const auto since =
        std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch());
    const auto seconds = rfc3339(when);
    return fmt::format("{}.{:03}Z", seconds.substr(0, seconds.size() - 1), since.count() % 1000);
}

/// Without control characters and without bytes that are no UTF-8: neither may reach a terminal or
/// stand in JSON.
std::string clean(std::string_view text, std::size_t bytes_max) {
    std::string safe;
    while (!text.empty() && safe.size() < bytes_max) {
        const auto size = utf8_sequence_bytes(text);
        safe += size == 0 ? "?" : size == 1 ? printable(text.substr(0, 1)) : text.substr(0, size);
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return text.empty() ? safe : safe + "…";
}

std::string_view name_of(LogLevel level) { return boost::describe::enum_to_string(level, "info"); }

bj::value cleaned(const bj::value& value, std::size_t bytes_max) {
    if (!value.is_string()) return value;
    return bj::string{clean(value.get_string(), bytes_max)};
}

/// `shop`, `"a b"`: quoted where the end would be in doubt.
std::string word_of(const bj::value& value) {
    const auto text = bj::serialize(value);
    if (!value.is_string()) return text;
    const bool plain = value.get_string().find_first_of(" =\"\\") == bj::string::npos;
    return plain && !value.get_string().empty() ? std::string{value.get_string()} : text;
}

std::string text_line(std::chrono::system_clock::time_point when, LogLevel level,
                      std::string_view event, std::string_view words, LogFields fields,
                      std::size_t bytes_max) {
    auto line = fmt::format("{} {:<7} {}  event={}", precise(when), name_of(level),
                            clean(words, bytes_max), event);
    for (const auto& field : fields)
        line += fmt::format(" {}={}", field.name, word_of(cleaned(field.value, bytes_max)));
    return line;
}

std::string json_line(std::chrono::system_clock::time_point when, LogLevel level,
                      std::string_view event, std::string_view words, LogFields fields,
                      std::size_t bytes_max) {
    bj::object object{{"time", precise(when)},
                      {"level", bj::string{name_of(level)}},
                      {"event", bj::string{event}},
                      {"message", clean(words, bytes_max)}};
    for (const auto& field : fields) object.emplace(field.name, cleaned(field.value, bytes_max));
    return bj::serialize(object);
}

/// systemd says which file the journal is (systemd.exec(5), $JOURNAL_STREAM).
bool is_journal(int fd) {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat file{};
    return stream != nullptr && ::fstat(fd, &file) == 0 &&
           fmt::format("{}:{}", file.st_dev, file.st_ino) == stream;
}

/// sd-daemon(3).
int priority_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug: return 7;
        case LogLevel::info: return 6;
        case LogLevel::warning: return 4;
        case LogLevel::error: return 3;
    }
    return 6;
}

bool takes_more(int fd, std::chrono::milliseconds patience) {
    pollfd look{fd, POLLOUT, 0};  // a reader that is gone counts: the write then fails at once
    return ::poll(&look, 1, static_cast<int>(patience.count())) == 1;
}

}  // namespace

Log& no_log() {
    static NoLog log;
    return log;
}

std::string log_line(std::chrono::system_clock::time_point when, LogLevel level,
                     std::string_view event, std::string_view words, LogFields fields,
                     LogFormat format) {
    constexpr std::size_t room = log_line_bytes_max - sizeof("<6>\n");
    const auto write = format == LogFormat::text ? text_line : json_line;
    std::string line;
    for (auto bytes_max = words_bytes_max; bytes_max > 0; bytes_max /= 2) {
        line = write(when, level, event, words, fields, bytes_max);
        if (line.size() <= room) return line;
    }
    return write(when, level, event, {}, {}, 1);
}

LogWriter::LogWriter(int fd, LogOptions options)
    : fd_{fd}, options_{options}, to_journal_{is_journal(fd)} {
    if (options_.format == LogFormat::automatic)
        options_.format = ::isatty(fd) == 1 ? LogFormat::text : LogFormat::json;
    thread_ = std::jthread{[this](const std::stop_token& stop) { serve(stop); }};
}

LogWriter::~LogWriter() = default;

void LogWriter::write(LogLevel level, std::string_view event, std::string_view words,
                      LogFields fields) {
    if (level < options_.level) return;
    auto line = finished(level, log_line(std::chrono::system_clock::now(), level, event, words,
                                         fields, options_.format));
    const std::lock_guard lock{mutex_};
    if (waiting_.size() >= lines_waiting_max) {
        ++lost_;
        return;
    }
    waiting_.push_back(std::move(line));
    arrived_.notify_one();
}

std::string LogWriter::finished(LogLevel level, std::string line) const {
    return (to_journal_ ? fmt::format("<{}>", priority_of(level)) : "") + std::move(line) + '\n';
}

/// The next line; false when there is none and none will come.
bool LogWriter::next(std::string& line, const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    arrived_.wait(lock, stop, [&] { return !waiting_.empty() || lost_ > 0; });
    if (!waiting_.empty()) {
        line = std::move(waiting_.front());
        waiting_.pop_front();
        return true;
    }
    if (lost_ == 0) return false;
    line = finished(LogLevel::warning,
                    log_line(std::chrono::system_clock::now(), LogLevel::warning, "log.lost",
                             "lines came faster than they could be written", {{"lines", lost_}},
                             options_.format));
    lost_ = 0;
    return true;
}

void LogWriter::serve(const std::stop_token& stop) {
    std::optional<std::chrono::steady_clock::time_point> end;
    std::string line;
    while (next(line, stop)) {
        // A reader that hangs must hold up neither the work nor the end of the process.
        while (!takes_more(fd_, 100ms)) {
            const auto now = std::chrono::steady_clock::now();
            if (stop.stop_requested() && !end) end = now + last_words;
            if (end && now > *end) return;
        }
        // Whole, or lost: nobody can be told that the log is away.
        static_cast<void>(::write(fd_, line.data(), line.size()));
    }
}

}  // namespace ds::sys
