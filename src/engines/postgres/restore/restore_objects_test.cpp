#include "engines/postgres/restore/restore_objects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ds::engines::postgres {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* accepted =
    "pg_restore: while INITIALIZING:\n"
    "pg_restore: error: could not execute query: FEHLER:  unbekannter Parameter "
    "»transaction_timeout«\n"
    "Command was: SET transaction_timeout = 0;\n";

TocEntry entry(std::int32_t id, std::string desc, std::int32_t section, bool data = false) {
    TocEntry made;
    made.dump_id = id;
    made.desc = std::move(desc);
    made.section = section;
    made.had_dumper = data;
    return made;
}

TEST(JudgeRestore, a_clean_end_has_nothing_to_say) {
    EXPECT_THAT(judge_restore({0, 0}, "").value(), IsEmpty());
}

TEST(JudgeRestore, warnings_are_handed_on) {
    EXPECT_THAT(judge_restore({0, 0}, "pg_restore: warning: x\n  y\n").value(),
                ElementsAre("warning: x   y"));
}

TEST(JudgeRestore, accepts_the_setting_that_old_servers_do_not_know_in_any_language) {
    const std::string errors = accepted;
    const auto judged = judge_restore(
        {1, 0}, errors + errors + "pg_restore: warning: errors ignored on restore: 2\n");
    ASSERT_TRUE(judged) << judged.error().message();
    EXPECT_THAT(*judged, IsEmpty());
}

TEST(JudgeRestore, accepts_it_from_workers_that_speak_at_once) {
    const std::string body =
        "could not execute query: ERROR:  unrecognized configuration parameter "
        "\"transaction_timeout\"\nCommand was: SET transaction_timeout = 0;\n";
    const auto mixed = "pg_restore:pg_restore:  error: " + body + "error: " + body +
                       "pg_restore: warning: errors ignored on restore: 2\n";
    EXPECT_THAT(judge_restore({1, 0}, mixed).value(), IsEmpty());
    const std::string other =
        "could not execute query: ERROR:  no\nCommand was: CREATE INDEX i ON t (x);\n";
    EXPECT_FALSE(
        judge_restore({1, 0}, "pg_restore:pg_restore:  error: " + other + "error: " + body));
    EXPECT_FALSE(
        judge_restore({1, 0}, "pg_restore:pg_restore:  error: " + body + "error: " + other));
}

TEST(JudgeRestore, accepts_no_other_error_beside_it) {
    const auto judged = judge_restore(
        {1, 0},
        std::string{accepted} +
            "pg_restore: from TOC entry 5; 1259 1 TABLE t app\n"
            "pg_restore: error: could not execute query: ERROR:  type \"x\" does not exist\n"
            "Command was: CREATE TABLE t (x x);\n"
            "pg_restore: warning: errors ignored on restore: 2\n");
    ASSERT_FALSE(judged);
    EXPECT_EQ(judged.error().message(),
              "error: could not execute query: ERROR:  type \"x\" does not exist Command was: "
              "CREATE TABLE t "
              "(x x);");
}

TEST(JudgeRestore, an_end_without_a_reason_is_a_failure) {
    EXPECT_FALSE(judge_restore({2, 0}, ""));
    EXPECT_FALSE(judge_restore({1, 0}, ""));
    EXPECT_FALSE(judge_restore({0, 9}, ""));
    EXPECT_FALSE(judge_restore({1, 0}, "out of memory\n"));
    EXPECT_FALSE(judge_restore({1, 0}, "pg_restore: fatal: no\n"));
}

TEST(Stages, put_the_data_in_the_middle_and_access_rights_last) {
    Toc toc;
    toc.entries = {entry(1, "ENCODING", 2),      entry(2, "TABLE", 2),
                   entry(3, "COMMENT", 1),       entry(4, "ACL", 1),
                   entry(5, "BLOB METADATA", 3), entry(6, "TABLE DATA", 3, true),
                   entry(7, "SEQUENCE SET", 3),  entry(8, "INDEX", 4),
                   entry(9, "COMMENT", 1),       entry(10, "FK CONSTRAINT", 4)};
    const auto stages = stages_of(toc);
    EXPECT_THAT(stages.before.entries, ElementsAre(1, 2, 3, 5));
    ASSERT_EQ(stages.after.size(), 1U);
    EXPECT_THAT(stages.after[0].entries, ElementsAre(4, 7, 8, 9, 10));
    EXPECT_FALSE(stages.after[0].in_order);
    EXPECT_EQ(stages.toc.entries.size(), toc.entries.size());
}

TEST(Stages, attach_indexes_after_all_were_made_and_before_anything_needs_them) {
    Toc toc;
    toc.entries = {entry(1, "INDEX", 4), entry(2, "INDEX ATTACH", 4), entry(3, "CONSTRAINT", 4),
                   entry(4, "FK CONSTRAINT", 4), entry(5, "ACL", 1)};
    const auto after = stages_of(toc).after;
    ASSERT_EQ(after.size(), 3U);
    EXPECT_THAT(after[0].entries, ElementsAre(1, 3));
    EXPECT_THAT(after[1].entries, ElementsAre(2));
    EXPECT_TRUE(after[1].in_order);
    EXPECT_THAT(after[2].entries, ElementsAre(4, 5));
}

}  // namespace
}  // namespace ds::engines::postgres
