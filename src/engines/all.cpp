#include "engines/all.hpp"

#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engines/postgres/postgres_engine.hpp"

namespace ds::engines {
namespace {

struct Scheme {
    std::string_view name;
    Engine& (*engine)();
};

constexpr std::array schemes{Scheme{"postgres", postgres::postgres_engine},
                             Scheme{"postgresql", postgres::postgres_engine}};

}  // namespace

Result<Engine*> engine_for_url(std::string_view url) {
    const auto mark = url.find("://");
    if (mark == std::string_view::npos) {
        return fail(Code::invalid, "a database is named by a URL",
                    "It looks like postgres://user:password@host:5432/database.");
    }
    for (const auto& scheme : schemes) {
        if (url.substr(0, mark) == scheme.name) return &scheme.engine();
    }
    return fail(Code::unsupported,
                fmt::format("no engine for '{}://' databases", printable(url.substr(0, mark), 40)),
                "There is one for postgres://.");
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
