#include "engines/postgres/proof/proof_compare.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "crypto/sha256.hpp"
#include "engines/postgres/connection/sessions.hpp"
#include "engines/postgres/dump_format/row_hash.hpp"

namespace ds::engines::postgres {
namespace {

constexpr std::size_t named_max = 20;

void add_detail(Check& check, std::size_t differences, const std::string& what) {
    check.ok = false;
    if (differences > named_max) return;
    if (!check.detail.empty()) check.detail += "; ";
    check.detail += differences == named_max ? "and more" : what;
}

std::uint64_t bytes_in(const Facts& facts) {
    std::uint64_t sum = 0;
    for (const auto& table : facts.tables) sum += table.bytes;
    return sum;
}

// About equally many bytes for each session: largest tables first, each to the one with the least.
std::vector<Facts> shares_of(const Facts& facts, const Facts& expected, unsigned jobs) {
    std::map<std::pair<std::string, std::string>, std::uint64_t> sizes;
    for (const auto& table : expected.tables) sizes[{table.schema, table.name}] = table.bytes;
    auto tables = facts.tables;
    for (auto& table : tables) table.bytes = sizes[{table.schema, table.name}];
    std::sort(tables.begin(), tables.end(),
              [](const TableFacts& a, const TableFacts& b) { return a.bytes > b.bytes; });
    std::vector<Facts> shares(
        std::clamp<std::size_t>(jobs, 1, std::max<std::size_t>(tables.size(), 1)));
    for (auto& share : shares) share.encoding = facts.encoding;
    for (auto& table : tables) {
        auto least = std::min_element(
            shares.begin(), shares.end(),
            [](const Facts& a, const Facts& b) { return bytes_in(a) < bytes_in(b); });
        least->tables.push_back(std::move(table));
    }
    return shares;
}

Status hash_in_parallel(const ConnectionInfo& info, Facts& facts, const Facts& expected,
                        unsigned jobs, const sys::Run& run) {
    auto shares = shares_of(facts, expected, jobs);
    const auto work = [&](Connection& connection, const NextItem& next, const sys::Run&) -> Status {
        while (const auto item = next()) DS_DO(hash_rows(connection, shares[*item], expected));
        return {};
    };
    DS_DO(share_among_sessions(info, jobs, shares.size(), work, run));
    facts.tables.clear();
    for (auto& share : shares) {
        std::move(share.tables.begin(), share.tables.end(), std::back_inserter(facts.tables));
    }
    return {};
}

// Adds up the objects as the dump's reader does: oid and SHA-256 of each.
class LargeObjectSum {
public:
    Status page(std::uint32_t oid, std::optional<std::uint64_t> number, const std::string& hex) {
        if (!open_ || oid != oid_) {
            close();
            open_ = true;
            oid_ = oid;
            length_ = 0;
        }
        if (!number) return {};
        // Pages, or ends of pages, that were never written read as zeros.
        constexpr std::uint64_t page_bytes = 2048;  // LOBLKSIZE
        static const Bytes zeros(page_bytes);
        for (const auto begin = *number * page_bytes; length_ < begin;) {
            const auto count = std::min<std::uint64_t>(begin - length_, page_bytes);
            sha_.update(View{zeros}.first(static_cast<std::size_t>(count)));
            length_ += count;
        }
        DS_TRY(const auto bytes,
               from_hex(std::string_view{hex}.substr(std::min<std::size_t>(2, hex.size()))));
        sha_.update(bytes);
        length_ += bytes.size();
        return {};
    }
    void close() {
        if (!open_) return;
        Bytes summary;
        append_le32(summary, oid_);
        append(summary, sha_.finish());
        content_.add(summary);
        ++objects_;
        open_ = false;
    }
    std::uint64_t objects() const { return objects_; }
    const RowHash& content() const { return content_; }

private:
    bool open_ = false;
    std::uint32_t oid_ = 0;
    std::uint64_t length_ = 0, objects_ = 0;
    crypto::Sha256 sha_;
    RowHash content_;
};

Status add_hex(RowHash& sum, const std::string& hex) {
    if (hex.size() != 32) return fail(Code::corrupt, "a content hash in the index is not 128 bits");
    DS_TRY(const auto bytes, from_hex(hex));
    std::uint64_t halves[2] = {};
    for (std::size_t i = 0; i < 16; ++i)
        halves[i / 8] = halves[i / 8] << 8 | std::to_integer<std::uint64_t>(bytes[i]);
    sum.add_hash(halves[1], halves[0]);
    return {};
}

struct Target {
    std::string oid, name;
};

Result<std::vector<Target>> targets(Connection& connection, const char* sql) {
    std::vector<Target> all;
    DS_DO(connection.each(sql, {}, [&](Row& row) -> Status {
        all.push_back({row[0].value_or(""), row[1].value_or("")});
        return {};
    }));
    return all;
}

// Asks one question of each; `sql` takes the oid and gives a finding, or NULL.
Result<Check> ask_each(const ConnectionInfo& info, std::string name, const std::vector<Target>& all,
                       const std::string& sql, unsigned jobs, const sys::Run& run) {
    Check check{std::move(name), true, all.size(), {}};
    std::mutex mutex;
    std::size_t differences = 0;
    const auto work = [&](Connection& connection, const NextItem& next, const sys::Run&) -> Status {
        while (const auto item = next()) {
            auto found = connection.optional_value(sql, {all[*item].oid});
            if (!found && found.error().code() != Code::corrupt) return std::move(found.error());
            if (found && !*found) continue;
            const std::lock_guard lock{mutex};
            add_detail(check, ++differences,
                       fmt::format("{}: {}", printable(all[*item].name),
                                   found ? printable(**found) : found.error().message()));
        }
        return {};
    };
    DS_DO(share_among_sessions(info, jobs, all.size(), work, run));
    return check;
}

}  // namespace

Result<Facts> facts_of_restored(const ConnectionInfo& info, const Facts& expected, bool contents,
                                unsigned jobs, const sys::Run& run) {
    DS_TRY(const auto connection, Connection::open(info, run.stop));
    Facts facts;
    DS_DO(read_database_facts(*connection, facts));
    DS_DO(read_sequences(*connection, facts));
    DS_DO(read_tables(*connection, facts));
    DS_DO(read_objects(*connection, facts));
    if (contents) DS_DO(hash_in_parallel(info, facts, expected, jobs, run));
    make_utf8(facts);
    return facts;
}

Result<Check> compare_large_objects(Connection& connection, const DumpIndex& index) {
    RowHash expected;
    std::uint64_t objects = 0;
    for (const auto& span : index.spans) {
        if (span.kind != SpanKind::blobs) continue;
        objects += span.rows;
        DS_DO(add_hex(expected, span.content));
    }
    LargeObjectSum sum;
    DS_DO(connection.exec("SET bytea_output = hex"));
    DS_DO(connection.each(
        "SELECT m.oid, l.pageno, l.data FROM pg_largeobject_metadata m "
        "LEFT JOIN pg_largeobject l ON l.loid = m.oid ORDER BY m.oid, l.pageno",
        {}, [&](Row& row) -> Status {
            DS_TRY(const auto oid, parse_unsigned(row[0].value_or(""), "oid"));
            std::optional<std::uint64_t> page;
            if (row[1]) {
                DS_TRY(page, parse_unsigned(*row[1], "page number"));
            }
            return sum.page(static_cast<std::uint32_t>(oid), page, row[2].value_or(""));
        }));
    sum.close();
    Check check{"large object contents", true, objects, {}};
    if (sum.objects() != objects) {
        add_detail(check, 1, fmt::format("{} large objects of {}", sum.objects(), objects));
    } else if (sum.content().hex() != expected.hex()) {
        add_detail(check, 1, "the bytes of a large object differ");
    }
    return check;
}

Result<Check> check_validity(Connection& connection, const Toc& toc) {
    Check check{"constraints and indexes are valid", true, 0, {}};
    std::set<std::string> not_valid;  // "table constraint", as tagged
    for (const auto& entry : toc.entries) {
        const bool constraint = entry.desc == "CHECK CONSTRAINT" || entry.desc == "FK CONSTRAINT" ||
                                entry.desc == "CONSTRAINT";
        if (constraint && entry.defn && entry.defn->find(" NOT VALID") != std::string::npos)
            not_valid.insert(entry.tag);
    }
    std::size_t differences = 0;
    DS_DO(connection.each(
        "SELECT convalidated, coalesce(nullif(conrelid, 0)::regclass::text, "
        "contypid::regtype::text), conname, "
        "coalesce(c.relname || ' ', '') || conname FROM pg_constraint LEFT JOIN pg_class c ON "
        "c.oid = conrelid "
        "WHERE (conrelid >= 16384 OR contypid >= 16384)" +
            // Those that are not enforced are never validated.
            std::string{connection.major() >= 18 ? " AND conenforced" : ""},
        {}, [&](Row& row) -> Status {
            ++check.compared;
            if (row[0] == "t" || not_valid.contains(row[3].value_or(""))) return {};
            add_detail(check, ++differences,
                       printable(fmt::format("constraint {} on {}", row[2].value_or(""),
                                             row[1].value_or(""))));
            return {};
        }));
    DS_DO(connection.each(
        "SELECT i.indisvalid AND i.indisready, i.indexrelid::regclass::text FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relkind = 'i' AND c.oid >= 16384",
        {}, [&](Row& row) -> Status {
            ++check.compared;
            if (row[0] != "t")
                add_detail(check, ++differences, "index " + printable(row[1].value_or("")));
            return {};
        }));
    return check;
}

Result<std::vector<Check>> check_storage(const ConnectionInfo& info, unsigned jobs,
                                         const sys::Run& run) {
    std::vector<Check> checks;
    DS_TRY(const auto connection, Connection::open(info, run.stop));
    DS_TRY(
        const auto available,
        connection->value("SELECT count(*) FROM pg_available_extensions() WHERE name = 'amcheck'"));
    if (available == "0") {
        checks.push_back({"indexes agree with their tables", true, 0,
                          "not looked at: amcheck is not installed here"});
        return checks;
    }
    // In a schema of its own, out of the way of whatever the backup has by these names.
    DS_DO(
        connection->exec("DROP EXTENSION IF EXISTS amcheck; CREATE SCHEMA dumpstation_amcheck; "
                         "CREATE EXTENSION amcheck SCHEMA dumpstation_amcheck"));
    DS_TRY(const auto indexes, targets(*connection,
                                       "SELECT c.oid, c.oid::regclass::text FROM pg_class c JOIN "
                                       "pg_index i ON i.indexrelid = c.oid "
                                       "JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' "
                                       "AND c.relkind = 'i' AND i.indisvalid "
                                       "AND c.relpersistence <> 't' ORDER BY c.relpages DESC"));
    DS_TRY(
        checks.emplace_back(),
        ask_each(
            info, "indexes agree with their tables", indexes,
            "SELECT nullif(dumpstation_amcheck.bt_index_check($1::oid::regclass, true)::text, '')",
            jobs, run));
    if (connection->major() < 14) return checks;
    DS_TRY(const auto tables,
           targets(*connection,
                   "SELECT oid, oid::regclass::text FROM pg_class WHERE relkind IN "
                   "('r', 'm', 't') AND relpersistence <> 't' ORDER BY relpages DESC"));
    DS_TRY(checks.emplace_back(),
           ask_each(info, "tables are sound", tables,
                    "SELECT max(msg) FROM dumpstation_amcheck.verify_heapam($1::oid::regclass)",
                    jobs, run));
    return checks;
}

}  // namespace ds::engines::postgres
