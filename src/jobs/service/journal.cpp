#include "jobs/service/journal.hpp"

#include <fmt/format.h>

namespace ds::jobs {

namespace {
constexpr std::size_t line_bytes_max = 2000;
constexpr std::size_t warnings_max = 50;
}  // namespace

void Journal::step(std::string_view name) {
    const std::lock_guard lock{mutex_};
    progress_ = {std::string{name}, 0, 0, 0};
    moved_ = clock_.now();
    add_line("info", std::string{name});
}

void Journal::expect(std::uint64_t bytes) {
    const std::lock_guard lock{mutex_};
    progress_.bytes_expected = bytes;
}

void Journal::advance(std::uint64_t bytes_in, std::uint64_t bytes_out) {
    const std::lock_guard lock{mutex_};
    progress_.bytes_in += bytes_in;
    progress_.bytes_out += bytes_out;
    moved_ = clock_.now();
}

void Journal::warn(std::string_view text) {
    const std::lock_guard lock{mutex_};
    if (warnings_.size() < warnings_max) warnings_.push_back(printable(text, line_bytes_max));
    add_line("warning", std::string{text});
}

void Journal::note(std::string_view level, std::string text) {
    const std::lock_guard lock{mutex_};
    add_line(level, std::move(text));
}

model::RunProgress Journal::progress() const {
    const std::lock_guard lock{mutex_};
    return progress_;
}

catalog::Time Journal::moved() const {
    const std::lock_guard lock{mutex_};
    return moved_;
}

std::vector<std::string> Journal::warnings() const {
    const std::lock_guard lock{mutex_};
    return warnings_;
}

std::vector<model::LogLine> Journal::take_lines(const model::Run& run) {
    const std::lock_guard lock{mutex_};
    std::vector<model::LogLine> lines{lines_.begin(), lines_.end()};
    lines_.clear();
    for (auto& line : lines) {
        line.organization = run.organization;
        line.run = run.id;
    }
    return lines;
}

void Journal::add_line(std::string_view level, std::string text) {
    if (++lines_told_ > journal_lines_max) return;
    if (lines_told_ == journal_lines_max) text = "the log is full: what follows is not kept";
    model::LogLine line;
    catalog::begin_record(line, {}, clock_.now());
    line.level = level;
    line.text = printable(text, line_bytes_max);
    lines_.push_back(std::move(line));
}

}  // namespace ds::jobs
