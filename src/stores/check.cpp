#include "stores/check.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include <fmt/core.h>

#include "base/text.hpp"
#include "sys/random.hpp"

namespace ds::stores {
namespace {

constexpr unsigned writers = 8;

Error wrong(std::string what) { return fail(Code::corrupt, std::move(what)); }

/// What a check found out, in words; or why it failed.
using Found = Result<std::string>;

class Checks {
public:
    Checks(Store& store, const sys::Run& run, const CheckSize& size)
        : store_{store},
          run_{run},
          size_{size},
          home_{"dumpstation-check-" + to_hex(sys::random_bytes(16)) + "/"} {}

    Result<std::vector<CheckResult>> all() {
        using Check = Found (Checks::*)();
        constexpr std::pair<const char*, Check> checks[] = {
            {"a small object is written and read back", &Checks::small},
            {"a missing object is told apart from a failure", &Checks::missing},
            {"an object shows up whole or not at all", &Checks::whole_or_nothing},
            {"a large object is written in parts and read back", &Checks::large},
            {"a range is read", &Checks::range},
            {"an abandoned upload leaves nothing behind", &Checks::abandoned},
            {"writing only what is absent is honest", &Checks::conditional},
            {"writers of one object do not mix", &Checks::concurrent},
            {"a long listing has every object once", &Checks::listing},
            {"the store's clock agrees with ours", &Checks::clock},
            {"an object is removed", &Checks::removal},
        };
        std::vector<CheckResult> results;
        for (const auto& item : checks) {
            if (run_.stop.stop_requested()) break;
            results.push_back(timed(item.first, [&] { return (this->*item.second)(); }));
        }
        results.push_back(timed("what the check wrote is gone", [&] { return clean_up(); }));
        DS_DO(run_.check());
        return results;
    }

private:
    Store& store_;
    const sys::Run& run_;
    const CheckSize size_;
    const std::string home_;
    Bytes large_;

    template <class Do>
    static CheckResult timed(const char* name, const Do& check) {
        const auto begin = std::chrono::steady_clock::now();
        Found found = check();
        const auto took = std::chrono::steady_clock::now() - begin;
        CheckResult result{name, found.has_value(), {}, 0};
        result.milliseconds = static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
        result.detail = found ? *found : found.error().message();
        if (!found && !found.error().hint().empty()) result.detail += ". " + found.error().hint();
        return result;
    }

    std::string key(std::string_view name) const { return home_ + std::string{name}; }

    Status expect(const std::string& name, View expected) {
        DS_TRY(const auto got, get(store_, name, expected.size() + 1));
        if (std::equal(got.begin(), got.end(), expected.begin(), expected.end())) return {};
        return wrong(fmt::format("{} bytes came back, and they are not the {} that were written",
                                 got.size(), expected.size()));
    }

    Status expect_missing(const std::string& name) {
        const auto info = store_.stat(name);
        if (info) return wrong(fmt::format("{} is there and should not be", name));
        if (info.error().code() != Code::not_found) return Error{info.error()};
        return {};
    }

    Result<std::multiset<std::string>> listed(const std::string& prefix) {
        std::multiset<std::string> keys;
        DS_DO(store_.list(prefix, [&](const ObjectInfo& info) -> Status {
            keys.insert(info.key);
            return {};
        }));
        return keys;
    }

