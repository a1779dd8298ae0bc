#include "base/csv.hpp"

#include <gtest/gtest.h>

namespace ds {
namespace {

TEST(Csv, quotes_what_would_break_a_line) {
    EXPECT_EQ(csv_line({"a", csv_cell("b,c"), csv_cell("say \"no\"\n")}),
              "a,\"b,c\",\"say \"\"no\"\"\n\"\r\n");
}

TEST(Csv, what_others_wrote_is_never_a_formula) {
    for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
        EXPECT_EQ(csv_harmless_cell(text), "'" + std::string{text});
    EXPECT_EQ(csv_harmless_cell("=HYPERLINK(\"http://x\",\"y\")"),
              "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
    EXPECT_EQ(csv_harmless_cell("a=b"), "a=b");
    EXPECT_EQ(csv_harmless_cell(""), "");
}

}  // namespace
}  // namespace ds
