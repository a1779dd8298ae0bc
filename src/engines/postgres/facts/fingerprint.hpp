#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "engines/postgres/connection/connection.hpp"

namespace ds::engines::postgres {

/// One object of a schema and a short hash of how it is defined. Columns are one entry per table.
struct ObjectMark {
    std::string kind;      // "table", "columns", "constraint", "owner", "grant" …
    std::string identity;  // "public.orders"
    std::string hash;      // 16 hex digits of SHA-256 over the normalised definition
};
BOOST_DESCRIBE_STRUCT(ObjectMark, (), (kind, identity, hash))

/// All objects that pg_dump would write, sorted by kind and identity. Independent of OIDs, of the
/// order of creation and of how often the definitions were dumped and restored. Objects of
/// extensions are the extension's business and left out.
Result<std::vector<ObjectMark>> read_object_marks(Connection& connection);

/// SHA-256 over all of them, as hex.
std::string fingerprint_of(const std::vector<ObjectMark>& marks);

/// An expression as the server deparses it, made indifferent to what changes when it is read in
/// again: spaces, parentheses and casts between text types. `status IN ('a')` comes back as two
/// different texts otherwise.
std::string loosened(std::string_view expression);

/// The same, and without the table or schema that names are qualified with: since 16 the server
/// writes fewer of them.
std::string unqualified(std::string_view text);

/// How a definition is made comparable before it is hashed.
enum class Normal { exact, loose, unqualified };

/// A catalog query for one kind: rows of (identity, definition), for server versions in [since,
/// before).
struct MarkQuery {
    std::string_view kind;
    int since, before;
    Normal normal;
    std::string sql;
};
const std::vector<MarkQuery>& mark_queries();

}  // namespace ds::engines::postgres
