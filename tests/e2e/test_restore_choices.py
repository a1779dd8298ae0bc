"""Restoring a part of a backup, for other owners, over what is there, and only what is needed."""
import support
from compare import difference
from proxy import Proxy

SHOP = support.noise("huge", 40000) + """
    CREATE SCHEMA sales AUTHORIZATION clerk;
    CREATE TABLE sales.customers (id int PRIMARY KEY, name text NOT NULL);
    CREATE TABLE sales.orders (id bigint PRIMARY KEY, customer int REFERENCES sales.customers,
        note text);
    INSERT INTO sales.customers SELECT i, 'customer ' || i FROM generate_series(1, 1000) i;
    INSERT INTO sales.orders SELECT i, 1 + i % 1000, 'note ' || i FROM generate_series(1, 5000) i;
    ALTER TABLE sales.customers OWNER TO clerk;
    GRANT SELECT ON sales.orders TO auditor"""


class Choices(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17)
        cls.server.sql("CREATE ROLE clerk; CREATE ROLE auditor")
        cls.server.create("shop", SHOP)
        cls.store = f"file://{cls.directory}/store"
        cls.station.backup(cls.server.url("shop"), cls.store)

    def owner(self, server, table, database):
        return server.sql(f"SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = "
                          f"'{table}'::regclass", database)

    def second_server(self):
        """One that knows none of the roles."""
        server = support.Postgres(self.directory / self._testMethodName, 17)
        self.addCleanup(server.stop)
        return server

    def test_one_table_with_what_it_needs(self):
        done = self.assert_done(self.station.restore(
            self.store, self.server.url("one"), "--table", "sales.orders"))
        self.assertEqual(done.json["restore"]["tables"], 1)
        self.assertEqual(self.server.sql("SELECT count(*), max(note) FROM sales.orders", "one"),
                         "5000|note 999")
        others = "SELECT to_regclass('huge'), to_regclass('sales.customers')"
        self.assertEqual(self.server.sql(others, "one"), "|")

    def test_one_table_into_a_database_that_has_others(self):
        self.server.create("mixed", "CREATE TABLE kept AS SELECT 42 AS answer")
        self.assert_done(self.station.restore(
            self.store, self.server.url("mixed"), "--table", "sales.customers"))
        self.assertEqual(self.server.sql("SELECT answer FROM kept", "mixed"), "42")
        self.assertEqual(self.server.sql("SELECT count(*) FROM sales.customers", "mixed"), "1000")
        again = self.station.run("restore", self.store, "latest", "--into",
                                 self.server.url("mixed"), "--identity", self.station.key,
                                 "--table", "sales.customers")
        self.assert_fails(again, 6, "customers")

    def test_one_table_fetches_only_its_own_bytes(self):
        s3 = self.start_s3()
        self.station.environment |= s3.environment
        bucket = s3.bucket()
        proxy = Proxy(s3.port)
        self.addCleanup(proxy.close)
        through = s3.url(bucket, port=proxy.port)
        manifest = self.station.backup(self.server.url("shop"), through)
        stored = sum(part["bytes"] for part in manifest["parts"])
        self.assertGreater(stored, 10_000_000)

        before = proxy.from_store
        self.assert_done(self.station.restore(through, self.server.url("few"), "--table",
                                              "sales.orders"))
        fetched = proxy.from_store - before
        self.assertLess(fetched, stored / 4, f"{fetched} bytes fetched of {stored}")
        self.assertEqual(self.server.sql("SELECT count(*) FROM sales.orders", "few"), "5000")

        before = proxy.from_store
        self.assert_done(self.station.restore(through, self.server.url("all_of_it")))
        fetched = proxy.from_store - before
        self.assertLess(fetched, stored * 1.35, "everything is fetched once")
        self.assertEqual(difference(self.server, "shop", self.server, "all_of_it"), "")

    def test_roles_that_are_missing_on_the_target_are_told(self):
        server = self.second_server()
        done = self.assert_done(self.station.restore(self.store, server.url("shop")))
        notes = " ".join(done.json["restore"]["notes"])
        self.assertIn("clerk", notes)
        self.assertIn("auditor", notes)
        self.assertEqual(self.owner(server, "sales.customers", "shop"), "postgres")
        self.assertEqual(difference(self.server, "shop", server, "shop", "-O", "-x"), "")

    def test_roles_are_mapped(self):
        server = self.second_server()
        server.sql("CREATE ROLE seller; CREATE ROLE controller")
        self.assert_done(self.station.restore(
            self.store, server.url("shop"), "--map-role", "clerk=seller", "--map-role",
            "auditor=controller"))
        self.assertEqual(self.owner(server, "sales.customers", "shop"), "seller")
        self.assertEqual(server.sql("SELECT has_table_privilege('controller', 'sales.orders', "
                                    "'SELECT')", "shop"), "t")

    def test_replace_takes_the_place_of_what_is_there(self):
        self.server.create("busy", "CREATE TABLE old AS SELECT 1 AS n")
        session = support.subprocess.Popen(
            [support.pg_bin(18) / "psql", "-X", "-d", "busy", "-c", "SELECT pg_sleep(60)"],
            env=self.server.environment(), stdout=support.subprocess.DEVNULL,
            stderr=support.subprocess.DEVNULL)
        self.addCleanup(session.wait)
        self.addCleanup(session.kill)
        done = self.assert_done(self.station.restore(self.store, self.server.url("busy"),
                                                     "--replace"))
        self.assertEqual(difference(self.server, "shop", self.server, "busy"), "")
        self.assertEqual([n for n in self.server.databases() if "__" in n], [], done)

    def test_an_empty_database_is_filled_and_keeps_its_own_settings(self):
        self.server.create("waiting")
        self.server.sql("ALTER DATABASE waiting SET work_mem = '7MB'")
        self.assert_done(self.station.restore(self.store, self.server.url("waiting")))
        self.assertEqual(difference(self.server, "shop", self.server, "waiting"), "")

    def test_an_older_backup_by_its_name_and_by_the_beginning_of_its_id(self):
        store, _ = self.new_store()
        self.server.create("changing", "CREATE TABLE t AS SELECT 1 AS n")
        first = self.station.backup(self.server.url("changing"), store)
        self.server.sql("UPDATE t SET n = 2", "changing")
        self.station.backup(self.server.url("changing"), store)
        for database, name in (("by_name", first["name"]), ("by_id", first["id"][:24])):
            self.assert_done(self.station.restore(store, self.server.url(database), name=name))
            self.assertEqual(self.server.sql("SELECT n FROM t", database), "1")
        self.assert_done(self.station.restore(store, self.server.url("by_latest")))
        self.assertEqual(self.server.sql("SELECT n FROM t", "by_latest"), "2")

    def test_cat_gives_a_part_as_pg_restore_wants_it(self):
        plain = self.station.must("cat", self.store, "latest", "globals.sql", "--identity",
                                  self.station.key).out
        self.assertIn("CREATE ROLE clerk", plain)


if __name__ == "__main__":
    support.main()
