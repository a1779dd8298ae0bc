#pragma once

#include <chrono>
#include <concepts>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include <boost/describe/enum.hpp>
#include <boost/json/value.hpp>

/// What a server says while it works: one line for each event, for people and for programs.
namespace ds::sys {

BOOST_DEFINE_ENUM_CLASS(LogLevel, debug, info, warning, error)
/// automatic: text on a terminal, else JSON.
BOOST_DEFINE_ENUM_CLASS(LogFormat, automatic, text, json)

struct LogOptions {
    LogLevel level = LogLevel::info;  // what is below it is not written
    LogFormat format = LogFormat::automatic;
};

/// A fact beside the words: {"run", run.id}. Text is cut and made printable when it is written.
struct LogField {
    std::string_view name;  // lower case; outlives the call
    boost::json::value value;

    LogField(std::string_view its_name, std::string_view text)
        // No braces: to boost::json they are a list.
        : name{its_name}, value(boost::json::string(text)) {}
    template <std::integral T>
    LogField(std::string_view its_name, T number) : name{its_name}, value(number) {}
};
using LogFields = std::initializer_list<LogField>;

/// Where events are told. Thread-safe; never waits, never fails. Secrets are never told: a Secret
/// is no LogField, and errors carry none.
class Log {
public:
    virtual ~Log() = default;
    /// `event` names the kind for programs ("run.ended"), `words` are for people.
    virtual void write(LogLevel level, std::string_view event, std::string_view words,
                       LogFields fields) = 0;

    void info(std::string_view event, std::string_view words, LogFields fields = {}) {
        write(LogLevel::info, event, words, fields);
    }
    void warn(std::string_view event, std::string_view words, LogFields fields = {}) {
        write(LogLevel::warning, event, words, fields);
    }
    void error(std::string_view event, std::string_view words, LogFields fields = {}) {
        write(LogLevel::error, event, words, fields);
    }
};

/// A log that nobody reads. Lives for the whole process.
Log& no_log();

/// The longest line with its end. A pipe takes as much in one piece (PIPE_BUF), so that lines of
/// several processes do not mix.
constexpr std::size_t log_line_bytes_max = 4096;

/// One line, without its end, that is never longer and has no control characters.
std::string log_line(std::chrono::system_clock::time_point when, LogLevel level,
                     std::string_view event, std::string_view words, LogFields fields,
                     LogFormat format);

/// Writes lines to a descriptor on a thread of its own. Lines that come faster than they can be
/// written are counted instead. For the systemd journal each begins with its priority.
class LogWriter final : public Log {
public:
    /// `fd` stays open for as long.
    LogWriter(int fd, LogOptions options);
    /// Writes what waits, for a second at most.
    ~LogWriter() override;
    LogWriter(const LogWriter&) = delete;
    LogWriter& operator=(const LogWriter&) = delete;

    void write(LogLevel level, std::string_view event, std::string_view words,
               LogFields fields) override;

private:
    const int fd_;
    LogOptions options_;
    const bool to_journal_;

    std::mutex mutex_;
    std::condition_variable_any arrived_;
    std::deque<std::string> waiting_;
    std::uint64_t lost_ = 0;

    std::jthread thread_;  // last: uses all of the above

    void serve(const std::stop_token& stop);
    bool next(std::string& line, const std::stop_token& stop);
    std::string finished(LogLevel level, std::string line) const;
};

}  // namespace ds::sys
