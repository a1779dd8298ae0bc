#include "stores/s3/range_source.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "stores/s3/linked_stop.hpp"
#include "stream/ordered.hpp"

namespace ds::stores::s3 {
namespace {

constexpr std::uint64_t piece_bytes = 8 * MiB;
// Who opens without an end may want only the beginning.
constexpr std::uint64_t first_piece_bytes = MiB;
constexpr stream::Lanes read_ahead{2, 3};

struct Piece {
    Bytes body;
    std::uint64_t total = 0;  // size of the whole object
    std::string etag;
};

struct Span {
    std::uint64_t begin = 0;
    std::uint64_t bytes = 0;
};

/// "bytes 0-99/1234"
struct ContentRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t total = 0;
};

std::optional<ContentRange> parse_content_range(std::string_view text) {
    if (!text.starts_with("bytes ")) return {};
    text.remove_prefix(6);
    const auto dash = text.find('-');
    const auto slash = text.find('/');
    if (dash == std::string_view::npos || slash == std::string_view::npos || dash > slash)
        return {};
    const auto first = parse_unsigned(text.substr(0, dash), "first");
    const auto last = parse_unsigned(text.substr(dash + 1, slash - dash - 1), "last");
    const auto total = parse_unsigned(text.substr(slash + 1), "total");
    if (!first || !last || !total) return {};
    return ContentRange{*first, *last, *total};
}

Error wrong_piece(const Span& asked, std::string_view got) {
    return fail(Code::corrupt, fmt::format("asked for {} bytes from {}, the server gives {}",
                                           asked.bytes, asked.begin, printable(got, 80)));
}

Error changed() {
    return fail(Code::conflict, "the object was replaced while it was read",
                "Read it again from its beginning.");
}

Result<Piece> read_piece(net::HttpResponse response, const Span& asked) {
    Piece piece{std::move(response.body), 0, response.header("etag").value_or("")};
    if (response.status == 200) {
        // A server that ignores ranges is only right by chance.
        if (asked.begin != 0 || piece.body.size() > asked.bytes)
            return wrong_piece(asked, "the whole object");
        piece.total = piece.body.size();
        return piece;
    }
    const auto text = response.header("content-range").value_or("");
    const auto range = parse_content_range(text);
    if (!range || range->total == 0) return wrong_piece(asked, text.empty() ? "no range" : text);
    const auto last = std::min(asked.begin + asked.bytes, range->total) - 1;
    if (range->first != asked.begin || range->last != last || range->last < range->first)
        return wrong_piece(asked, text);
    if (piece.body.size() != last - asked.begin + 1) {
        return wrong_piece(asked, fmt::format("{} bytes", piece.body.size()));
    }
    piece.total = range->total;
    return piece;
}

/// `etag` empty: any version. A range behind the end gives an empty piece.
Result<Piece> fetch(Client& client, const std::string& key, const Span& asked,
                    const std::string& etag, const std::stop_token& stop) {
    Call call{.what = fmt::format("reading {}", key),
              .permission = "s3:GetObject and s3:ListBucket",
              .key = key,
              .headers = {{"Range",
                           fmt::format("bytes={}-{}", asked.begin, asked.begin + asked.bytes - 1)}},
              .answer_bytes_max =
                  static_cast<std::size_t>(std::max<std::uint64_t>(asked.bytes, 64 * KiB)),
              .fine = 416};
    if (!etag.empty()) call.headers.emplace_back("If-Match", etag);
    auto response = client.call(call, stop);
    if (!response && response.error().code() == Code::exists)
        return changed().while_doing(call.what);
    if (!response) return Error{std::move(response.error())};
    if (response->status == 416) {
        if (!etag.empty()) return changed().while_doing(call.what);
        return Piece{};
    }
    auto piece = read_piece(std::move(*response), asked);
    if (piece && !etag.empty() && piece->etag != etag) return changed().while_doing(call.what);
    return std::move(piece).while_doing(call.what);
}

class RangeSource final : public stream::Source {
public:
    /// `first` begins at `range.begin`; range.bytes is what is to be read in all.
    RangeSource(Client& client, const sys::Run& run, std::string key, const Span& range,
                Piece first)
        : client_{client},
          run_{run},
          key_{std::move(key)},
          etag_{first.etag},
          total_{first.total},
          stop_{run.stop},
          first_{std::move(first.body)} {
        rest_ = {range.begin + first_.size(), range.bytes - first_.size()};
    }

    ~RangeSource() override {
        stop_.request_stop();
        ahead_.reset();
    }

    Result<std::size_t> read(Room room) override {
        DS_DO(run_.check());
        if (at_ < first_.size()) {
            const auto count = std::min(room.size(), first_.size() - at_);
            std::copy_n(first_.begin() + static_cast<std::ptrdiff_t>(at_), count, room.begin());
            at_ += count;
            return count;
        }
        if (rest_.bytes == 0) return 0;
        if (!ahead_) begin_ahead();
        return ahead_->read(room);
    }

private:
    Client& client_;
    const sys::Run run_;
    const std::string key_;
    const std::string etag_;
    const std::uint64_t total_;
    LinkedStop stop_;
    Bytes first_;
    std::size_t at_ = 0;
    Span rest_;                 // behind `first_`
    std::uint32_t pieces_ = 0;  // handed out to the fetching threads
    std::unique_ptr<stream::OrderedSource> ahead_;

    void begin_ahead() {
        first_ = Bytes{};
        at_ = 0;
        ahead_ = std::make_unique<stream::OrderedSource>(
            read_ahead,
            [this](Bytes& block) -> Result<bool> {
                if (pieces_ * piece_bytes >= rest_.bytes) return false;
                append_le32(block, pieces_++);
                return true;
            },
            [this] {
                return [this](Bytes& in, Bytes& out) {
                    return fetch_ahead(load_le32(in.data()), out);
                };
            });
    }

    /// Runs on the fetching threads, so it touches nothing that changes.
    Status fetch_ahead(std::uint32_t number, Bytes& out) const {
        const auto skip = number * piece_bytes;
        const Span asked{rest_.begin + skip, std::min(piece_bytes, rest_.bytes - skip)};
        DS_TRY(auto piece, fetch(client_, key_, asked, etag_, stop_.token()));
        if (piece.total != total_ || piece.body.size() != asked.bytes)
            return changed().while_doing("reading " + key_);
        out = std::move(piece.body);
        return {};
    }
};

}  // namespace

Result<stream::SourcePtr> open_object(Client& client, const sys::Run& run, const std::string& key,
                                      Range range) {
    constexpr std::uint64_t object_bytes_max = 1ULL << 50;
    const auto wanted = std::min(range.bytes.value_or(object_bytes_max), object_bytes_max);
    if (range.offset > object_bytes_max)
        return fail(Code::invalid, "the range begins behind every object");
    // An empty range still has to find out whether the object exists.
    const auto first_bytes =
        std::max<std::uint64_t>(std::min(wanted, range.bytes ? piece_bytes : first_piece_bytes), 1);
    DS_TRY(auto first, fetch(client, key, {range.offset, first_bytes}, {}, run.stop));
    if (wanted == 0) first.body.clear();
    const auto available = first.total > range.offset ? first.total - range.offset : 0;
    const Span span{range.offset, std::min(wanted, available)};
    return std::make_unique<RangeSource>(client, run, key, span, std::move(first));
}

}  // namespace ds::stores::s3