    Found small() {
        const auto bytes = sys::random_bytes(10'000);
        DS_DO(put(store_, key("small"), bytes));
        DS_DO(expect(key("small"), bytes));
        DS_TRY(const auto info, store_.stat(key("small")));
        if (info.bytes != bytes.size())
            return wrong(fmt::format("it is said to have {} bytes", info.bytes));
        DS_DO(put(store_, key("empty"), {}));
        DS_DO(expect(key("empty"), {}));
        return "10 kB and an empty one";
    }

    Found missing() {
        DS_DO(expect_missing(key("missing")));
        const auto source = store_.open(key("missing"), {});
        if (source) return wrong("it can be opened");
        if (source.error().code() != Code::not_found) return Error{source.error()};
        return "not found, as it should be";
    }

    Found whole_or_nothing() {
        DS_TRY(const auto sink, store_.create(key("whole"), {}));
        DS_DO(sink->write(sys::random_bytes(5000)));
        DS_DO(expect_missing(key("whole")));
        DS_TRY(const auto before, listed(key("whole")));
        if (!before.empty()) return wrong("it is listed before it is finished");
        DS_DO(sink->finish());
        DS_TRY(const auto after, listed(key("whole")));
        if (after.size() != 1) return wrong("it is not listed although it is finished");
        return "invisible before its end, listed at once after it";
    }

    Found large() {
        large_ = sys::random_bytes(size_.large_bytes);
        // Without an estimate, so that the upload is cut as for a stream of unknown length.
        const auto begin = std::chrono::steady_clock::now();
        DS_TRY(const auto sink, store_.create(key("large"), {}));
        DS_DO(sink->write(large_));
        DS_DO(sink->finish());
        const std::chrono::duration<double> wrote = std::chrono::steady_clock::now() - begin;
        DS_DO(expect(key("large"), large_));
        const auto speed = static_cast<double>(large_.size()) / std::max(wrote.count(), 0.001);
        return fmt::format("{}, written at {}/s", human_bytes(large_.size()),
                           human_bytes(static_cast<std::uint64_t>(speed)));
    }

    Found range() {
        if (large_.empty()) return fail(Code::unavailable, "needs the large object");
        for (const std::size_t offset : {std::size_t{0}, large_.size() / 2, large_.size() - 1000}) {
            DS_TRY(const auto source, store_.open(key("large"), {offset, 1000}));
            DS_TRY(const auto got, stream::read_all(*source, 2000));
            const auto expected =
                View{large_}.subspan(offset, std::min<std::size_t>(1000, large_.size() - offset));
            if (!std::equal(got.begin(), got.end(), expected.begin(), expected.end())) {
                return wrong(fmt::format("1000 bytes from {} are not what was written", offset));
            }
        }
        return "at the beginning, in the middle and at the end";
    }

    Found abandoned() {
        {
            DS_TRY(const auto sink, store_.create(key("abandoned"), {}));
            DS_DO(sink->write(sys::random_bytes(size_.large_bytes)));
        }
        DS_DO(expect_missing(key("abandoned")));
        DS_TRY(const auto swept, store_.sweep(home_, std::chrono::seconds{0}));
        if (swept != 0)
            return wrong(fmt::format("{} unfinished uploads were left and had to be swept", swept));
        return "no unfinished upload was left";
    }

    Found conditional() {
        const auto bytes = sys::random_bytes(1000);
        DS_DO(put(store_, key("once"), bytes, {.only_if_absent = true}));
        const auto again =
            put(store_, key("once"), sys::random_bytes(1000), {.only_if_absent = true});
        if (again) return wrong("an object that was there has been replaced");
        if (again.error().code() != Code::exists) return Error{again.error()};
        DS_DO(expect(key("once"), bytes));
        if (!store_.traits().conditional_put)
            return "refused, but not atomically: this kind of store cannot";
        std::atomic<unsigned> winners = 0;
        each_writer([&](unsigned) {
            if (put(store_, key("race"), sys::random_bytes(1000), {.only_if_absent = true}))
                ++winners;
        });
        if (winners != 1)
            return wrong(fmt::format("{} of {} writers at once all believe to be first",
                                     winners.load(), writers));
        return fmt::format("one of {} writers at once was first", writers);
    }

    Found concurrent() {
        std::atomic<unsigned> written = 0;
        each_writer([&](unsigned number) {
            if (put(store_, key("same"), Bytes(50'000 + number, std::byte(number)))) ++written;
        });
        if (written == 0) return fail(Code::unavailable, "no writer succeeded");
        DS_TRY(const auto got, get(store_, key("same"), 100'000));
        const auto who = got.empty() ? 0U : static_cast<unsigned>(got.front());
        if (got != Bytes(50'000 + who, std::byte(who))) return wrong("what came back is a mixture");
        return fmt::format("{} of {} succeeded, one is there", written.load(), writers);
    }

    Found listing() {
        std::atomic<unsigned> next = 0;
        std::atomic<bool> failed = false;
        each_writer([&](unsigned) {
            for (unsigned i = next++; i < size_.listed_keys && !failed; i = next++) {
                if (!put(store_, fmt::format("{}list/{:05}", home_, i), {})) failed = true;
            }
        });
        if (failed) return fail(Code::unavailable, "not all objects could be written");
        DS_TRY(const auto keys, listed(home_ + "list/"));
        const std::set<std::string> once{keys.begin(), keys.end()};
        if (keys.size() != size_.listed_keys || once.size() != keys.size()) {
            return wrong(fmt::format("{} objects were written, {} listed, {} of them different",
                                     size_.listed_keys, keys.size(), once.size()));
        }
        return fmt::format("{} objects", keys.size());
    }

    Found clock() {
        DS_DO(put(store_, key("clock"), sys::random_bytes(10)));
        const auto now = run_.clock.now();
        DS_TRY(const auto info, store_.stat(key("clock")));
        const auto apart = std::chrono::abs(now - info.modified);
        if (apart > std::chrono::minutes{5}) {
            return fail(Code::conflict, fmt::format("they are {} apart", human_duration(apart)),
                        "Set the clocks by a time service (NTP)");
        }
        return apart < std::chrono::seconds{2} ? "within two seconds"
                                               : fmt::format("{} apart", human_duration(apart));
    }

    Found removal() {
        DS_DO(store_.remove(key("small")));
        DS_DO(expect_missing(key("small")));
        DS_DO(store_.remove(key("small")));
        return "gone at once; removing it again is fine";
    }

    Found clean_up() {
        DS_TRY(const auto keys, listed(home_));
        std::vector<std::string> left{keys.begin(), keys.end()};
        std::atomic<std::size_t> next = 0;
        each_writer([&](unsigned) {
            for (auto i = next++; i < left.size(); i = next++) {
                if (auto removed = store_.remove(left[i]); !removed && !removed.error().transient())
                    return;
            }
        });
        DS_TRY(const auto still, listed(home_));
        DS_DO(store_.sweep(home_, std::chrono::seconds{0}));
        if (!still.empty()) {
            return fail(Code::denied,
                        fmt::format("{} objects below {} cannot be removed", still.size(), home_),
                        "Old backups cannot be removed with these credentials either");
        }
        return fmt::format("{} objects removed", left.size());
    }

    template <class Do>
    static void each_writer(const Do& work) {
        std::vector<std::jthread> threads;
        for (unsigned number = 0; number < writers; ++number)
            threads.emplace_back([&work, number] { work(number); });
    }
};

}  // namespace

Result<std::vector<CheckResult>> check_store(Store& store, const sys::Run& run,
                                             const CheckSize& size) {
    return Checks{store, run, size}.all();
}

}  // namespace ds::stores
