#include "stream/lines.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace ds::stream {
namespace {

constexpr std::size_t buffer_bytes = 64 * KiB;

}  // namespace

Result<std::optional<std::string>> Lines::next() {
    buffer_.resize(buffer_bytes);
    std::string line;
    bool any = false;
    for (;;) {
        if (at_ == have_) {
            at_ = 0;
            DS_TRY(have_, source_.read(buffer_));
            if (have_ == 0) return any ? std::optional{std::move(line)} : std::nullopt;
        }
        any = true;
        const auto text = text_of(View{buffer_}.subspan(at_, have_ - at_));
        const auto end = text.find('\n');
        const auto piece = text.substr(0, end);
        if (line.size() + piece.size() > line_bytes_max_)
            return fail(Code::corrupt, "a line is longer than " + human_bytes(line_bytes_max_));
        line += piece;
        at_ += piece.size();
        if (end == std::string_view::npos) continue;
        ++at_;
        return std::optional{std::move(line)};
    }
}

}  // namespace ds::stream
