"""Fills a server's catalog with very many backups, by SQL: what a server would need years for."""
import json
import sqlite3

DATABASES = 5_000
# Seven words that names are made of, so that a search finds much or little.
WORDS = ["otter", "falcon", "maple", "harbor", "quartz", "willow", "comet"]

# Columns of a row, from its number n; {org} is the organization, {hex} makes 10 digits of a number.
BACKUP = {
    "id": "'01K' || {id}", "organization": "'{org}'", "created": "{taken}", "changed": "{taken}", "version": "1",
    "name": "{word} || '-' || n", "database": "'d' || (n % {databases})", "plan": "'p' || (n % {databases})",
    "run": "''", "engine": "'postgres'", "method": "'logical'", "source_id": "'source-' || (n % {databases})",
    "trigger": "'schedule'", "taken": "{taken}", "finished": "{taken}", "plain_bytes": "{size} * 3",
    "stored_bytes": "{size}", "tables": "40", "rows": "100000", "server_version": "'17.5'", "tool_version": "'17.5'",
    "compression": "'zstd:3'", "recipients": "'[]'", "manifest_sha256": "''",
    "proof": "'{{\"level\":0,\"damaged\":false,\"at\":\"\",\"detail\":\"\",\"milliseconds\":0,\"store\":\"\"}}'",
    "pinned": "CASE WHEN n % 1000003 = 7 THEN 1 ELSE 0 END", "locked_until": "''", "labels": "'{{}}'", "notes": "''"}
# Sizes come in no order, each about once.
SIZE = "((n * 2654435761) % 4294967291)"


def id_of(number):
    return f"01K{number:023d}"


def deep_cursor(sort, rows):
    """Of a page in the middle, as the server makes them."""
    column, number = sort.lstrip("-"), rows // 2
    values = {"id": id_of(number), "taken": f"{2020 + number % 7}-06-15T12:00:00Z", "name": "maple-5",
              "stored_bytes": str(4294967291 // 2)}
    mark = {"sort": column, "number": column == "stored_bytes", "value": values[column], "id": id_of(number)}
    return json.dumps(mark, separators=(",", ":")).encode().hex()


class Rows:
    """`have` rows are there already."""

    def __init__(self):
        self.have = 0

    def insert(self, upto, taken, word, identity, numbers):
        org = self.organization()
        values = [expression.format(org=org, databases=DATABASES, taken=taken, size=SIZE, word=word, id=identity)
                  for expression in BACKUP.values()]
        columns = ", ".join(f'"{name}"' for name in BACKUP)
        self.script(f"INSERT INTO backups ({columns}) SELECT {', '.join(values)} FROM ({numbers(self.have + 1, upto)}) AS numbers")
        self.have = upto


class SqliteRows(Rows):
    def __init__(self, file):
        super().__init__()
        self.file = file

    def connect(self):
        connection = sqlite3.connect(self.file, isolation_level=None)
        connection.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000;")
        return connection

    def organization(self):
        connection = self.connect()
        (found,) = connection.execute("SELECT id FROM organizations LIMIT 1").fetchone()
        connection.close()
        return found

    def script(self, text):
        connection = self.connect()
        # Building an index at the end is much faster than keeping it.
        indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'backups' "
                                     "AND sql IS NOT NULL").fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        connection.execute(text)
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def fill(self, rows):
        self.insert(rows, "strftime('%Y-%m-%dT%H:%M:%SZ', 1577836800 + (n * 20) % 220000000, 'unixepoch')",
                    "CASE n % 7 " + " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(WORDS)) + " END",
                    "printf('%023d', n)",
                    lambda first, last: f"WITH RECURSIVE s(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s WHERE n < {last}) "
                                        "SELECT n FROM s")


class PostgresRows(Rows):
    def __init__(self, server):
        super().__init__()
        self.server = server

    def organization(self):
        return self.server.psql("catalog", "-c", "SELECT id FROM organizations LIMIT 1")

    def script(self, text):
        indexes = [line.split("\t") for line in self.server.psql(
            "catalog", "-F", "\t", "-c", "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'backups' "
            "AND indexname <> 'backups_pkey' AND schemaname = current_schema()").split("\n")]
        drop = "".join(f"DROP INDEX {name};" for name, _ in indexes)
        make = "".join(f"{statement};" for _, statement in indexes)
        self.server.psql("catalog", "-f", "-", stdin=f"{drop}{text};{make}", timeout=7200)
        self.server.psql("catalog", "-c", "VACUUM ANALYZE backups", timeout=7200)

    def fill(self, rows):
        self.insert(rows, "to_char(to_timestamp(1577836800 + (n * 20) % 220000000) AT TIME ZONE 'UTC', "
                          "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
                    "(ARRAY[" + ", ".join(f"'{word}'" for word in WORDS) + "])[n % 7 + 1]", "lpad(n::text, 23, '0')",
                    lambda first, last: f"SELECT n FROM generate_series({first}::bigint, {last}::bigint) n")
