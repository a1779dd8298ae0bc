"""Killed, interrupted or hung at any moment: nothing looks like a backup, the next run heals it."""
import os
import re
import signal
import time

import support
from support import wait_for

TIMES_MAX = 4  # a point that is passed more often is not tried at every pass

# 23 MB, so that a backup passes many blocks.
SHOP = support.noise("orders", 36000) + """
    CREATE TABLE customers (id int PRIMARY KEY, name text);
    INSERT INTO customers SELECT i, 'name ' || i FROM generate_series(1, 500) i"""


def fail_points(prefix):
    """Every place in the sources that can be made to fail, so that none is forgotten here."""
    found = set()
    for source in (support.ROOT / "src").rglob("*.cpp"):
        found |= set(re.findall(r'fail_point\("([^"]+)"\)', source.read_text()))
    return sorted(name for name in found if name.startswith(prefix))


class Interrupted(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", SHOP)
        cls.url = cls.server.url("shop")

    def order(self, store):
        return ["backup", self.url, "--to", store, "--recipient", self.station.recipient, "--json"]

    def listed(self, store):
        return self.station.must("list", store, "--json").json["backups"]

    def unfinished(self, store):
        """Runs that died while they wrote to this store."""
        return [run for run in self.station.unfinished_runs() if store in run.read_text()]

    def assert_no_session_is_left(self):
        wait_for(lambda: self.server.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop'") == "0",
            "our sessions to go", 15)

    def assert_heals(self, store, directory):
        """The next run sweeps, succeeds, and leaves exactly its own objects."""
        self.assert_no_session_is_left()
        left = len(support.files_below(directory))
        report = self.station.must(*self.order(store)).json
        self.assertEqual(report["status"], "succeeded")
        if left:
            self.assertGreater(report["swept"], 0, f"{left} files were left and none swept")
        objects = set(support.objects_of(directory))
        named = {part["object"] for part in report["backup"]["parts"]}
        self.assertEqual(objects, named | {"manifest.json", "manifest.sig"})
        self.assertEqual(len(support.files_below(directory)), len(objects), "strays in the store")
        self.assertEqual(self.unfinished(store), [], "the dead run is forgotten")
        self.assert_done(self.station.verify(store))

    def test_killed_at_every_point_of_a_backup(self):
        names = fail_points("backup.") + fail_points("store_file")
        self.assertGreaterEqual(len(names), 8, names)
        for name in names:
            for nth in range(1, TIMES_MAX + 1):
                with self.subTest(point=name, nth=nth):
                    store, directory = self.new_store()
                    done = self.station.run(*self.order(store),
                                            env={"DUMPSTATION_FAILPOINT": f"{name}@{nth}:kill"})
                    if done.code == 0 and nth > 1:
                        break
                    self.assertEqual(done.code, -signal.SIGKILL, done)
                    if list(directory.rglob("manifest.json")):
                        # Written is written: from here on it is a backup.
                        self.assertIn(name, ("backup.after_manifest",))
                        self.assertEqual(len(self.listed(store)), 1)
                        self.assert_done(self.station.verify(store, level=2))
                        self.station.must(*self.order(store))
                        self.assertEqual(len(self.listed(store)), 2)
                        self.assertEqual(self.unfinished(store), [])
                        continue
                    self.assertEqual(self.listed(store), [])
                    self.assertEqual(self.station.run("show", store, "latest").code, 3)
                    self.assert_heals(store, directory)

    def test_an_error_at_every_point_of_a_backup(self):
        for name in fail_points("backup.") + fail_points("store_file"):
            with self.subTest(point=name):
                store, directory = self.new_store()
                done = self.station.run(*self.order(store),
                                        env={"DUMPSTATION_FAILPOINT": f"{name}:error"})
                self.assertEqual(done.code, 9, done)
                self.assertIn(name, done.err)
                self.assertEqual(support.files_below(directory), [], "it took back what it wrote")
                self.assertEqual(self.unfinished(store), [])

    def test_an_interrupted_backup_leaves_nothing(self):
        store, directory = self.new_store()
        process = self.station.start(*self.order(store))
        wait_for(lambda: any(p.stat().st_size > 2 << 20 for p in support.files_below(directory)),
                 "data in the store")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130, err)
        self.assertEqual(out, "")
        self.assertEqual(support.files_below(directory), [])
        self.assertEqual(self.unfinished(store), [])
        self.assert_no_session_is_left()

    def test_a_hung_server_does_not_hold_an_interrupt(self):
        store, directory = self.new_store()
        process = self.station.start(*self.order(store))
        copying = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY public.orders%'"
        hung = int(wait_for(lambda: self.server.sql(copying), "pg_dump to read").split()[0])
        os.kill(hung, signal.SIGSTOP)
        try:
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            _, err = process.communicate(timeout=20)
        finally:
            os.kill(hung, signal.SIGCONT)
            process.kill()
        self.assertEqual(process.returncode, 130, err)
        self.assertEqual(support.files_below(directory), [])

    def test_the_server_going_away_is_told_and_leaves_nothing(self):
        store, directory = self.new_store()
        process = self.station.start(*self.order(store)[:-1])
        copying = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY public.orders%'"
        wait_for(lambda: self.server.sql(copying), "pg_dump to read")
        self.server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = 'shop' AND query LIKE 'COPY%'")
        out, err = process.communicate(timeout=60)
        self.assert_fails(support.Done(self.order(store), process.returncode, out, err), 9,
                          "pg_dump|terminat|session|connection")
        self.assertEqual(support.files_below(directory), [])


