#include <filesystem>

#include "catalog/migrations.hpp"
#include "catalog/portable/importer.hpp"
#include "catalog/sql/sqlite.hpp"

namespace {

using namespace ds;
using namespace ds::catalog;

/// An empty catalog in memory, for all inputs: each is rolled back.
sql::Session& empty_catalog() {
    static const auto session = [] {
        auto opened = sql::open_sqlite(":memory:", true).value();
        DS_CHECK(migrate(*opened), "no empty catalog");
        return opened;
    }();
    return *session;
}

const Vault& vault() {
    static const auto opened =
        Vault::open(sys::fs::temp_directory_path() / "ds-fuzz-master.key").value();
    return opened;
}

}  // namespace

/// Any text as an export. What is accepted belongs to the organization that the header names.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto lines = split({reinterpret_cast<const char*>(data), size}, '\n');
    auto header = portable::read_header(lines.at(0));
    if (!header) {
        // Most inputs never get past a first line that must be just so.
        header = portable::Header{std::string{portable::format_name}, 1, 1, "org", "o", "", ""};
    }
    const auto tenant = header->organization;
    auto& session = empty_catalog();
    if (!session.script("BEGIN")) __builtin_trap();
    portable::Importer importer{std::move(*header), vault()};
    for (std::size_t at = 1; at < lines.size(); ++at) {
        if (!importer.take(session, lines[at])) break;
    }
    for (const auto& table : portable::kept_tables()) {
        const auto foreign = session.run(
            fmt::format("SELECT count(*) FROM {} WHERE organization <> ?", table.name), {tenant});
        if (!foreign || sql::number_of(foreign->at(0).at(0)) != 0) __builtin_trap();
        static_cast<void>(table.check(session));
    }
    if (!session.script("ROLLBACK")) __builtin_trap();
    return 0;
}
