#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engines/postgres/dump_format/dump_format.hpp"
#include "engines/postgres/dump_format/toc_edit.hpp"
#include "engines/testing/pg_server.hpp"

/// What pg_restore makes of tables of contents that we changed.
namespace ds::engines::postgres {
namespace {

using testing::PgServer;

class EditedDump : public ::testing::TestWithParam<int> {
protected:
    void SetUp() override {
        DS_NEEDS_PG(GetParam(), false);
        if (!testing::fs::exists(tool("pg_dump"))) GTEST_SKIP() << "no pg_dump " << GetParam();
        server_ = std::make_unique<PgServer>(testing::PgOptions{.major = GetParam()});
        server_->load("postgres", folder() / "format_roles.sql");
        server_->create_database("shop");
        server_->load("shop", folder() / "format_sample.sql");
        bytes_ = testing::must_run(with_server({tool("pg_dump"), "-Fc", "-Z0", "-d", "shop"}));
        toc_ = (**parse_toc(view_of(bytes_), bytes_.size())).first;
        DumpParser parser;
        ASSERT_TRUE(parser.push(view_of(bytes_)));
        index_ = parser.finish().value();
    }

    static testing::fs::path folder() {
        return testing::source_directory() / "src/engines/testing";
    }
    static std::string tool(const std::string& name) {
        return (testing::testbed_directory() / "pg" / std::to_string(GetParam()) / "bin" / name)
            .string();
    }
    std::vector<std::string> with_server(std::vector<std::string> arguments) const {
        for (const auto* each : {"-h", "127.0.0.1", "-U", "postgres", "-p"})
            arguments.emplace_back(each);
        arguments.push_back(std::to_string(server_->port()));
        return arguments;
    }

    /// Puts the data that the table of contents still promises behind it, and has pg_restore load
    /// it.
    void restore(const std::string& database, const Toc& toc) const {
        auto archive = write_toc(toc);
        for (const auto& span : index_.spans) {
            const auto* entry = span.dump_id == 0 ? nullptr : toc.find(span.dump_id);
            if (entry != nullptr) append(archive, view_of(bytes_).subspan(span.offset, span.bytes));
        }
        const auto file = server_->directory() / (database + ".dump");
        ASSERT_TRUE(sys::write_file(file, archive));
        testing::must_run(
            with_server({tool("pg_restore"), "--exit-on-error", "-d", database, file.string()}));
    }

    /// The statements that would recreate the tables, sorted: what else is in the database changes
    /// their order.
    std::vector<std::string> definition(const std::string& database,
                                        const std::vector<std::string>& tables,
                                        bool data = true) const {
        auto arguments = with_server({tool("pg_dump"), "-d", database});
        if (!data) arguments.emplace_back("--schema-only");
        for (const auto& table : tables) arguments.insert(arguments.end(), {"-t", table});
        std::vector<std::string> sections(1);
        for (const auto& line : split(testing::must_run(arguments), '\n')) {
            // A random word that newer versions put in, and settings that depend on the order.
            if (line.starts_with("\\") && line.find("restrict ") != std::string::npos) continue;
            if (line.starts_with("SET default_t") || line.empty() || line == "--") continue;
            if (line.starts_with("-- ")) sections.emplace_back();
            sections.back() += line + "\n";
        }
        std::ranges::sort(sections);
        return sections;
    }

