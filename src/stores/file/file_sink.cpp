#include "stores/file/file_sink.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.hpp"
#include "sys/failpoint.hpp"
#include "sys/random.hpp"

namespace ds::stores::file {
namespace {

Error already_there(const std::string& shown) {
    return fail(Code::exists, fmt::format("{} exists already", shown));
}

class FileSink final : public stream::Sink {
public:
    FileSink(const Tree& tree, std::string key, bool only_if_absent, const sys::Run& run)
        : tree_{tree}, key_{std::move(key)}, only_if_absent_{only_if_absent}, run_{run} {}

    ~FileSink() override {
        if (temp_.empty()) return;
        unlinkat(place_.directory.get(), temp_.c_str(), 0);
        tree_.prune(key_);
    }

    Status open() {
        // Between making the directory and the first file in it, somebody may prune it as empty.
        for (int attempt = 0;; ++attempt) {
            DS_TRY(place_, tree_.make(key_));
            auto opened = open_temp();
            if (opened || opened.error().code() != Code::not_found || attempt == 20) return opened;
        }
    }

    Status write(View bytes) override {
        DS_DO(run_.check());
        return sys::write_all(file_.get(), bytes, place_.shown);
    }

    Status finish() override {
        DS_DO(run_.check());
        if (fsync(file_.get()) != 0) return failed("sync");
        DS_DO(sys::fail_point("store_file_before_rename"));
        DS_DO(only_if_absent_ ? rename_if_absent() : rename_over());
        temp_.clear();
        return sync_open_directory(place_.directory, place_.shown);
    }

private:
    const Tree& tree_;
    const std::string key_;
    const bool only_if_absent_;
    const sys::Run run_;
    Place place_;
    std::string temp_;
    sys::Fd file_;

    Error failed(std::string_view verb) const {
        return sys::errno_error(errno, fmt::format("cannot {} {}", verb, place_.shown));
    }

    Status open_temp() {
        const auto name = std::string{temp_prefix} + to_hex(sys::random_bytes(12));
        file_ = sys::Fd{openat(place_.directory.get(), name.c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
        if (!file_) return failed("create");
        temp_ = name;
        flock(file_.get(), LOCK_EX | LOCK_NB);
        return {};
    }

    Status rename_over() {
        const int at = place_.directory.get();
        if (renameat(at, temp_.c_str(), at, place_.name.c_str()) != 0) return failed("create");
        return {};
    }

    Status rename_if_absent() {
        const int at = place_.directory.get();
        if (renameat2(at, temp_.c_str(), at, place_.name.c_str(), RENAME_NOREPLACE) == 0) return {};
        if (errno == EEXIST) return already_there(place_.shown);
        // File systems without that flag (NFS) still refuse a second link of the same name.
        if (errno != EINVAL && errno != ENOSYS) return failed("create");
        if (linkat(at, temp_.c_str(), at, place_.name.c_str(), 0) != 0) {
            if (errno == EEXIST) return already_there(place_.shown);
            return failed("create");
        }
        unlinkat(at, temp_.c_str(), 0);
        return {};
    }
};

}  // namespace

Result<stream::SinkPtr> create_file(const Tree& tree, const std::string& key, bool only_if_absent,
                                    const sys::Run& run) {
    auto sink = std::make_unique<FileSink>(tree, key, only_if_absent, run);
    DS_DO(sink->open());
    return sink;
}

}  // namespace ds::stores::file
