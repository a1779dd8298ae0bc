#pragma once

#include <memory>

#include "base/secret.hpp"
#include "catalog/act.hpp"
#include "catalog/sql/pool.hpp"
#include "sys/files.hpp"

/// Our own book: who, what, when. An index over the stores, which are the truth.
namespace ds::catalog {

struct Options {
    sys::fs::path state;  // the SQLite file and saved catalogs lie here
    Secret url;           // postgres://…; empty: SQLite
    int schema = 0;       // no further than that, for rows of an older program; 0: this program's
};

/// Thread-safe. Everything is read and written inside a transaction.
class Catalog {
public:
    /// Opens or creates it, and brings an older one up to this program's version: what was there
    /// is saved first, and a step that fails leaves it usable.
    static Result<std::unique_ptr<Catalog>> open(const Options& options);

    /// `work(Session&)` returns a Result or Status; an error takes back all it did. What the
    /// thread's Act is goes into the audit, in the same transaction.
    template <class Work>
    auto write(Work&& work) -> std::invoke_result_t<Work, sql::Session&> {
        return within(writers_, true, std::forward<Work>(work));
    }
    /// A consistent view; must not change anything.
    template <class Work>
    auto read(Work&& work) -> std::invoke_result_t<Work, sql::Session&> {
        return within(readers(), false, std::forward<Work>(work));
    }

    sql::Dialect dialect() const { return dialect_; }

private:
    Catalog(sql::Dialect dialect, sql::Pool::Open open_writer, std::size_t writers,
            sql::Pool::Open open_reader);

    sql::Dialect dialect_;
    sql::Pool writers_;
    sql::Pool readers_;

    sql::Pool& readers() { return dialect_ == sql::Dialect::sqlite ? readers_ : writers_; }
    const char* begin(bool writing) const;

    template <class Work>
    auto within(sql::Pool& pool, bool writing, Work&& work)
        -> std::invoke_result_t<Work, sql::Session&> {
        DS_TRY(const auto session, pool.take());
        DS_DO(session->script(begin(writing)));
        auto result = work(*session);
        auto* act = writing ? Act::current() : nullptr;
        auto ended = result && act != nullptr ? act->settle(*session) : Status{};
        const bool good = result && ended;
        if (auto done = session->script(good ? "COMMIT" : "ROLLBACK"); ended)
            ended = std::move(done);
        if (act != nullptr) act->ended(good && ended);
        if (result && !ended) return std::move(ended.error());
        return result;
    }
};

}  // namespace ds::catalog
