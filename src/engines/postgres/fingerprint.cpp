#include "engines/postgres/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "engines/postgres/utf8.hpp"

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

Result<std::vector<ObjectMark>> read_object_marks(Connection& connection) {
    std::vector<ObjectMark> marks;
    for (const auto& query : mark_queries()) {
        if (connection.major() < query.since || connection.major() >= query.before) continue;
        DS_DO(connection
                  .each(query.sql, {},
                        [&](Row& row) -> Status {
                            const std::string_view text =
                                row[1] ? std::string_view{*row[1]} : std::string_view{};
                            const auto definition =
                                query.loose ? loosened(text) : std::string{text};
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
