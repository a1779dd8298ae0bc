#pragma once

#include <deque>
#include <mutex>

#include "jobs/service/office.hpp"

namespace ds::jobs {

constexpr std::size_t journal_lines_max = 2000;  // of one run; what comes later is counted only

/// What a run says while it works: its step and byte counts, and its log. Written to from any
/// thread, quickly; read and flushed by the runner's heartbeat.
class Journal final : public sys::Progress {
public:
    explicit Journal(sys::Clock& clock) : clock_{clock}, moved_{clock.now()} {}

    void step(std::string_view name) override;
    void expect(std::uint64_t bytes) override;
    void advance(std::uint64_t bytes_in, std::uint64_t bytes_out) override;
    void warn(std::string_view text) override;
    void note(std::string_view level, std::string text);

    model::RunProgress progress() const;
    /// When it last moved: for the stall limit.
    catalog::Time moved() const;
    std::vector<std::string> warnings() const;
    /// Lines since the last call, ready to be stored.
    std::vector<model::LogLine> take_lines(const model::Run& run);

private:
    sys::Clock& clock_;

    mutable std::mutex mutex_;
    model::RunProgress progress_;
    catalog::Time moved_;
    std::deque<model::LogLine> lines_;
    std::size_t lines_told_ = 0;
    std::vector<std::string> warnings_;

    void add_line(std::string_view level, std::string text);
};

}  // namespace ds::jobs
