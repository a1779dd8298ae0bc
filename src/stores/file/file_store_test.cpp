#include "stores/file/file_store.hpp"

#include <fstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stores/check.hpp"
#include "stores/testing/store_contract.hpp"
#include "sys/testing/temp_directory.hpp"

namespace ds::stores::testing {
namespace {

namespace fs = std::filesystem;
using file::FileStore;
using sys::testing::TempDirectory;

/// The store and its directory together.
struct OwnedStore {
    std::shared_ptr<TempDirectory> directory = std::make_shared<TempDirectory>();
    std::shared_ptr<FileStore> store;
    explicit OwnedStore(const sys::Run& run)
        : store{std::make_shared<FileStore>(directory->path() / "not" / "yet", run)} {}
};

std::shared_ptr<Store> make_store(const sys::Run& run) {
    const auto owned = std::make_shared<OwnedStore>(run);
    return {owned, owned->store.get()};
}

INSTANTIATE_TEST_SUITE_P(File, StoreContract, ::testing::Values(StoreCase{"file", make_store}));

class FileStoreTest : public ::testing::Test {
protected:
    TempDirectory directory_;
    fs::path root_ = directory_.path() / "store";
    FileStore store_{root_, sys::plain_run()};

    static void make_file(const fs::path& path, std::string_view text = "x") {
        fs::create_directories(path.parent_path());
        std::ofstream{path} << text;
    }
    std::vector<std::string> keys(const std::string& prefix = "") {
        std::vector<std::string> found;
        EXPECT_TRUE(store_.list(prefix, [&](const ObjectInfo& info) -> Status {
            found.push_back(info.key);
            return {};
        }));
        return found;
    }
    static fs::perms mode(const fs::path& path) {
        return fs::status(path).permissions() & fs::perms::mask;
    }
};

TEST_F(FileStoreTest, passes_the_check_that_users_run) {
    const auto results =
        check_store(store_, sys::plain_run(), {.listed_keys = 300, .large_bytes = 2 * MiB});
    ASSERT_TRUE(results);
    EXPECT_EQ(results->size(), 12U);
    for (const auto& result : *results)
        EXPECT_TRUE(result.ok) << result.name << ": " << result.detail;
    EXPECT_TRUE(fs::is_empty(root_));
}

TEST_F(FileStoreTest, lists_nothing_in_a_directory_that_does_not_exist) {
    EXPECT_EQ(keys(), std::vector<std::string>{});
    EXPECT_EQ(*store_.sweep("", std::chrono::seconds{0}), 0U);
    EXPECT_FALSE(fs::exists(root_));
}

TEST_F(FileStoreTest, keeps_what_it_creates_from_others) {
    ASSERT_TRUE(put(store_, "a/b/c", pattern(1)));
    EXPECT_EQ(mode(root_), fs::perms::owner_all);
    EXPECT_EQ(mode(root_ / "a/b"), fs::perms::owner_all);
    EXPECT_EQ(mode(root_ / "a/b/c"), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(FileStoreTest, removes_directories_that_became_empty) {
    ASSERT_TRUE(put(store_, "a/b/c", pattern(1)));
    ASSERT_TRUE(put(store_, "a/d", pattern(1)));
    ASSERT_TRUE(store_.remove("a/b/c"));
    EXPECT_FALSE(fs::exists(root_ / "a/b"));
    EXPECT_TRUE(fs::exists(root_ / "a/d"));
    {
        const auto abandoned = store_.create("x/y/z", {});
    }
    EXPECT_FALSE(fs::exists(root_ / "x"));
}

TEST_F(FileStoreTest, says_that_a_file_is_where_a_directory_should_be) {
    make_file(root_);
    const auto written = put(store_, "a", pattern(1));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code(), Code::invalid);
    EXPECT_NE(written.error().message().find("not a directory"), std::string::npos)
        << written.error().message();
    EXPECT_FALSE(store_.list("", [](const ObjectInfo&) -> Status { return {}; }));

    fs::remove(root_);
    ASSERT_TRUE(put(store_, "a", pattern(1)));
    const auto below = put(store_, "a/b", pattern(1));
    ASSERT_FALSE(below);
    EXPECT_NE(below.error().message().find("not a directory"), std::string::npos)
        << below.error().message();
}

TEST_F(FileStoreTest, does_not_follow_links_inside_but_the_root_may_be_one) {
    const auto outside = directory_.path() / "outside";
    make_file(outside / "secret", "secret");
    fs::create_directories(root_);
    fs::create_directory_symlink(outside, root_ / "dir");
    fs::create_symlink(outside / "secret", root_ / "file");
    for (const char* key : {"dir/secret", "file"}) {
        const auto opened = store_.open(key, {});
        ASSERT_FALSE(opened) << key;
        EXPECT_EQ(opened.error().code(), Code::denied) << opened.error().message();
        EXPECT_FALSE(store_.stat(key));
    }
    EXPECT_FALSE(put(store_, "dir/new", pattern(1)));
    EXPECT_FALSE(store_.remove("dir/secret"));
    EXPECT_TRUE(fs::exists(outside / "secret"));
    EXPECT_FALSE(fs::exists(outside / "new"));
    EXPECT_EQ(keys(), std::vector<std::string>{});

    ASSERT_TRUE(put(store_, "file", pattern(3)));  // replaces the link, not what it points to
    EXPECT_EQ(fs::file_size(outside / "secret"), 6U);

    fs::create_directory_symlink(root_, directory_.path() / "link");
    FileStore linked{directory_.path() / "link", sys::plain_run()};
    EXPECT_TRUE(get(linked, "file", 10));
}

TEST_F(FileStoreTest, passes_over_names_that_are_not_ours) {
    make_file(root_ / "lost+found" / "x");
    make_file(root_ / "with space");
    make_file(root_ / "fine");
    ASSERT_EQ(mkfifo((root_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(keys(), std::vector<std::string>{"fine"});
    const auto pipe = store_.open("pipe", {});
    ASSERT_FALSE(pipe);
    EXPECT_EQ(pipe.error().code(), Code::denied);
}

TEST_F(FileStoreTest, sweeps_old_temporary_files_only) {
    make_file(root_ / "a" / ".tmp-0123");
    make_file(root_ / "b" / ".tmp-0123");
    make_file(root_ / ".tmp-dead");
    ASSERT_TRUE(put(store_, "a/kept", pattern(1)));
    EXPECT_EQ(keys(), std::vector<std::string>{"a/kept"});
    EXPECT_EQ(*store_.sweep("", std::chrono::hours{1}), 0U);
    EXPECT_EQ(*store_.sweep("a/", std::chrono::seconds{0}), 1U);
    EXPECT_TRUE(fs::exists(root_ / "b" / ".tmp-0123"));
    EXPECT_EQ(*store_.sweep("", std::chrono::seconds{0}), 2U);
    EXPECT_EQ(keys(), std::vector<std::string>{"a/kept"});
}

TEST_F(FileStoreTest, does_not_sweep_under_a_living_writer) {
    const auto sink = store_.create("a/key", {});
    ASSERT_TRUE(sink);
    ASSERT_TRUE((*sink)->write(pattern(10)));
    EXPECT_EQ(*store_.sweep("", std::chrono::seconds{0}), 0U);
    ASSERT_TRUE((*sink)->finish());
    EXPECT_EQ(keys(), std::vector<std::string>{"a/key"});
}

TEST_F(FileStoreTest, a_writer_that_was_killed_leaves_only_what_a_sweep_removes) {
    const pid_t child = fork();
    if (child == 0) {
        const auto sink = store_.create("a/key", {});
        if (sink && (*sink)->write(pattern(100))) raise(SIGKILL);
        _exit(1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(keys(), std::vector<std::string>{});
    EXPECT_EQ(*store_.sweep("", std::chrono::seconds{0}), 1U);
    EXPECT_TRUE(fs::is_empty(root_ / "a"));
}

TEST_F(FileStoreTest, refuses_keys_that_look_like_temporary_files) {
    EXPECT_FALSE(store_.create(".tmp-x", {}));
    EXPECT_FALSE(store_.create("a/.tmp-x", {}));
}

TEST_F(FileStoreTest, says_so_when_a_file_becomes_shorter_while_it_is_read) {
    ASSERT_TRUE(put(store_, "key", pattern(100'000)));
    const auto source = store_.open("key", {});
    ASSERT_TRUE(source);
    Bytes room(1000);
    ASSERT_TRUE((*source)->read(room));
    fs::resize_file(root_ / "key", 2000);
    const auto rest = stream::read_all(**source, 200'000);
    ASSERT_FALSE(rest);
    EXPECT_EQ(rest.error().code(), Code::corrupt);
}

TEST_F(FileStoreTest, names_a_directory_that_may_not_be_written) {
    if (geteuid() == 0) {
        // Root may write everywhere, so somebody else has to try.
        fs::create_directories(root_);
        fs::permissions(directory_.path(), fs::perms::all);
        fs::permissions(root_,
                        fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
        const pid_t child = fork();
        if (child == 0) {
            if (setgid(65534) != 0 || setuid(65534) != 0) _exit(3);
            const auto written = put(store_, "a/b", pattern(1));
            _exit(!written && written.error().code() == Code::denied &&
                          !written.error().hint().empty()
                      ? 0
                      : 1);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        EXPECT_EQ(WEXITSTATUS(status), 0);
    } else {
        fs::create_directories(root_);
        fs::permissions(root_, fs::perms::owner_read | fs::perms::owner_exec);
        const auto written = put(store_, "a/b", pattern(1));
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code(), Code::denied);
        fs::permissions(root_, fs::perms::owner_all);
    }
}

/// A small file system in memory, where we may mount one.
class SmallDisk {
public:
    explicit SmallDisk(const fs::path& at) : at_{at} {
        fs::create_directories(at);
        mounted_ = mount("tmpfs", at.c_str(), "tmpfs", 0, "size=4m,mode=0700") == 0;
    }
    ~SmallDisk() {
        if (mounted_) umount2(at_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return mounted_; }
    bool read_only() {
        return mount("tmpfs", at_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=4m") == 0;
    }

private:
    const fs::path at_;
    bool mounted_ = false;
};

TEST_F(FileStoreTest, says_that_the_disk_is_full_and_leaves_nothing_on_it) {
    SmallDisk disk{root_};
    if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk needs root";
    ASSERT_TRUE(put(store_, "old", pattern(MiB)));
    for (int round = 0; round < 3; ++round) {
        const auto written = put(store_, "a/big", pattern(8 * MiB));
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code(), Code::exhausted) << written.error().message();
        EXPECT_NE(written.error().message().find("no space left"), std::string::npos);
        EXPECT_FALSE(written.error().hint().empty());
        EXPECT_EQ(keys(), std::vector<std::string>{"old"});
    }
    EXPECT_TRUE(put(store_, "fits", pattern(2 * MiB)));
}

TEST_F(FileStoreTest, says_that_the_disk_is_read_only) {
    SmallDisk disk{root_};
    if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk needs root";
    ASSERT_TRUE(put(store_, "old", pattern(10)));
    ASSERT_TRUE(disk.read_only());
    const auto written = put(store_, "new", pattern(10));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code(), Code::denied);
    EXPECT_NE(written.error().message().find("read-only"), std::string::npos)
        << written.error().message();
    EXPECT_TRUE(get(store_, "old", 10));
    EXPECT_FALSE(store_.remove("old"));
}

TEST_F(FileStoreTest, says_that_a_file_may_not_be_so_large) {
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{100'000, 100'000};
        setrlimit(RLIMIT_FSIZE, &limit);
        const auto written = put(store_, "big", pattern(MiB));
        _exit(!written && written.error().code() == Code::exhausted ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_EQ(keys(), std::vector<std::string>{});
}

}  // namespace
}  // namespace ds::stores::testing
