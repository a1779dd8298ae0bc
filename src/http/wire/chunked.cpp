#include "http/wire/chunked.hpp"

#include <algorithm>
#include <charconv>

namespace ds::http::wire {
namespace {

constexpr std::size_t line_bytes_max = 1024;     // a size with its extensions, or one trailer
constexpr std::size_t trailer_bytes_max = 8192;  // all of them

Refusal malformed() { return {400, "malformed chunk"}; }

}  // namespace

/// Moves one line with its CR LF, or what there is of it, into line_. True: it is whole.
bool ChunkedBody::take_line(std::string_view& bytes) {
    const auto feed = bytes.find('\n');
    const auto whole = feed != std::string_view::npos;
    const auto used = std::min(whole ? feed + 1 : bytes.size(), line_bytes_max + 1 - line_.size());
    line_.append(bytes.substr(0, used));
    bytes.remove_prefix(used);
    return line_.ends_with('\n');
}

Refused ChunkedBody::take(std::string_view& bytes, std::string& body) {
    while (!bytes.empty() && !done()) {
        if (step_ == Step::data) {
            const auto used = std::min(left_, bytes.size());
            body.append(bytes.substr(0, used));
            bytes.remove_prefix(used);
            left_ -= used;
            if (left_ == 0) step_ = Step::data_end;
            continue;
        }
        if (!take_line(bytes)) {
            if (line_.size() > line_bytes_max) return malformed();
            continue;
        }
        if (!line_.ends_with("\r\n")) return malformed();
        line_.resize(line_.size() - 2);
        if (auto refused = end_line(body.size())) return refused;
        line_.clear();
    }
    return {};
}

Refused ChunkedBody::end_line(std::size_t body_bytes) {
    if (step_ == Step::size) return begin_chunk(body_bytes);
    if (step_ == Step::trailer) return end_trailer();
    if (!line_.empty()) return malformed();
    step_ = Step::size;
    return {};
}

Refused ChunkedBody::begin_chunk(std::size_t body_bytes) {
    std::uint64_t size = 0;
    const char* const end = line_.data() + line_.size();
    const auto [after, error] = std::from_chars(line_.data(), end, size, 16);
    if (error == std::errc::result_out_of_range) return Refusal{413, "the body is too long"};
    const std::string_view extension{after, static_cast<std::size_t>(end - after)};
    const bool extended = extension.empty() || extension.front() == ';';
    if (error != std::errc{} || !extended || !is_field_value(extension)) return malformed();
    if (size > body_bytes_max_ - body_bytes) return Refusal{413, "the body is too long"};
    left_ = size;
    step_ = size == 0 ? Step::trailer : Step::data;
    return {};
}

Refused ChunkedBody::end_trailer() {
    if (line_.empty()) {
        step_ = Step::done;
        return {};
    }
    trailer_bytes_ += line_.size();
    if (trailer_bytes_ > trailer_bytes_max) return Refusal{431, "too many trailers"};
    Headers dropped;
    return parse_field(line_, dropped);
}

}  // namespace ds::http::wire
