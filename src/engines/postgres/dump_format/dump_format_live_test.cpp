#include <algorithm>
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/postgres/dump_format/dump_format.hpp"
#include "engines/testing/pg_server.hpp"
#include "stream/stream.hpp"

/// The parser against what every pg_dump here really writes.
namespace ds::engines::postgres {
namespace {

using testing::PgServer;

class RealDump : public ::testing::TestWithParam<int> {
protected:
    void SetUp() override {
        DS_NEEDS_PG(GetParam(), false);
        if (!testing::fs::exists(tool("pg_dump"))) GTEST_SKIP() << "no pg_dump " << GetParam();
        server_ = std::make_unique<PgServer>(testing::PgOptions{.major = GetParam()});
        const auto folder = testing::source_directory() / "src/engines/testing";
        server_->load("postgres", folder / "format_roles.sql");
        server_->create_database("shop");
        server_->load("shop", folder / "format_sample.sql");
    }

    std::string tool(const std::string& name) const {
        return (testing::testbed_directory() / "pg" / std::to_string(GetParam()) / "bin" / name)
            .string();
    }
    std::string dump() const {
        return testing::must_run({tool("pg_dump"), "-Fc", "-Z0", "-h", "127.0.0.1", "-p",
                                  std::to_string(server_->port()), "-U", "postgres", "-d", "shop"});
    }
    const PgServer& server() const { return *server_; }

private:
    std::unique_ptr<PgServer> server_;
};

INSTANTIATE_TEST_SUITE_P(PgDump, RealDump, ::testing::Values(13, 15, 17, 18));

Result<DumpIndex> index_of(std::string_view text, std::size_t piece = MiB) {
    DumpParser parser;
    while (!text.empty()) {
        const auto part = text.substr(0, piece);
        DS_DO(parser.push(view_of(part)));
        text.remove_prefix(part.size());
    }
    return parser.finish();
}

DumpIndex must_index(std::string_view text, std::size_t piece = MiB) {
    auto index = index_of(text, piece);
    if (!index) throw std::runtime_error{index.error().message()};
    return *index;
}

RowHash hash_of_lines(std::string_view text, std::uint64_t& rows) {
    RowHash hash;
    while (!text.empty()) {
        const auto end = text.find('\n');
        hash.add(view_of(text.substr(0, end)));
        text.remove_prefix(end + 1);
        ++rows;
    }
    return hash;
}

/// "public.odd": where its rows are, by the COPY statement of the dump itself.
std::map<std::int32_t, std::string> copy_targets(const Toc& toc) {
    std::map<std::int32_t, std::string> targets;
    for (const auto& entry : toc.entries) {
        if (!entry.copy_stmt) continue;
        const auto begin = std::string_view{"COPY "}.size();
        targets[entry.dump_id] =
            entry.copy_stmt->substr(begin, entry.copy_stmt->find(" FROM stdin") - begin);
    }
    return targets;
}

TEST_P(RealDump, counts_and_hashes_what_the_server_has) {
    server().sql("shop", "INSERT INTO public.odd SELECT repeat('0123456789', 1000000)");
    const auto bytes = dump();
    const auto index = must_index(bytes);
    EXPECT_EQ(index.bytes, bytes.size());
    const auto toc = (**parse_toc(view_of(bytes), bytes.size())).first;
    const auto targets = copy_targets(toc);
    std::uint64_t rows_total = 0, blobs = 0;
    for (const auto& span : index.spans) {
        if (span.kind == SpanKind::blobs) blobs += span.rows;
        if (span.kind != SpanKind::rows) continue;
        std::uint64_t rows = 0;
        const auto lines =
            server().psql("shop", {"-c", "COPY " + targets.at(span.dump_id) + " TO STDOUT"});
        EXPECT_EQ(span.content, hash_of_lines(lines, rows).hex()) << span.object;
        EXPECT_EQ(span.rows, rows) << span.object;
        rows_total += rows;
    }
    EXPECT_EQ(targets.size(), 13U);
    EXPECT_EQ(rows_total, 500U + 500 + 901 + 1 + 1 + 1 + 2 + 9 + 1 + 1);
    EXPECT_EQ(blobs, 3U);
    for (const std::size_t piece : {1U, 7U, 4096U}) {
        EXPECT_EQ(first_difference(index, must_index(bytes, piece)), std::nullopt) << piece;
    }
}

TEST_P(RealDump, unwraps_to_what_copy_gives) {
    const auto bytes = dump();
    const auto targets = copy_targets((**parse_toc(view_of(bytes), bytes.size())).first);
    for (const auto& span : must_index(bytes).spans) {
        if (span.kind != SpanKind::rows) continue;
        stream::MemorySource block{[&] {
            Bytes copy;
            append(copy, view_of(bytes).subspan(span.offset, span.bytes));
            return copy;
        }()};
        std::string lines;
        const auto done = unwrap_rows([&](Room room) { return block.read(room); }, span.dump_id,
                                      [&](View piece) -> Status {
                                          lines += text_of(piece);
                                          return {};
                                      });
        ASSERT_TRUE(done) << done.error().message();
        EXPECT_EQ(lines,
                  server().psql("shop", {"-c", "COPY " + targets.at(span.dump_id) + " TO STDOUT"}));
    }
}

TEST_P(RealDump, its_table_of_contents_is_written_to_the_byte) {
    const auto bytes = dump();
    const auto parsed = parse_toc(view_of(bytes), bytes.size());
    ASSERT_TRUE(parsed && *parsed);
    const auto& [toc, length] = **parsed;
    EXPECT_EQ(text_of(write_toc(toc)), bytes.substr(0, length));
    EXPECT_EQ(toc.database, "shop");
}

TEST_P(RealDump, a_cut_is_always_corruption) {
    const auto bytes = dump();
    const auto step = std::max<std::size_t>(1, bytes.size() / 1500);
    for (std::size_t cut = 0; cut < bytes.size(); cut += step) {
        const auto index = index_of(std::string_view{bytes}.substr(0, cut));
        ASSERT_FALSE(index) << cut;
        EXPECT_EQ(index.error().code(), Code::corrupt) << cut << ": " << index.error().message();
    }
    // Between the blocks too.
    for (const auto& span : must_index(bytes).spans) {
        EXPECT_FALSE(index_of(std::string_view{bytes}.substr(0, span.offset))) << span.object;
    }
}

TEST_P(RealDump, no_mutation_goes_unnoticed) {
    const auto bytes = dump();
    const auto right = must_index(bytes);
    std::mt19937 random{20261123};
    const auto below = [&](std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>{0, bound - 1}(random);
    };
    std::size_t refused = 0;
    for (int round = 0; round < 2000; ++round) {
        auto other = bytes;
        const auto at = below(other.size());
        switch (below(4)) {
            case 0: other[at] = static_cast<char>(other[at] ^ (1 << below(8))); break;
            case 1: other.erase(at, 1 + below(20)); break;
            case 2: other.insert(at, 1 + below(20), static_cast<char>(below(256))); break;
            default: std::swap(other[at], other[below(other.size())]); break;
        }
        if (other == bytes) continue;
        const auto index = index_of(other);
        refused += index ? 0 : 1;
        ASSERT_TRUE(!index || first_difference(right, *index)) << "round " << round << " at " << at;
    }
    EXPECT_GT(refused, 100U);
}

}  // namespace
}  // namespace ds::engines::postgres
