#include "engines/all.hpp"

#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/administration/administration.hpp"
#include "engines/postgres/postgres_engine.hpp"

namespace ds::engines {
namespace {

struct Scheme {
    std::string_view name;
    Engine& (*engine)();
    Result<std::unique_ptr<Administration>> (*administer)(const Secret&, const sys::Run&);
};

constexpr std::array schemes{Scheme{"postgres", postgres::postgres_engine, postgres::administer},
                             Scheme{"postgresql", postgres::postgres_engine, postgres::administer}};

Result<const Scheme*> scheme_of(std::string_view url) {
    const auto mark = url.find("://");
    if (mark == std::string_view::npos) {
        return fail(Code::invalid, "a database is named by a URL",
                    "It looks like postgres://user:password@host:5432/database.");
    }
    for (const auto& scheme : schemes) {
        if (url.substr(0, mark) == scheme.name) return &scheme;
    }
    return fail(Code::unsupported,
                fmt::format("no engine for '{}://' databases", printable(url.substr(0, mark), 40)),
                "There is one for postgres://.");
}

}  // namespace

Result<Engine*> engine_for_url(std::string_view url) {
    DS_TRY(const auto* scheme, scheme_of(url));
    return &scheme->engine();
}

Result<std::unique_ptr<Administration>> administer(const Secret& url, const sys::Run& run) {
    DS_TRY(const auto* scheme, scheme_of(url.reveal()));
    return scheme->administer(url, run);
}

Result<Engine*> engine_by_name(std::string_view name) {
    for (const auto& scheme : schemes) {
        if (scheme.engine().name() == name) return &scheme.engine();
    }
    return fail(Code::unsupported,
                fmt::format("this backup was made by an engine that is not known here: '{}'",
                            printable(name, 40)),
                "It may come from a newer version of DumpStation.");
}

}  // namespace ds::engines
