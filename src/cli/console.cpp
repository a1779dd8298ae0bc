#include "cli/console.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"

namespace ds::cli {
namespace {

/// Letters as a terminal counts them, near enough: UTF-8 continuation bytes take no room.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    }));
}

}  // namespace

Console::Console(bool json, bool colour_wanted)
    : json_{json},
      out_tty_{::isatty(1) == 1},
      err_tty_{::isatty(2) == 1},
      colour_{colour_wanted && out_tty_ && std::getenv("NO_COLOR") == nullptr} {}

void Console::line(std::string_view text) const {
    if (json_) return;
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fputc('\n', stdout);
}

void Console::result(json::Value fields) const {
    if (!json_) return;
    json::bj::object object{{"type", "result"}};
    for (auto& [key, value] : fields.as_object()) object.emplace(key, std::move(value));
    fmt::print("{}\n", json::to_text(object));
}

ExitStatus Console::error(const Error& error) const {
    std::fflush(stdout);
    if (json_) {
        json::bj::object object{
            {"type", "error"}, {"code", name_of(error.code())}, {"message", error.message()}};
        if (!error.hint().empty()) object.emplace("hint", error.hint());
        fmt::print(stderr, "{}\n", json::to_text(object));
    } else {
        fmt::print(stderr, "dumpstation: {}\n", printable(error.message(), 2000));
        if (!error.hint().empty()) fmt::print(stderr, "hint: {}\n", printable(error.hint(), 2000));
    }
    return exit_status_of(error.code());
}

void Console::note(std::string_view text) const {
    if (!json_) fmt::print(stderr, "note: {}\n", printable(text, 2000));
}

std::string Console::styled(std::string_view code, std::string_view text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string{text};
}

void Console::table(const std::vector<std::vector<std::string>>& rows,
                    const std::vector<bool>& right_aligned) const {
    std::vector<std::size_t> widths(right_aligned.size(), 0);
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width_of(row[i]));
    }
    for (const auto& row : rows) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string gap(widths[i] - width_of(row[i]), ' ');
            const auto cell = right_aligned[i]     ? gap + row[i]
                              : i + 1 < row.size() ? row[i] + gap
                                                   : row[i];
            text += (i == 0 ? "" : "  ") + cell;
        }
        line(&row == &rows.front() ? bold(text) : text);
    }
}

}  // namespace ds::cli
