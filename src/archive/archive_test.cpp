#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "archive/reader.hpp"
#include "archive/restore_text.hpp"
#include "archive/shelf.hpp"
#include "archive/signer.hpp"
#include "archive/verifier.hpp"
#include "archive/witness.hpp"
#include "archive/writer.hpp"
#include "stores/all.hpp"
#include "sys/random.hpp"

namespace ds::archive {
namespace {

/// A store in a temporary directory, with a key and a signer.
class Archive : public testing::Test {
protected:
    Archive() {
        sys::fs::create_directories(temp_);
        store_ = open("store");
    }
    ~Archive() override { sys::fs::remove_all(temp_); }

    std::unique_ptr<stores::Store> open(const std::string& name) {
        return stores::open_store("file://" + (temp_ / name).string(), run_).value();
    }

    Recipe recipe() {
        return {{codec::Method::zstd, 3},
                {crypto::Recipient::parse(identity_.recipient()).value()},
                {}};
    }

    static Bytes data(std::size_t bytes) {
        std::mt19937 random{7};
        Bytes data(bytes);
        for (auto& byte : data) byte = std::byte(random() % 16);
        return data;
    }

    static Manifest blank() {
        Manifest m;
        m.name = "brave-otter-20261123-0517";
        m.engine = "postgres";
        m.method = "logical";
        m.started = m.finished = "2026-11-23T05:17:00Z";
        m.writer = "test";
        m.sequence = 1;
        m.summary.database = "shop";
        return m;
    }

    /// Writes a backup with two parts and returns it as it is stored.
    Stored write(Manifest m = blank(), std::size_t bytes = 300'000) {
        const Place place{
            "shop-1", sys::make_ulid(sys::system_clock().now() + std::chrono::seconds{++written_})};
        Writer writer{{store_.get()}, place, recipe(), run_};
        stream::MemorySource dump{data(bytes)},
            globals{data(100 + static_cast<std::size_t>(written_))};
        EXPECT_TRUE(writer.add("database.dump", dump, bytes));
        EXPECT_TRUE(writer.add("globals.sql", globals, 0));
        EXPECT_TRUE(writer.seal(std::move(m), {{"Load it.", "database.dump", "pg_restore -d shop"}},
                                signing_));
        return read_stored(*store_, place).value();
    }

    StoredReport examine(const Stored& stored, const Witness* witness = nullptr) {
        return check_stored(*store_, stored, {{identity_}, {signing_.public_key()}, witness}, run_)
            .value();
    }

    sys::fs::path path_of(const Stored& stored, const std::string& object) {
        return temp_ / "store" / stored.place.key(object);
    }

    /// Without the syncs of a real write, since some tests do it thousands of times.
    static void overwrite(const sys::fs::path& path, View bytes) {
        std::ofstream{path, std::ios::binary} << text_of(bytes);
    }

    std::vector<std::string> files() {
        std::vector<std::string> names;
        for (const auto& entry : sys::fs::recursive_directory_iterator{temp_}) {
            if (entry.is_regular_file()) names.push_back(entry.path().filename());
        }
        return names;
    }

