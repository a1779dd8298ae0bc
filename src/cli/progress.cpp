#include "cli/progress.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::cli {
namespace {

using std::chrono::milliseconds;

constexpr auto live_interval = milliseconds{100};
constexpr auto plain_interval = milliseconds{10'000};
constexpr auto json_interval = milliseconds{500};
constexpr int bar_cells = 20;

std::string bar(double share) {
    constexpr std::array eighths{" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const auto filled = static_cast<int>(share * bar_cells * 8);
    std::string text;
    for (int i = 0; i < filled / 8; ++i) text += "█";
    if (filled / 8 < bar_cells) {
        text += eighths[static_cast<std::size_t>(filled % 8)];
        text.append(static_cast<std::size_t>(bar_cells - filled / 8 - 1), ' ');
    }
    return text;
}

milliseconds elapsed_since(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
}

}  // namespace

std::string progress_text(std::uint64_t expected, std::uint64_t bytes_in, std::uint64_t bytes_out,
                          milliseconds elapsed) {
    const auto seconds = std::max(0.001, static_cast<double>(elapsed.count()) / 1000);
    const auto rate = static_cast<double>(bytes_in) / seconds;
    std::string text;
    if (expected > 0) {
        // The estimate is the size on the server's disk; a dump may be larger or smaller, so 99 %
        // is all we claim.
        const auto share =
            std::min(0.99, static_cast<double>(bytes_in) / static_cast<double>(expected));
        text += fmt::format("{:2.0f} %  {}  ", share * 100, bar(share));
    }
    text += fmt::format("{}  {}/s", human_bytes(bytes_in),
                        human_bytes(static_cast<std::uint64_t>(rate)));
    if (bytes_out > 0) {
        text += fmt::format("  {:.1f} : 1",
                            static_cast<double>(bytes_in) / static_cast<double>(bytes_out));
    }
    if (expected > bytes_in && rate > 0 && elapsed > milliseconds{1000}) {
        const auto left = static_cast<double>(expected - bytes_in) / rate;
        text += "  " + human_duration(std::chrono::seconds{static_cast<std::int64_t>(left) + 1}) +
                " left";
    }
    return text;
}

ShownProgress::ShownProgress(const Console& console, ProgressStyle style) : style_{style} {
    if (style_ == ProgressStyle::automatic && !console.stderr_is_terminal())
        style_ = ProgressStyle::plain;
    if (style_ == ProgressStyle::plain && console.json()) style_ = ProgressStyle::none;
    state_.began = std::chrono::steady_clock::now();
    if (style_ != ProgressStyle::none)
        thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

ShownProgress::~ShownProgress() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
    if (line_shown_) fmt::print(stderr, "\r\x1b[K");
}

void ShownProgress::step(std::string_view name) {
    const std::lock_guard lock{mutex_};
    if (style_ == ProgressStyle::plain) fmt::print(stderr, "{} …\n", name);
    state_ = {std::string{name}, 0, 0, 0, std::chrono::steady_clock::now()};
    wake_.notify_all();
}

void ShownProgress::expect(std::uint64_t bytes) {
    const std::lock_guard lock{mutex_};
    state_.expected = bytes;
}

void ShownProgress::advance(std::uint64_t bytes_in, std::uint64_t bytes_out) {
    const std::lock_guard lock{mutex_};
    state_.bytes_in += bytes_in;
    state_.bytes_out += bytes_out;
}

void ShownProgress::warn(std::string_view text) {
    const std::lock_guard lock{mutex_};
    if (style_ == ProgressStyle::json) {
        fmt::print(stderr, "{}\n",
                   json::to_text(json::bj::object{{"type", "warning"}, {"text", text}}));
    } else if (style_ != ProgressStyle::none) {
        fmt::print(stderr, "{}note: {}\n", style_ == ProgressStyle::automatic ? "\r\x1b[K" : "",
                   printable(text, 1000));
    }
}

void ShownProgress::run(const std::stop_token& stop) {
    const auto interval = style_ == ProgressStyle::automatic ? live_interval
                          : style_ == ProgressStyle::json    ? json_interval
                                                             : plain_interval;
    std::unique_lock lock{mutex_};
    while (!stop.stop_requested()) {
        wake_.wait_for(lock, stop, interval, [] { return false; });
        if (stop.stop_requested()) break;
        const auto state = state_;
        lock.unlock();
        show(state);
        lock.lock();
    }
}

void ShownProgress::show(const State& state) {
    if (state.step.empty()) return;
    if (style_ == ProgressStyle::automatic) {
        show_live(state);
    } else if (style_ == ProgressStyle::json) {
        fmt::print(
            stderr, "{}\n",
            json::to_text(json::bj::object{{"type", "progress"},
                                           {"step", state.step},
                                           {"bytes_in", state.bytes_in},
                                           {"bytes_out", state.bytes_out},
                                           {"bytes_expected", state.expected},
                                           {"milliseconds", elapsed_since(state.began).count()}}));
    } else if (state.bytes_in > 0) {
        fmt::print(stderr, "{}  {}\n", state.step,
                   progress_text(state.expected, state.bytes_in, state.bytes_out,
                                 elapsed_since(state.began)));
    }
}

void ShownProgress::show_live(const State& state) {
    const auto numbers = state.bytes_in == 0
                             ? std::string{"…"}
                             : progress_text(state.expected, state.bytes_in, state.bytes_out,
                                             elapsed_since(state.began));
    fmt::print(stderr, "\r\x1b[K  {}  {}", state.step, numbers);
    std::fflush(stderr);
    line_shown_ = true;
}

}  // namespace ds::cli
