"""Wrong surroundings: permissions, buckets, clocks, tools; and who can see a password."""
import os
import shutil
import stat
import subprocess
import urllib.parse

import support
from support import SECRET

FAILED, USAGE, NOT_SIGNED_IN, REFUSED, DAMAGE, UNREACHABLE = 1, 2, 4, 5, 7, 9
PASSWORD = urllib.parse.quote(SECRET, safe="")


class AsNobody(support.Story):
    """As a user who may not do everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", "CREATE TABLE one AS SELECT 1 AS n")
        cls.locked = cls.directory / "locked"
        cls.locked.mkdir(mode=0o555)

    def setUp(self):
        self.as_user = {}
        if os.geteuid() == 0:
            self.as_user = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            if subprocess.run(["setpriv", "--reuid=nobody", "--clear-groups", "test", "-x",
                               support.program()]).returncode != 0:
                self.skipTest("the program lies where user nobody may not come")
        self.state = self.directory / "nobodys-state"
        self.state.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.state, "nobody", "nogroup")

    def run_backup(self, to, state):
        return self.station.run("backup", self.server.url("shop"), "--to", f"file://{to}",
                                "--recipient", self.station.recipient, **self.as_user,
                                env={"DUMPSTATION_STATE": str(state)})

    def test_a_store_that_may_not_be_written_to(self):
        self.assert_fails(self.run_backup(self.locked, self.state), REFUSED, "permission|denied")
        self.assertEqual(list(self.locked.iterdir()), [])
        self.assertEqual(list(self.state.glob("runs/*")), [])

    def test_a_state_directory_that_may_not_be_written_to(self):
        open_to_all = self.directory / "open"
        open_to_all.mkdir(mode=0o777, exist_ok=True)
        open_to_all.chmod(0o777)
        done = self.run_backup(open_to_all, self.locked / "state")
        self.assert_fails(done, REFUSED, "permission|denied")
        self.assertEqual(list(open_to_all.iterdir()), [])


class BadBuckets(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.s3 = cls.start_s3()
        cls.bucket = cls.s3.bucket()
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", "CREATE TABLE one AS SELECT 1 AS n")

    def backup(self, to, **env):
        env = self.s3.environment | env
        return self.station.run("backup", self.server.url("shop"), "--to", to, "--recipient",
                                self.station.recipient, env=env)

    def test_buckets_and_their_keys(self):
        here = self.s3.url(self.bucket)
        for to, env, code, words, hint in [
                (self.s3.url("no-such-bucket-anywhere"), {}, USAGE, "no-such-bucket", "create"),
                (here, {"AWS_ACCESS_KEY_ID": "NOBODY"}, NOT_SIGNED_IN, "access key", "access_key"),
                (here, {"AWS_SECRET_ACCESS_KEY": "hunter2"}, NOT_SIGNED_IN, "secret key", ".")]:
            with self.subTest(words=words):
                done = self.backup(to, **env)
                self.assert_fails(done, code, words, hint)
                self.assertNotIn(self.s3.SECRET, done.err)
                self.assertEqual(self.s3.objects(self.bucket), [])

    def test_a_clock_that_is_wrong(self):
        library = next((p for p in ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
                                    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1")
                        if os.path.exists(p)), None)
        if not library or support.SANITIZED:
            self.skipTest("needs libfaketime, and a build without sanitizers")
        done = self.backup(self.s3.url(self.bucket), LD_PRELOAD=library, FAKETIME="-2h",
                           FAKETIME_DONT_FAKE_MONOTONIC="1")
        self.assert_fails(done, USAGE, "clock", "time")


class FakeTools(support.Story):
    """Programs that claim to be pg_dump."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", "CREATE TABLE orders AS SELECT i FROM generate_series(1, 9999) i")
        cls.real = support.pg_bin(17)

    def tools(self, body):
        directory = self.directory / f"tools-{self._testMethodName}"
        directory.mkdir()
        (directory / "pg_dumpall").symlink_to(self.real / "pg_dumpall")
        script = directory / "pg_dump"
        script.write_text("#!/bin/bash\n[[ $1 == --version ]] && "
                          f"exec {self.real}/pg_dump --version\n{body}\n")
        script.chmod(0o755)
        return directory

    def assert_no_backup(self, body, code, words):
        store, directory = self.new_store()
        done = self.station.run("backup", self.server.url("shop"), "--to", store, "--recipient",
                                self.station.recipient, "--pg-bin", self.tools(body))
        self.assertEqual(done.code, code, done)
        self.assertRegex(done.complaint.lower(), words, done)
        self.assertEqual(support.files_below(directory), [])
        self.assertEqual(self.station.unfinished_runs(), [])

    def test_one_that_fails(self):
        self.assert_no_backup("echo 'pg_dump: error: it broke' >&2; exit 1", FAILED,
                              "it broke")

    def test_one_that_writes_nothing_and_is_content(self):
        self.assert_no_backup("exit 0", DAMAGE, "dump|pg_dump")

    def test_one_that_writes_half_and_is_content(self):
        self.assert_no_backup(f'{self.real}/pg_dump "$@" | head -c 20000; exit 0', DAMAGE, "dump")

    def test_one_that_writes_everything_and_fails(self):
        self.assert_no_backup(f'{self.real}/pg_dump "$@"; echo "late trouble" >&2; exit 3',
                              FAILED, "late trouble")

    def test_one_that_writes_something_else(self):
        self.assert_no_backup("head -c 100000 /dev/urandom", DAMAGE, "dump|format")

    def test_one_that_leaves_a_table_out(self):
        self.assert_no_backup(f'exec {self.real}/pg_dump "$@" --exclude-table-data=orders', DAMAGE,
                              "orders")

    def test_one_that_is_killed(self):
        self.assert_no_backup("kill -9 $$", UNREACHABLE, "signal 9|killed")

    def test_tools_that_are_too_old(self):
        store, _ = self.new_store()
        done = self.station.run("backup", self.server.url("shop"), "--to", store, "--recipient",
                                self.station.recipient, env={
                                    "DUMPSTATION_PG_DIRS": str(support.pg_bin(13)),
                                    "PATH": "/nowhere"})
        self.assert_fails(done, 1, "17 or newer|needed", "postgresql-client-17")


