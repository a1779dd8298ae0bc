#include "catalog/portable/importer.hpp"

#include <gtest/gtest.h>

#include "catalog/catalog.hpp"
#include "catalog/migrations.hpp"
#include "sys/testing/temp_directory.hpp"

// Exports come from stores: nothing in them is believed.
namespace ds::catalog::portable {
namespace {

constexpr std::string_view good_header =
    R"({"format":"dumpstation catalog","version":1,"schema":1,"organization":"org","name":"o","exported":"2026-11-23T10:00:00Z","writer":"dumpstation 0.1.0"})";

class Importing : public ::testing::Test {
protected:
    sys::testing::TempDirectory directory;
    Vault vault = Vault::open(directory / "master.key").value();
    std::unique_ptr<Catalog> catalog = Catalog::open({directory / "state", {}}).value();

    /// What importing these lines behind a good header comes to.
    std::string complaint(const std::vector<std::string>& lines) {
        Importer importer{read_header(good_header).value(), vault};
        const auto status = catalog->write([&](Session& session) -> Status {
            for (const auto& line : lines) DS_DO(importer.take(session, line));
            return importer.finish();
        });
        if (status) return "";
        EXPECT_EQ(status.error().code(), Code::corrupt) << status.error().message();
        return status.error().message();
    }
    /// A table line and a row of organizations that fits.
    const std::string table =
        R"({"table":"organizations","columns":["id","organization","created","changed","version","name"]})";
    const std::string row = R"(["org","org","2026-11-23T10:00:00Z","2026-11-23T10:00:00Z",1,"o"])";
    const std::string end = R"({"end":true,"rows":1})";
};

void expect_in(std::string_view words, const std::string& text) {
    EXPECT_NE(text.find(words), std::string::npos) << text;
}

TEST_F(Importing, takes_what_an_export_holds) { EXPECT_EQ(complaint({table, row, end}), ""); }

TEST_F(Importing, notices_what_is_cut_off_or_left_out) {
    expect_in("cut off behind line 1", complaint({}));
    expect_in("cut off behind line 3", complaint({table, row}));
    expect_in("had 1 rows, and 0 are left", complaint({table, end}));
    expect_in("something follows", complaint({table, row, end, row}));
}

TEST_F(Importing, believes_no_table_and_no_column) {
    expect_in("no export holds",
              complaint({R"({"table":"sqlite_master","columns":["id","organization"]})"}));
    expect_in(
        "no export holds",
        complaint({R"({"table":"users; DROP TABLE users","columns":["id","organization"]})"}));
    expect_in("impossible name",
              complaint({R"({"table":"users","columns":["id","organization","a\" --"]})"}));
    expect_in("begin with id", complaint({R"({"table":"users","columns":["name"]})"}));
    expect_in("named twice",
              complaint({R"({"table":"users","columns":["id","organization","id"]})"}));
    expect_in("comes twice", complaint({table, table}));
    expect_in("line 3",
              complaint({R"({"table":"users","columns":["id","organization","nonsense"]})",
                         R"(["a","org","x"])"}));
}

TEST_F(Importing, believes_no_row) {
    expect_in("without a table", complaint({row}));
    expect_in("another organization", complaint({table, R"(["x","other","","",1,"o"])"}));
    expect_in("impossible id", complaint({table, R"(["../x","org","","",1,"o"])"}));
    expect_in("its table's columns", complaint({table, R"(["org","org"])"}));
    expect_in("neither text nor number", complaint({table, R"(["org","org","","",true,"o"])"}));
    expect_in("line 4", complaint({table, row, row}));
    expect_in("line 2", complaint({"{"}));
    expect_in("neither a table nor a row", complaint({"7"}));
    expect_in("unknown kind", complaint({"{}"}));
    expect_in("longer than any row", complaint({std::string(line_bytes_max + 1, ' ')}));
    EXPECT_EQ(complaint({table, row, end}), "") << "nothing of the refused ones stayed";
}

TEST_F(Importing, what_the_program_could_not_read_is_found_by_the_check) {
    const std::string users =
        R"({"table":"users","columns":["id","organization","created","changed",)"
        R"("version","name","password_hash","role"]})";
    const auto end_of_two = R"({"end":true,"rows":2})";
    ASSERT_EQ(
        complaint({table, row, users, R"(["u","org","","",1,"me","","emperor"])", end_of_two}), "");
    std::size_t bad = 0;
    for (const auto& kept : kept_tables())
        bad += catalog->read([&](Session& session) { return kept.check(session); }) ? 0U : 1U;
    EXPECT_EQ(bad, 1U);
}

TEST(Header, says_what_cannot_be_read) {
    EXPECT_TRUE(read_header(good_header));
    EXPECT_EQ(read_header("").error().code(), Code::corrupt);
    EXPECT_EQ(read_header(R"({"format":"else"})").error().code(), Code::corrupt);
    const auto with = [](std::string_view from, std::string_view to) {
        std::string text{good_header};
        text.replace(text.find(from), from.size(), to);
        return read_header(text).error().code();
    };
    EXPECT_EQ(with("\"version\":1", "\"version\":2"), Code::unsupported);
    EXPECT_EQ(with("\"schema\":1", "\"schema\":1000"), Code::unsupported);
    EXPECT_EQ(with("\"schema\":1", "\"schema\":0"), Code::corrupt);
    EXPECT_EQ(with("\"org\"", "\"a/b\""), Code::corrupt);
}

}  // namespace
}  // namespace ds::catalog::portable
