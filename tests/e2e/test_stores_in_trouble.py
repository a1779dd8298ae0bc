"""Stores that are full, refuse, break off, crawl or lie: told, and the other copy is whole."""
import contextlib
import os
import subprocess
import unittest

import support
from proxy import Proxy, http_answer

# 19 MB: an upload of several parts.
SHOP = support.noise("orders", 30000)

CAPTIVE_PORTAL = http_answer("200 OK", "<html><title>Sign in to the hotel network</title></html>")


class FullDisk(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root can mount the small disk")
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", SHOP)
        cls.small = cls.directory / "small"
        cls.small.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", cls.small],
                                 capture_output=True, text=True)
        if mounted.returncode != 0:
            raise unittest.SkipTest(f"cannot mount a small disk: {mounted.stderr}")
        cls.addClassCleanup(subprocess.run, ["umount", "-l", cls.small])

    def test_a_full_disk_is_told_and_nothing_is_left_on_it(self):
        done = self.station.run("backup", self.server.url("shop"), "--to", f"file://{self.small}",
                                "--recipient", self.station.recipient)
        self.assert_fails(done, 1, "no space|full")
        self.assertEqual(support.files_below(self.small), [])

    def test_the_other_store_gets_its_copy(self):
        store, directory = self.new_store()
        done = self.station.run("backup", self.server.url("shop"), "--to", f"file://{self.small}",
                                "--to", store, "--recipient", self.station.recipient, "--json")
        self.assertEqual(done.code, 8, done)
        full, whole = done.json["copies"]
        self.assertEqual((full["ok"], full["code"]), (False, "exhausted"))
        self.assertTrue(whole["ok"])
        self.assertEqual(support.files_below(self.small), [])
        self.assert_done(self.station.verify(store, level=2))
        self.assertEqual(len(support.files_below(directory)), len(support.objects_of(directory)))

    def test_a_full_state_directory_is_told_before_anything_is_read(self):
        state = self.small / "state"
        with contextlib.suppress(OSError), (self.small / "filler").open("wb") as filler:
            while True:
                filler.write(bytes(1 << 16))
        self.addCleanup((self.small / "filler").unlink)
        store, directory = self.new_store()
        done = self.station.run("backup", self.server.url("shop"), "--to", store, "--recipient",
                                self.station.recipient, env={"DUMPSTATION_STATE": str(state)})
        self.assert_fails(done, 1, "no space|full")
        self.assertEqual(support.files_below(directory), [])


class TroubledS3(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.s3 = cls.start_s3()
        cls.station.environment |= cls.s3.environment
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", SHOP)
        cls.server.create("small", "CREATE TABLE one AS SELECT 1 AS n")

    def setUp(self):
        self.proxy = Proxy(self.s3.port)
        self.addCleanup(self.proxy.close)
        self.bucket = self.s3.bucket()

    def backup_to_both(self, database="shop", **options):
        """Through the proxy and to a directory; returns how it went and the directory's URL."""
        store, _ = self.new_store()
        through = self.s3.url(self.bucket, port=self.proxy.port, part_mib=5, **options)
        done = self.station.run("backup", self.server.url(database), "--to", through, "--to", store,
                                "--recipient", self.station.recipient, "--json", timeout=150)
        return done, store

    def assert_partly(self, done, store, words):
        """The bucket's copy failed with these words and left nothing; the directory's is whole."""
        self.assertEqual(done.code, 8, done)
        bad, good = done.json["copies"]
        self.assertFalse(bad["ok"], done)
        self.assertRegex(bad["error"].lower(), words)
        self.assertTrue(good["ok"], done)
        self.assert_done(self.station.verify(store, level=2))
        self.assertEqual([o for o in self.s3.objects(self.bucket) if "manifest" in o], [])

    def test_a_good_bucket_gets_the_same_objects_as_a_directory(self):
        done, store = self.backup_to_both()
        self.assertEqual(done.code, 0, done)
        url = self.s3.url(self.bucket)
        for where in (store, url):
            self.assert_done(self.station.verify(where, level=2))
        self.assertEqual(self.station.must("show", url, "latest", "--json").json["backup"],
                         self.station.must("show", store, "latest", "--json").json["backup"])

    def test_a_store_that_refuses_connections(self):
        self.proxy.refuse = True
        done, store = self.backup_to_both("small")
        self.assert_partly(done, store, "refused|reset|closed|broke")

    def test_uploads_that_are_cut_every_time(self):
        self.proxy.cut_after = 2_000_000
        done, store = self.backup_to_both()
        self.proxy.cut_after = None
        self.assert_partly(done, store, "reset|closed|broke|send")
        self.assertEqual(self.s3.unfinished_uploads(self.bucket), [])

    def test_a_route_that_changes_bytes(self):
        self.proxy.flip = True
        done, store = self.backup_to_both()
        self.assert_partly(done, store, "sha256|digest|differ|damaged|400|signature|gave up")

    def test_a_hotel_network_that_answers_everything_with_its_own_page(self):
        self.proxy.answer = CAPTIVE_PORTAL
        done, store = self.backup_to_both("small")
        self.assert_partly(done, store, "holds 56 bytes")

    def test_a_slow_store_only_takes_longer(self):
        self.proxy.rate = 4_000_000
        done, store = self.backup_to_both()
        self.assertEqual(done.code, 0, done)
        self.assert_done(self.station.verify(self.s3.url(self.bucket)))

    def test_killed_while_uploading_the_next_run_takes_the_parts_back(self):
        url = self.s3.url(self.bucket, part_mib=5)
        order = ["backup", self.server.url("shop"), "--to", url, "--recipient",
                 self.station.recipient, "--json"]
        self.proxy.rate = 2_000_000
        through = self.s3.url(self.bucket, port=self.proxy.port, part_mib=5)
        slowly = [through if word == url else word for word in order]
        with self.station.start(*slowly) as process:
            support.wait_for(lambda: self.s3.unfinished_uploads(self.bucket), "an upload to begin")
            process.kill()
        self.assertEqual(self.station.must("list", url, "--json").json["backups"], [])
        report = self.station.must(*order).json
        self.assertGreater(report["swept"], 0, report)
        self.assertEqual(self.s3.unfinished_uploads(self.bucket), [])
        names = {part["object"] for part in report["backup"]["parts"]}
        self.assertEqual({o.rsplit("/", 1)[1] for o in self.s3.objects(self.bucket)},
                         names | {"manifest.json", "manifest.sig"})


if __name__ == "__main__":
    support.main()
