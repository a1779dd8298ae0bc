#include "engines/postgres/physical/page.hpp"

#include <array>
#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "base/text.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t lanes = 32;
constexpr std::uint32_t prime = 16'777'619;
constexpr std::size_t checksum_at = 8, upper_at = 14;

constexpr std::array<std::uint32_t, lanes> beginnings{
    0x5B1F36E9, 0xB8525960, 0x02AB50AA, 0x1DE66D2A, 0x79FF467A, 0x9BB9F8A3, 0x217E7CD2, 0x83E13D2C,
    0xF8D4474F, 0xE39EB970, 0x42C6AE16, 0x993216FA, 0x7B093B5D, 0x98DAFF3C, 0xF718902A, 0x0B1C9CDB,
    0xE58F764B, 0x187636BC, 0x5D7B3BB1, 0xE73DE7DE, 0x92BEC979, 0xCCA6C0B2, 0x304A0979, 0x85AA43D4,
    0x783125BB, 0x6CA8EAA2, 0xE407EAC6, 0x4B5CFC3E, 0x9FBF8C76, 0x15CA20BE, 0xF2CA9FD3, 0x959BD756};

std::uint32_t mixed(std::uint32_t sum, std::uint32_t word) {
    const auto crossed = sum ^ word;
    return (crossed * prime) ^ (crossed >> 17);
}

template <class Number>
Number number_at(View bytes, std::size_t at) {
    Number number{};
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

Lsn lsn_of(View page) {
    return Lsn{number_at<std::uint32_t>(page, 0)} << 32 | number_at<std::uint32_t>(page, 4);
}

std::optional<std::uint64_t> number_of(std::string_view text, int base = 10) {
    std::uint64_t number = 0;
    const auto [end, problem] =
        std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (problem != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

/// Whether files below it are relations': "base/5", "global", "PG_17_202406281/5".
bool holds_relations(std::string_view directory) {
    if (directory == "global") return true;
    const auto slash = directory.find('/');
    if (slash == std::string_view::npos) return false;
    const auto above = directory.substr(0, slash);
    return (above == "base" || above.starts_with("PG_")) &&
           number_of(directory.substr(slash + 1)).has_value();
}

}  // namespace

std::optional<Lsn> parse_lsn(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || slash > 8 || text.size() - slash > 9) return {};
    const auto high = number_of(text.substr(0, slash), 16);
    const auto low = number_of(text.substr(slash + 1), 16);
    if (!high || !low) return {};
    return *high << 32 | *low;
}

std::string text_of_lsn(Lsn lsn) { return fmt::format("{:X}/{:X}", lsn >> 32, lsn & 0xFFFFFFFFU); }

std::uint16_t page_checksum(View page, std::uint32_t block) {
    std::array<std::uint32_t, page_bytes / sizeof(std::uint32_t)> words{};
    std::memcpy(words.data(), page.data(), page_bytes);
    // The field itself counts as zero: the lower half of the third word.
    words[checksum_at / sizeof(std::uint32_t)] &= 0xFFFF0000U;
    auto sums = beginnings;
    for (std::size_t row = 0; row < words.size(); row += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane)
            sums[lane] = mixed(sums[lane], words[row + lane]);
    }
    for (int round = 0; round < 2; ++round) {
        for (auto& sum : sums) sum = mixed(sum, 0);
    }
    std::uint32_t sum = 0;
    for (const auto one : sums) sum ^= one;
    return static_cast<std::uint16_t>((sum ^ block) % 65535 + 1);
}

PageState check_page(View page, std::uint32_t block, Lsn began) {
    if (number_at<std::uint16_t>(page, upper_at) == 0) return PageState::empty;
    if (lsn_of(page) >= began) return PageState::newer;
    const bool right = number_at<std::uint16_t>(page, checksum_at) == page_checksum(page, block);
    return right ? PageState::sound : PageState::damaged;
}

std::optional<std::uint32_t> first_block_of(std::string_view path) {
    const auto slash = path.rfind('/');
    if (slash == std::string_view::npos || !holds_relations(path.substr(0, slash))) return {};
    auto name = path.substr(slash + 1);
    std::uint64_t segment = 0;
    if (const auto dot = name.find('.'); dot != std::string_view::npos) {
        const auto number = number_of(name.substr(dot + 1));
        if (!number || *number >= UINT32_MAX / segment_pages) return {};
        segment = *number;
        name = name.substr(0, dot);
    }
    for (const std::string_view fork : {"_fsm", "_vm", "_init"}) {
        if (name.ends_with(fork)) name.remove_suffix(fork.size());
    }
    if (!number_of(name)) return {};
    return static_cast<std::uint32_t>(segment * segment_pages);
}

}  // namespace ds::engines::postgres
