#include "stores/testing/faulty_store.hpp"

namespace ds::stores::testing {

template <class Do>
auto FaultyStore::Plan::pass(const Do& inner) -> decltype(inner()) {
    const bool ours = ++calls == fail_at;
    if (!ours) return inner();
    fired = true;
    if (when == When::after) {
        const auto ignored = inner();
        static_cast<void>(ignored.has_value());
    }
    return fail(code, "a failure made for a test");
}

class FaultyStore::Sink final : public stream::Sink {
public:
    Sink(Plan& plan, stream::SinkPtr inner) : plan_{plan}, inner_{std::move(inner)} {}
    Status write(View bytes) override {
        return plan_.pass([&] { return inner_->write(bytes); });
    }
    Status finish() override {
        return plan_.pass([&] { return inner_->finish(); });
    }

private:
    Plan& plan_;
    stream::SinkPtr inner_;
};

class FaultyStore::Source final : public stream::Source {
public:
    Source(Plan& plan, stream::SourcePtr inner) : plan_{plan}, inner_{std::move(inner)} {}
    Result<std::size_t> read(Room room) override {
        // "After an error every further call fails too."
        if (broken_) return Error{*broken_};
        auto got = plan_.pass([&] { return inner_->read(room); });
        if (!got) broken_ = got.error();
        return got;
    }

private:
    Plan& plan_;
    stream::SourcePtr inner_;
    std::optional<Error> broken_;
};

Result<stream::SinkPtr> FaultyStore::create(const std::string& key, const PutOptions& options) {
    DS_TRY(auto sink, plan_.pass([&] { return inner_.create(key, options); }));
    return std::make_unique<Sink>(plan_, std::move(sink));
}

Result<stream::SourcePtr> FaultyStore::open(const std::string& key, Range range) {
    DS_TRY(auto source, plan_.pass([&] { return inner_.open(key, range); }));
    return std::make_unique<Source>(plan_, std::move(source));
}

Result<ObjectInfo> FaultyStore::stat(const std::string& key) {
    return plan_.pass([&] { return inner_.stat(key); });
}

Status FaultyStore::list(const std::string& prefix,
                         const std::function<Status(const ObjectInfo&)>& visit) {
    return plan_.pass([&] { return inner_.list(prefix, visit); });
}

Status FaultyStore::remove(const std::string& key) {
    return plan_.pass([&] { return inner_.remove(key); });
}

Result<std::size_t> FaultyStore::sweep(const std::string& prefix, std::chrono::seconds age) {
    return plan_.pass([&] { return inner_.sweep(prefix, age); });
}

}  // namespace ds::stores::testing