    const Toc& toc() const { return toc_; }
    const PgServer& server() const { return *server_; }

private:
    std::unique_ptr<PgServer> server_;
    std::string bytes_;
    Toc toc_;
    DumpIndex index_;
};

INSTANTIATE_TEST_SUITE_P(PgRestore, EditedDump, ::testing::Values(13, 15, 17, 18));

Toc only(const Toc& toc, const std::vector<std::int32_t>& ids) {
    auto some = without_data(toc);
    std::erase_if(some.entries, [&](const TocEntry& entry) {
        return entry.section != 2 || std::ranges::find(ids, entry.dump_id) == ids.end();
    });
    return some;
}

TEST_P(EditedDump, selected_tables_come_back_with_all_that_is_theirs) {
    const auto selection = select_tables(toc(), {{"public", "customers"},
                                                 {"public", "orders"},
                                                 {"sales", "events"},
                                                 {"", "we ird \"name\".x"},
                                                 {"public", "odd"}});
    ASSERT_TRUE(selection) << selection.error().message();
    EXPECT_THAT(selection->left_out, ::testing::IsEmpty());
    server().create_database("some");
    restore("some", only(toc(), selection->needed));
    restore("some", selection->toc);
    const std::vector<std::string> tables{"public.customers", "public.orders", "sales.events*",
                                          "public.we*", "public.odd"};
    EXPECT_EQ(definition("some", tables), definition("shop", tables));
    EXPECT_EQ(
        server().sql("some",
                     "SELECT nextval('customers_id_seq'), (SELECT count(*) FROM sales.events)"),
        "501|901");
}

TEST_P(EditedDump, a_partition_alone_comes_back_as_a_table) {
    const auto selection = select_tables(toc(), {{"sales", "events_2026"}});
    ASSERT_TRUE(selection);
    EXPECT_EQ(selection->left_out.size(), 1U);
    server().create_database("part");
    restore("part", only(toc(), selection->needed));
    restore("part", selection->toc);
    EXPECT_EQ(server().sql("part", "SELECT count(*) FROM sales.events_2026"),
              server().sql("shop", "SELECT count(*) FROM sales.events_2026"));
    EXPECT_EQ(server().sql("part", "SELECT count(*) FROM pg_class WHERE relname = 'events'"), "0");
}

TEST_P(EditedDump, a_foreign_key_to_a_table_that_is_not_selected_is_left_out) {
    const auto selection = select_tables(toc(), {{"public", "lines"}});
    ASSERT_TRUE(selection);
    EXPECT_THAT(selection->left_out,
                ::testing::ElementsAre(
                    "FK CONSTRAINT public.lines lines_order_id_fkey (needs public.orders)"));
    server().create_database("alone");
    restore("alone", only(toc(), selection->needed));
    restore("alone", selection->toc);
    EXPECT_EQ(server().sql("alone", "SELECT p FROM public.lines"),
              server().sql("shop", "SELECT p FROM public.lines"));
}

TEST_P(EditedDump, without_data_it_is_the_schema) {
    server().create_database("bare");
    restore("bare", without_data(toc()));
    EXPECT_EQ(definition("bare", {"*.*"}, false), definition("shop", {"*.*"}, false));
    EXPECT_EQ(server().sql("bare", "SELECT count(*) FROM public.customers"), "0");
}

TEST_P(EditedDump, missing_roles_are_left_out_and_others_renamed) {
    EXPECT_THAT(owners(toc()), ::testing::IsSupersetOf({"alice", "postgres"}));
    EXPECT_EQ(roles_named(toc()).value(), (std::set<std::string>{"alice", "Bob O\"Neil", "carol"}));
    auto changed = toc();
    const auto notes = drop_roles(changed, {"carol", "Bob O\"Neil"});
    ASSERT_TRUE(notes);
    EXPECT_THAT(*notes, ::testing::Contains("GRANT SELECT(id) ON TABLE public.orders TO carol;"));
    ASSERT_TRUE(rename_roles(changed, {{"alice", "Anna \"A\""}}));

    // A server that never heard of the old ones.
    server().sql("postgres", "CREATE ROLE \"Anna \"\"A\"\"\"");
    server().sql("postgres",
                 "ALTER ROLE alice RENAME TO x1; ALTER ROLE carol RENAME TO x2;"
                 "ALTER ROLE \"Bob O\"\"Neil\" RENAME TO x3");
    server().create_database("moved");
    restore("moved", changed);
    EXPECT_EQ(server().sql("moved", "SELECT tableowner FROM pg_tables WHERE tablename = 'events'"),
              "Anna \"A\"");
    EXPECT_EQ(server().sql("moved",
                           "SELECT has_table_privilege('Anna \"A\"', 'public.orders', 'SELECT')"),
              "t");
    EXPECT_EQ(
        server().sql("moved", "SELECT string_agg(policyname || roles::text, ',') FROM pg_policies"),
        "mine{\"Anna \\\"A\\\"\"}");
    EXPECT_EQ(server().sql("moved", "SELECT count(*) FROM pg_default_acl"), "0");
}

}  // namespace
}  // namespace ds::engines::postgres