class InterruptedRestore(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", SHOP)
        cls.store = f"file://{cls.directory}/store"
        cls.station.backup(cls.server.url("shop"), cls.store)

    def restoring(self):
        return [name for name in self.server.databases() if "__restoring_" in name]

    def interrupted(self, number, into, *more):
        process = self.station.start("restore", self.store, "latest", "--into",
                                     self.server.url(into), "--identity", self.station.key, *more)
        loading = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY public.orders%'"
        wait_for(lambda: self.server.sql(loading) != "0", "the load")
        process.send_signal(number)
        process.communicate(timeout=30)
        return process.returncode

    def test_killed_in_a_restore_the_target_is_as_it_was(self):
        self.server.create("target", "CREATE TABLE kept AS SELECT 42 AS answer")
        before = set(self.server.databases())
        code = self.interrupted(signal.SIGKILL, "target", "--replace")
        self.assertEqual(code, -signal.SIGKILL)
        self.assertEqual(self.server.sql("SELECT answer FROM kept", "target"), "42")
        left = set(self.server.databases()) - before
        self.assertTrue(all("__restoring_" in name for name in left), left)
        for name in left:
            self.server.sql(f'DROP DATABASE "{name}" WITH (FORCE)')

    def test_killed_in_a_restore_into_a_new_database_no_database_of_that_name_is_there(self):
        self.interrupted(signal.SIGKILL, "fresh")
        self.assertNotIn("fresh", self.server.databases())
        self.assert_done(self.station.restore(self.store, self.server.url("fresh")))
        self.assertEqual(self.server.sql("SELECT count(*) FROM orders", "fresh"), "36000")
        for name in self.restoring():
            self.server.sql(f'DROP DATABASE "{name}" WITH (FORCE)')

    def test_an_interrupted_restore_takes_back_what_it_made(self):
        self.server.create("busy", "CREATE TABLE kept AS SELECT 42 AS answer")
        self.assertEqual(self.interrupted(signal.SIGINT, "busy", "--replace"), 130)
        self.assertEqual(self.restoring(), [])
        self.assertEqual(self.server.sql("SELECT answer FROM kept", "busy"), "42")


if __name__ == "__main__":
    support.main()