    sys::fs::path temp_ =
        sys::fs::temp_directory_path() / ("ds-archive-" + to_hex(sys::random_bytes(6)));
    sys::Run run_ = sys::plain_run();
    std::unique_ptr<stores::Store> store_;
    crypto::Identity identity_ = crypto::Identity::generate();
    crypto::SigningKey signing_ = crypto::SigningKey::generate();
    int written_ = 0;
};

TEST_F(Archive, what_was_written_is_read_back_whole_and_by_range) {
    const auto stored = write(blank(), 9'000'000);
    Reader reader{*store_, stored, {identity_}};
    const auto expected = data(9'000'000);
    EXPECT_EQ(stream::read_all(*reader.open("database.dump").value(), SIZE_MAX).value(), expected);
    const std::pair<std::uint64_t, std::uint64_t> ranges[]{
        {0, 10}, {4'194'300, 10}, {8'999'990, 10}, {1, 8'000'000}, {4'194'304, 200'000}, {5, 0}};
    for (const auto& [offset, bytes] : ranges) {
        const auto got =
            stream::read_all(*reader.open("database.dump", offset, bytes).value(), SIZE_MAX)
                .value();
        EXPECT_EQ(got, Bytes(expected.begin() + std::ptrdiff_t(offset),
                             expected.begin() + std::ptrdiff_t(offset + bytes)));
    }
}

TEST_F(Archive, a_range_past_the_end_is_refused) {
    const auto stored = write();
    Reader reader{*store_, stored, {identity_}};
    for (const std::uint64_t bytes : {11U, 500'000U}) {
        const auto source = reader.open("database.dump", 299'990, bytes);
        EXPECT_FALSE(source && stream::read_all(**source, SIZE_MAX));
    }
}

TEST_F(Archive, a_sound_backup_passes_level_one) {
    const auto report = examine(write());
    EXPECT_TRUE(report.damages.empty());
    EXPECT_TRUE(report.notes.empty());
    EXPECT_TRUE(report.opened);
    EXPECT_EQ(report.objects, 3U);
}

TEST_F(Archive, without_a_key_the_stored_bytes_are_still_checked) {
    const auto stored = write();
    const auto report =
        check_stored(*store_, stored, {{}, {signing_.public_key()}, nullptr}, run_).value();
    EXPECT_TRUE(report.damages.empty());
    EXPECT_FALSE(report.opened);
    Reader reader{*store_, stored, {}};
    EXPECT_EQ(reader.open("database.dump").error().code(), Code::unauthenticated);
}

TEST_F(Archive, a_writer_that_is_dropped_takes_back_everything) {
    {
        Writer writer{{store_.get()}, {"shop-1", sys::make_ulid(run_.clock.now())}, recipe(), run_};
        stream::MemorySource dump{data(100'000)};
        ASSERT_TRUE(writer.add("database.dump", dump, 0));
    }
    EXPECT_TRUE(files().empty());
    EXPECT_EQ(find_backup(*store_, "latest", run_).error().code(), Code::not_found);
}

/// A source that breaks after some bytes.
class Broken final : public stream::Source {
public:
    Result<std::size_t> read(Room room) override {
        if (reads_++ == 3) return fail(Code::unavailable, "the server went away");
        return std::min<std::size_t>(room.size(), 100'000);
    }

private:
    int reads_ = 0;
};

TEST_F(Archive, a_source_that_breaks_leaves_nothing_behind) {
    {
        Writer writer{{store_.get()}, {"shop-1", sys::make_ulid(run_.clock.now())}, recipe(), run_};
        Broken source;
        EXPECT_EQ(writer.add("database.dump", source, 0).error().message(),
                  "storing database.dump: the server went away");
    }
    EXPECT_TRUE(files().empty());
}

TEST_F(Archive, a_store_that_fails_is_marked_and_the_other_copy_is_whole) {
    ASSERT_TRUE(sys::write_file(temp_ / "not-a-directory", view_of("x")));
    const auto bad = open("not-a-directory");
    const Place place{"shop-1", sys::make_ulid(run_.clock.now())};
    Writer writer{{bad.get(), store_.get()}, place, recipe(), run_};
    stream::MemorySource dump{data(100'000)};
    ASSERT_TRUE(writer.add("database.dump", dump, 0));
    ASSERT_TRUE(writer.seal(blank(), {}, signing_));
    EXPECT_TRUE(writer.copies()[0].error);
    EXPECT_FALSE(writer.copies()[1].error);
    EXPECT_TRUE(examine(read_stored(*store_, place).value()).damages.empty());
}

TEST_F(Archive, every_kind_of_damage_is_named) {
    const auto older = write();
    const auto stored = write();
    const std::string dump = "database.dump.zst.age", globals = "globals.sql.zst.age";
    const auto original = sys::read_file(path_of(stored, dump), 10 * MiB).value();
    const auto kind_after = [&](const Bytes& bytes) {
        EXPECT_TRUE(sys::write_file(path_of(stored, dump), bytes));
        const auto report = examine(stored);
        EXPECT_TRUE(sys::write_file(path_of(stored, dump), original));
        EXPECT_EQ(report.damages.size(), 1U);
        EXPECT_EQ(report.damages.at(0).object, dump);
        return report.damages.at(0).kind;
    };
    auto bytes = original;
    bytes[bytes.size() / 2] ^= std::byte{1};
    EXPECT_EQ(kind_after(bytes), DamageKind::changed);
    EXPECT_EQ(kind_after(Bytes(original.begin(), original.end() - 1)), DamageKind::truncated);
    EXPECT_EQ(kind_after({}), DamageKind::truncated);
    bytes = original;
    bytes.push_back({});
    EXPECT_EQ(kind_after(bytes), DamageKind::extended);
    EXPECT_EQ(kind_after(sys::read_file(path_of(stored, globals), MiB).value()),
              DamageKind::swapped);
    EXPECT_EQ(kind_after(sys::read_file(path_of(older, dump), 10 * MiB).value()),
              DamageKind::rolled_back);

    sys::fs::remove(path_of(stored, globals));
    EXPECT_EQ(examine(stored).damages.at(0).kind, DamageKind::missing);
}

TEST_F(Archive, every_bit_of_the_manifest_and_its_signature_counts) {
    const auto stored = write();
    const auto key = [&](std::string_view object) { return path_of(stored, std::string{object}); };
    for (const auto object : {manifest_object, signature_object}) {
        const auto original = sys::read_file(key(object), MiB).value();
        for (std::size_t at = 0; at < original.size(); ++at) {
            auto bytes = original;
            bytes[at] ^= std::byte(1 << at % 8);
            overwrite(key(object), bytes);
            const auto read = read_stored(*store_, stored.place);
            if (!read) continue;  // no longer a manifest: found
            ASSERT_FALSE(examine(*read).damages.empty()) << object << " at " << at;
        }
        overwrite(key(object), original);
    }
    EXPECT_TRUE(examine(stored).damages.empty());
}

TEST_F(Archive, a_manifest_in_another_backups_place_is_swapped) {
    const auto first = write();
    const auto second = write();
    sys::fs::copy_file(path_of(first, "manifest.json"), path_of(second, "manifest.json"),
                       sys::fs::copy_options::overwrite_existing);
    const auto read = read_stored(*store_, second.place);
    EXPECT_EQ(read.error().code(), Code::corrupt);
    EXPECT_NE(read.error().message().find("swapped"), std::string::npos);
    // The damaged newest one must not silently make the older one the latest.
    EXPECT_EQ(find_backup(*store_, "latest", run_).error().code(), Code::corrupt);
    EXPECT_EQ(find_backup(*store_, first.place.id, run_)->place.id, first.place.id);
}

TEST_F(Archive, a_store_that_was_rolled_back_is_noticed) {
    const auto older = write();
    auto next = blank();
    next.sequence = 2;
    next.previous = Previous{older.place.id, older.manifest_sha256};
    const auto newer = write(next);
    auto witness = Witness::load(temp_ / "state").value();
    ASSERT_TRUE(witness.saw(store_->traits().location, newer));
    witness = Witness::load(temp_ / "state").value();
    EXPECT_TRUE(examine(older, &witness).damages.empty());
    sys::fs::remove_all(path_of(newer, "").parent_path());
    EXPECT_EQ(examine(older, &witness).damages.at(0).kind, DamageKind::rolled_back);
}

TEST_F(Archive, a_replaced_previous_backup_shows_in_the_one_after_it) {
    const auto older = write();
    auto next = blank();
    next.previous = Previous{older.place.id, std::string(64, 'a')};
    EXPECT_EQ(examine(write(next)).damages.at(0).kind, DamageKind::changed);
}

TEST_F(Archive, an_unknown_signer_is_told_and_a_wrong_one_refused) {
    const auto stored = write();
    const auto report = check_stored(*store_, stored, {{identity_}, {}, nullptr}, run_).value();
    EXPECT_TRUE(report.damages.empty());
    EXPECT_EQ(report.notes.size(), 1U);
    ASSERT_TRUE(sys::write_file(
        path_of(stored, "manifest.sig"),
        view_of(crypto::SigningKey::generate().sign(view_of(stored.manifest_text)) + "\n")));
    EXPECT_EQ(examine(stored).damages.at(0).kind, DamageKind::signature);
}

TEST_F(Archive, a_backup_is_found_by_name_id_and_beginning) {
    auto m = blank();
    m.name = "calm-fox-20261123-0600";
    write();
    const auto second = write(m);
    EXPECT_EQ(find_backup(*store_, "latest", run_)->place.id, second.place.id);
    EXPECT_EQ(find_backup(*store_, "calm", run_)->place.id, second.place.id);
    EXPECT_EQ(find_backup(*store_, second.place.id, run_)->manifest.name, m.name);
    EXPECT_EQ(find_backup(*store_, "none", run_).error().code(), Code::not_found);
    EXPECT_EQ(find_newest(*store_, "shop-1").value()->place.id, second.place.id);
    EXPECT_FALSE(find_newest(*store_, "other").value());
}

TEST(Manifest, refuses_names_that_lead_elsewhere) {
    const auto good = [] {
        Manifest m;
        m.format = format_name;
        m.version = 1;
        m.id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
        m.source = "shop-1";
        m.name = "a-b-20261123-0517";
        m.started = m.finished = "2026-11-23T05:17:00Z";
        m.parts.push_back(
            {"database.dump", "database.dump", 1, std::string(64, '0'), 1, "none", false});
        return m;
    };
    EXPECT_TRUE(read_manifest(write_manifest(good())));
    const std::function<void(Manifest&)> spoilers[]{
        [](Manifest& m) { m.parts[0].object = "../../etc/passwd"; },
        [](Manifest& m) { m.parts[0].object = "manifest.json"; },
        [](Manifest& m) { m.parts[0].name = "a/b"; },
        [](Manifest& m) { m.parts[0].sha256 = "x"; },
        [](Manifest& m) { m.parts.push_back(m.parts[0]); },
        [](Manifest& m) { m.parts.clear(); },
        [](Manifest& m) { m.source = ".."; },
        [](Manifest& m) { m.id = "../x"; },
        [](Manifest& m) { m.format = "tar"; },
        [](Manifest& m) { m.version = 0; },
        [](Manifest& m) { m.started = "yesterday"; },
        [](Manifest& m) { m.previous = Previous{"x", "y"}; },
    };
    for (const auto& spoil : spoilers) {
        auto m = good();
        spoil(m);
        const auto read = read_manifest(write_manifest(m));
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().code(), Code::corrupt);
    }
    auto newer = good();
    newer.version = 2;
    EXPECT_EQ(read_manifest(write_manifest(newer)).error().code(), Code::unsupported);
}

TEST(Layout, takes_only_its_own_keys_apart) {
    const Place place{"shop-1", "01ARZ3NDEKTSV4RRFFQ69G5FAV"};
    EXPECT_EQ(locate(place.key("manifest.json"))->place, place);
    for (const auto* key :
         {"v1/shop-1/backups/01ARZ3NDEKTSV4RRFFQ69G5FAV", "v2/a/backups/b/c", "v1/../backups/x/y",
          "v1/a/backups/01ARZ3NDEKTSV4RRFFQ69G5FAV/x/y", ""}) {
        EXPECT_FALSE(locate(key)) << key;
    }
}

TEST(Signer, keeps_one_key_and_believes_it) {
    const auto state =
        sys::fs::temp_directory_path() / ("ds-signer-" + to_hex(sys::random_bytes(6)));
    const auto key = own_signing_key(state).value();
    EXPECT_EQ(own_signing_key(state)->public_key(), key.public_key());
    ASSERT_TRUE(
        sys::write_file(state / "trusted-signers", view_of("# a friend\nds-sign1:friend\n\n")));
    EXPECT_EQ(trusted_signers(state).value(),
              (std::vector<std::string>{key.public_key(), "ds-sign1:friend"}));
    sys::fs::remove_all(state);
}

}  // namespace
}  // namespace ds::archive
