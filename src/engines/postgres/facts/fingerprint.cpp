#include "engines/postgres/facts/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "engines/postgres/connection/utf8.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t hash_digits = 16;

// Longest first, so that the array's cast is not taken for the element's.
constexpr std::array text_casts{std::string_view{"::charactervarying[]"},
                                std::string_view{"::charactervarying"},
                                std::string_view{"::text[]"},
                                std::string_view{"::text"},
                                std::string_view{"::bpchar[]"},
                                std::string_view{"::bpchar"}};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// Length of the name at the start; 0 if there is none. A text in single quotes counts as one, so
// that what is in it is not looked at.
std::size_t name_bytes(std::string_view text) {
    if (text.empty()) return 0;
    if (text[0] == '"' || text[0] == '\'') {
        const auto end = text.find(text[0], 1);
        return end == std::string_view::npos ? text.size() : end + 1;
    }
    if (!is_letter(text[0])) return 0;
    std::size_t bytes = 1;
    while (bytes < text.size() &&
           (is_letter(text[bytes]) || (text[bytes] >= '0' && text[bytes] <= '9')))
        ++bytes;
    return bytes;
}

std::string normalised(Normal normal, std::string_view text) {
    switch (normal) {
        case Normal::loose: return loosened(text);
        case Normal::unqualified: return unqualified(text);
        case Normal::exact: break;
    }
    return std::string{text};
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '(' || c == ')'; }

}  // namespace

std::string loosened(std::string_view expression) {
    std::string bare;
    bare.reserve(expression.size());
    char quote = '\0';
    for (const char c : expression) {
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (is_blank(c)) {
            continue;
        }
        bare += c;
    }
    for (const auto cast : text_casts) {
        for (auto at = bare.find(cast); at != std::string::npos; at = bare.find(cast, at)) {
            bare.erase(at, cast.size());
        }
    }
    return bare;
}

std::string unqualified(std::string_view text) {
    std::string bare;
    for (std::size_t at = 0; at < text.size();) {
        const auto bytes = name_bytes(text.substr(at));
        const auto after = at + bytes;
        const bool qualifies = bytes > 0 && after + 1 < text.size() && text[after] == '.' &&
                               name_bytes(text.substr(after + 1)) > 0;
        if (!qualifies) bare += text.substr(at, std::max<std::size_t>(bytes, 1));
        at = qualifies ? after + 1 : at + std::max<std::size_t>(bytes, 1);
    }
    return loosened(bare);
}

Result<std::vector<ObjectMark>> read_object_marks(Connection& connection) {
    std::vector<ObjectMark> marks;
    for (const auto& query : mark_queries()) {
        if (connection.major() < query.since || connection.major() >= query.before) continue;
        DS_DO(connection
                  .each(query.sql, {},
                        [&](Row& row) -> Status {
                            const std::string_view text =
                                row[1] ? std::string_view{*row[1]} : std::string_view{};
                            const auto definition = normalised(query.normal, text);
                            marks.push_back(
                                {std::string{query.kind}, utf8_safe(row[0].value_or("")),
                                 crypto::sha256_hex(view_of(definition)).substr(0, hash_digits)});
                            return {};
                        })
                  .while_doing(fmt::format("reading the definitions ({})", query.kind)));
    }
    std::sort(marks.begin(), marks.end(), [](const ObjectMark& a, const ObjectMark& b) {
        return std::tie(a.kind, a.identity, a.hash) < std::tie(b.kind, b.identity, b.hash);
    });
    return marks;
}

std::string fingerprint_of(const std::vector<ObjectMark>& marks) {
    crypto::Sha256 sum;
    for (const auto& mark : marks) {
        sum.update(view_of(fmt::format("{}\t{}\t{}\n", mark.kind, mark.identity, mark.hash)));
    }
    return sum.finish_hex();
}

}  // namespace ds::engines::postgres
