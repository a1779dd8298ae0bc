#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>

#include "model/event.hpp"

namespace ds::notify::testing {

/// Events with everything awkward that a database's tools may say.
class RandomEvents {
public:
    explicit RandomEvents(std::uint64_t seed) : chance_{seed} {}

    model::Event next() {
        model::Event event;
        event.id = text(40);
        event.kind = below(3) == 0 ? text(60) : "backup.failed";
        event.severity = static_cast<model::Severity>(below(3));
        event.title = text(length());
        event.text = text(length());
        for (auto left = below(3) == 0 ? 100 : below(12); left > 0; --left) {
            event.fields.push_back({text(length()), text(length())});
        }
        event.organization = text(length());
        event.subject = text(length());
        event.at = below(4) == 0 ? text(20) : "2026-11-23T09:00:00Z";
        if (below(2) == 0) event.url = below(3) == 0 ? text(80) : "https://ds.example/runs/1?a=b&c";
        return event;
    }

private:
    std::mt19937_64 chance_;

    std::size_t below(std::size_t bound) { return chance_() % bound; }
    std::size_t length() {
        constexpr std::array<std::size_t, 8> lengths{0, 1, 30, 150, 257, 1100, 5000, 20'000};
        return lengths[below(lengths.size())];
    }
    std::string text(std::size_t points) {
        static constexpr std::array<std::string_view, 30> pieces{"a",
                                                                 "pg_dump ",
                                                                 "é",
                                                                 "漢",
                                                                 "😀",
                                                                 "👩‍👩‍👧",
                                                                 "\"",
                                                                 "\\",
                                                                 "<b>",
                                                                 "</b>",
                                                                 "&",
                                                                 "&amp;",
                                                                 "*",
                                                                 "_",
                                                                 "`",
                                                                 "```",
                                                                 "@everyone",
                                                                 "<!channel>",
                                                                 "\r\n",
                                                                 "\n.\n",
                                                                 "\t",
                                                                 "\x01",
                                                                 "\x7f",
                                                                 "\xff",
                                                                 "\xe2\x82",
                                                                 "\xed\xa0\x80",
                                                                 " ",
                                                                 "{{title}}",
                                                                 "<https://x|y>",
                                                                 "|"};
        std::string made;
        // One kind of piece over and over finds limits that a mixture averages away.
        const bool uniform = below(3) == 0;
        const auto chosen = below(pieces.size());
        for (std::size_t i = 0; i < points; ++i) {
            made += pieces[uniform ? chosen : below(pieces.size())];
        }
        if (below(8) == 0) made += std::string(1, '\0');
        return made;
    }
};

}  // namespace ds::notify::testing
