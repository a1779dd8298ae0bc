"""The extremes: no table, five thousand tables, rows of ten megabytes, all in bounded memory."""
import support
from compare import difference


class Extremes(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17, settings=["max_locks_per_transaction=512"])

    def proven(self, database):
        """Backs up, proves and restores, in bounded memory."""
        memory = {act: support.Memory() for act in ("backup", "verify", "restore")}
        store, _ = self.new_store()
        self.station.backup(self.server.url(database), store, watch=memory["backup"])
        proof = self.assert_done(self.station.verify(store, level=4, timeout=240,
                                                     watch=memory["verify"]))
        self.assertEqual(proof.json["level"], 4, proof)
        self.assert_done(self.station.restore(store, self.server.url(database + "_again"),
                                              timeout=240, watch=memory["restore"]))
        used = {act: one.peak for act, one in memory.items()}
        print(f"{database}: KiB of memory: {used}")
        if not support.SANITIZED:
            self.assertLess(max(used.values()), support.MEMORY_MAX, used)
        self.assertEqual(difference(self.server, database, self.server, database + "_again"), "")

    def test_a_database_without_tables_is_a_backup_too(self):
        self.server.create("empty")
        self.proven("empty")

    def test_five_thousand_tables(self):
        self.server.create("many", """
            DO $$ BEGIN FOR i IN 1..5000 LOOP
                EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, word text)', i);
                EXECUTE format('INSERT INTO t%s VALUES (%s, ''word'')', i, i);
            END LOOP; END $$""")
        self.proven("many")

    def test_rows_of_ten_megabytes(self):
        self.server.create("wide", """
            CREATE TABLE wide (id int PRIMARY KEY, words text, bytes bytea, doc jsonb);
            INSERT INTO wide SELECT i,
                (SELECT string_agg(md5(i || '/' || j), ' ') FROM generate_series(1, 300000) j),
                (SELECT string_agg(sha256((i || '-' || j)::bytea), '')
                    FROM generate_series(1, 300000) j),
                (SELECT jsonb_object_agg(j, md5(j::text)) FROM generate_series(1, 50000) j)
            FROM generate_series(1, 3) i""")
        self.proven("wide")


if __name__ == "__main__":
    support.main()
