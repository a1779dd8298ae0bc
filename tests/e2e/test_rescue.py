"""Everything is lost but one bucket and a key: the server, its catalog, its keys, its other store."""
import json
import re
import shutil
import signal
import time

import support
from compare import difference

PASSWORD = "hunter2 correct horse"


class Server:
    """`dumpstation serve` on a state directory."""

    def __init__(self, station, state, env):
        self.process = station.start("serve", "--listen", "127.0.0.1:0", "--state", state,
                                     "--catalog-every", "2", env=env)
        told = ""
        while not (found := re.search(r"serves at (http://[^\s,\"]+)", told)):
            line = self.process.stderr.readline()
            if not line:
                raise AssertionError(f"the server does not start: {told}")
            told += line
        self.url = found.group(1)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        _, told = self.process.communicate(timeout=60)
        return told


class Rescue(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.postgres = cls.start_postgres(17, password=support.SECRET)
        cls.postgres.create("shop", """
            CREATE TABLE orders AS SELECT i AS id, md5(i::text) AS note
            FROM generate_series(1, 5000) i; ALTER TABLE orders ADD PRIMARY KEY (id);""")
        cls.s3 = cls.start_s3()

    def setUp(self):
        self.bucket = self.s3.bucket()
        self.place = self.s3.url(self.bucket)
        self.disk = self.directory / f"disk-{self.id()}"
        self.state = self.directory / f"state-{self.id()}"
        self.servers = []
        self.addCleanup(lambda: [server.stop() for server in self.servers])

    def serve(self, state, env=None):
        server = Server(self.station, state, self.s3.environment | (env or {}))
        self.servers.append(server)
        return server

    def stop(self, server):
        self.servers.remove(server)
        return server.stop()

    def login(self, server):
        self.station.must("login", server.url, env={"DUMPSTATION_PASSWORD": PASSWORD})

    def ask(self, *arguments, **options):
        return self.assert_done(self.station.run(*arguments, "--json", **options)).json

    def add(self, path, **fields):
        return self.ask("api", "POST", path, "--data", json.dumps(fields))["answer"]["id"]

    def rows(self, path):
        return self.ask("api", "GET", path)["answer"]["items"]

    def build_a_server(self):
        """What people have after a week: a plan with two stores, backups, proofs, history."""
        server = self.serve(self.state, {"DUMPSTATION_ADMIN_PASSWORD": PASSWORD})
        self.login(server)
        host = self.add("servers", name="db", url=self.postgres.url("", password=""),
                        secret=support.SECRET)
        self.database = self.add("databases", name="shop", server=host)
        bucket = self.add("stores", name="bucket", url=self.place)
        disk = self.add("stores", name="disk", url=f"file://{self.disk}")
        identity = re.search(r"AGE-SECRET-KEY-\S+", self.station.key.read_text()).group()
        key = self.add("keys", name="main", recipient=self.station.recipient, secret=identity)
        self.add("channels", name="ops", driver="webhook",
                 options={"url": "http://127.0.0.1:1/hook"}, paused=True)
        self.add("plans", name="nightly", databases=[self.database], keys=[key],
                 destinations=[{"store": bucket}, {"store": disk}], schedule="30 2 * * *")
        for _ in range(2):
            self.ask("plan", "run", "nightly", "--wait", timeout=300)
        return server

    def catalogs(self):
        return sorted(key for key in self.s3.objects(self.bucket)
                      if "/catalog." in key and key.endswith("manifest.json"))

    def wait_for_a_newer_catalog(self):
        """Two of them: the first may have been begun before."""
        for _ in range(2):
            before = set(self.catalogs())
            support.wait_for(lambda: set(self.catalogs()) - before, "a catalog in the bucket", 60)

    def back_up_beside(self):
        """A backup that no catalog has heard of."""
        other = support.Station(self.directory / f"other-{time.monotonic_ns()}")
        done = other.must("backup", self.postgres.url("shop"), "--to", self.place, "--recipient",
                          self.station.recipient, "--json", env=self.s3.environment)
        return done.json["backup"]

    def rescue(self, into, *more, **options):
        return self.station.run("rescue", self.place, "--identity", self.station.key, "--into",
                                into, *more, env=self.s3.environment, timeout=300, **options)

    def lose_everything(self, server):
        self.stop(server)
        shutil.rmtree(self.state)
        shutil.rmtree(self.disk)

    def test_a_bucket_and_the_key_are_enough(self):
        server = self.build_a_server()
        names = {row["name"] for row in self.rows("backups")}
        runs = {row["id"] for row in self.rows("runs?state=succeeded")}
        self.wait_for_a_newer_catalog()
        later = self.back_up_beside()
        self.lose_everything(server)

        into = self.directory / "new-state"
        done = self.assert_done(self.rescue(into))
        for words in ("A server was rebuilt", "default", "1 backup was in a store", "plan nightly: "
                      "paused", "old server is off", "old password", "signed by ds-sign1:"):
            self.assertIn(words, done.out)
        self.assertNotIn("hunter2", done.out + done.err)
        self.assert_fails(self.rescue(into), 6, "not empty")

        server = self.serve(into)
        self.login(server)
        self.assertEqual({row["name"] for row in self.rows("backups")}, names | {later["name"]})
        self.assertLessEqual(runs, {row["id"] for row in self.rows("runs?limit=500")})
        self.assertEqual([row["name"] for row in self.rows("stores?sort=name")],
                         ["bucket", "disk"])
        self.assertTrue(all(row["paused"] for row in self.rows("plans")))
        copies = {(row["store"], row["state"]) for row in self.rows("copies?limit=500")}
        self.assertEqual({state for _, state in copies}, {"complete"})
        self.assertEqual(len(copies), 2, "the lost disk's copies stay listed for it")

        # Passwords of servers and identities of keys came along: the new server restores at once.
        for name in (sorted(names)[0], later["name"]):
            backup = next(row["id"] for row in self.rows("backups") if row["name"] == name)
            bucket = next(row["id"] for row in self.rows("stores") if row["name"] == "bucket")
            target = f"again{backup[-6:].lower()}"
            host = self.rows("servers")[0]["id"]
            run = self.ask("api", "POST", f"backups/{backup}/restore", "--data", json.dumps(
                {"into_server": host, "into_database": target, "store": bucket}))["answer"]["id"]
            watched = self.station.run("run", "watch", run, timeout=300)
            self.assert_done(watched)
            self.assertEqual(difference(self.postgres, "shop", self.postgres, target), "")

        # Until a plan is resumed the new server leaves the stores' catalogs alone.
        before = self.catalogs()
        time.sleep(6)
        self.assertEqual(self.catalogs(), before)
        self.station.must("plan", "resume", "nightly")
        self.wait_for_a_newer_catalog()

    def test_nothing_is_left_of_a_rescue_that_fails(self):
        server = self.build_a_server()
        self.wait_for_a_newer_catalog()
        self.lose_everything(server)
        into = self.directory / "wrong-key"
        stranger = support.Station(self.directory / "stranger")
        done = self.station.run("rescue", self.place, "--identity", stranger.key, "--into", into,
                                env=self.s3.environment)
        self.assert_fails(done, 4, "none of the catalogs", "--manifests-only")
        self.assertFalse(into.exists())
        done = self.rescue(into, "--signer", "ds-sign1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        self.assert_fails(done, 4, "not to be believed")
        self.assertFalse(into.exists())
        empty = self.station.run("rescue", self.new_store()[0], "--identity", self.station.key,
                                 "--into", into)
        self.assert_fails(empty, 3, "no backup of ours")
        self.assertFalse(into.exists())

        # The newest catalog is damaged: the one before it is taken, and the damage is told.
        newest = self.catalogs()[-1].rsplit("/", 1)[0]
        self.s3.s3cmd("del", f"s3://{self.bucket}/{newest}/catalog.jsonl.zst.age")
        done = self.rescue(into)
        self.assertEqual(done.code, 8, done)
        self.assertIn("✗ catalog", done.out)

    def test_backups_alone_are_enough_for_a_list(self):
        later = self.back_up_beside()
        into = self.directory / "from-manifests"
        done = self.assert_done(self.rescue(into, "--manifests-only"))
        self.assertIn("from the backups alone", done.out)
        server = self.serve(into, {"DUMPSTATION_ADMIN_PASSWORD": PASSWORD})
        self.login(server)
        self.assertEqual([row["name"] for row in self.rows("backups")], [later["name"]])
        self.assertEqual([row["name"] for row in self.rows("databases")], ["shop"])
        self.assertEqual(self.rows("databases")[0]["archived"], True)
        self.assertEqual(len(self.rows("copies")), 1)


if __name__ == "__main__":
    support.main()
