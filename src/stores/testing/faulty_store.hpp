#pragma once

#include <atomic>

#include "stores/store.hpp"

namespace ds::stores::testing {

/// Fails the n-th call to a store, its sinks and its sources, counted together from 1, for loops
/// like
///
///     for (int n = 1;; ++n) { FaultyStore faulty{store, n}; …; if (!faulty.fired()) break; }
class FaultyStore final : public Store {
public:
    enum class When {
        before,  // the call fails and nothing happened
        after,   // it happened, but the caller is told that it failed: an answer that got lost
    };
    /// `inner` must outlive this. `fail_at` 0 never fails.
    FaultyStore(Store& inner, int fail_at, When when = When::before, Code code = Code::unavailable)
        : inner_{inner}, plan_{fail_at, when, code} {}

    bool fired() const { return plan_.fired; }
    int calls() const { return plan_.calls; }

    Traits traits() const override { return inner_.traits(); }
    Result<stream::SinkPtr> create(const std::string& key, const PutOptions& options) override;
    Result<stream::SourcePtr> open(const std::string& key, Range range) override;
    Result<ObjectInfo> stat(const std::string& key) override;
    Status list(const std::string& prefix,
                const std::function<Status(const ObjectInfo&)>& visit) override;
    Status remove(const std::string& key) override;
    Result<std::size_t> sweep(const std::string& prefix, std::chrono::seconds age) override;

private:
    struct Plan {
        int fail_at;
        When when;
        Code code;
        std::atomic<int> calls{0};
        std::atomic<bool> fired{false};

        Plan(int at, When moment, Code why) : fail_at{at}, when{moment}, code{why} {}
        /// Wraps one call.
        template <class Do>
        auto pass(const Do& inner) -> decltype(inner());
    };
    class Sink;
    class Source;

    Store& inner_;
    Plan plan_;
};

}  // namespace ds::stores::testing