class Secrets(support.Story):
    def test_no_password_is_visible_to_others_while_a_backup_runs(self):
        server = self.start_postgres(17, password=SECRET)
        # More than fits into pipes, so that pg_dump waits for us while we look.
        server.create("shop", "CREATE TABLE orders AS SELECT md5(i::text) FROM "
                              "generate_series(1, 500000) i")
        store, _ = self.new_store()
        process = self.station.start(
            "backup", server.url("shop"), "--to", store, "--recipient", self.station.recipient,
            env={"DUMPSTATION_FAILPOINT": "backup.block:sleep"})
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        dump = self.dump_started_by(process.pid)
        secrets = (SECRET.encode(), PASSWORD.encode())
        for path in [f"/proc/{process.pid}/cmdline", f"/proc/{dump}/cmdline", f"/proc/{dump}/environ"]:
            with open(path, "rb") as file:
                words = file.read()
            for secret in secrets:
                self.assertNotIn(secret, words, path)
        for path in support.files_below(self.station.state):
            for secret in secrets:
                self.assertNotIn(secret, path.read_bytes(), path)
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)

    @staticmethod
    def dump_started_by(pid):
        """The pg_dump that dumps; the program starts others only to ask for their version."""
        dumping = lambda: subprocess.run(["pgrep", "-P", str(pid), "-f", "pg_dump.*--snapshot"],
                                         capture_output=True).stdout
        support.wait_for(dumping, "pg_dump to start")
        return int(dumping())


if __name__ == "__main__":
    support.main()
