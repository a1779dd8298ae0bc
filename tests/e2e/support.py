"""What the stories share: servers, stores, our program, and looking at what it left behind.

Everything lives in a temporary directory per test file and ends with this process. The program is
$DUMPSTATION_BIN; servers come from tests/servers/testbed.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from servers import ROOT, S3, TESTBED_DIRECTORY, Postgres, pg_bin

__all__ = ["MEMORY_MAX", "Memory", "ROOT", "S3", "SANITIZED", "SECRET", "Postgres", "Station",
           "Story", "files_below", "main", "noise", "objects_of", "pg_bin", "program", "wait_for"]

SANITIZED = os.environ.get("DS_SANITIZED", "") not in ("", "0")
MEMORY_MAX = 128 * 1024  # KiB, whatever the size of the database
SECRET = "hunter2-Pa55:w@rd"  # needs escaping in URLs and in .pgpass


def program():
    path = os.environ.get("DUMPSTATION_BIN")
    if not path or not os.access(path, os.X_OK):
        raise unittest.SkipTest(f"no program to test: DUMPSTATION_BIN={path}")
    return path


class Done:
    """How a command ended."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.out, self.err = arguments, code, out, err

    def __str__(self):
        return f"{self.arguments}\nexit status {self.code}\n{self.out}\n{self.err}"

    @property
    def json(self):
        """The one object on standard output."""
        return json.loads(self.out)

    @property
    def hint(self):
        found = re.search(r"^hint: (.+)$", self.err, re.MULTILINE)
        return found.group(1) if found else ""

    @property
    def complaint(self):
        found = re.search(r"^dumpstation: (.+)$", self.err, re.MULTILINE)
        return found.group(1) if found else ""


class Watcher(threading.Thread):
    """Looks at a running process again and again."""

    def __init__(self, pid, look):
        super().__init__(daemon=True)
        self.pid, self.look, self.ended = pid, look, threading.Event()
        self.start()

    def run(self):
        while not self.ended.wait(0.02):
            self.look(self.pid)


class Memory:
    """The most memory that any watched process had at one time, in KiB, without its children."""

    def __init__(self):
        self.peak = 0

    def __call__(self, pid):
        try:
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return
        if found := re.search(r"VmHWM:\s+(\d+)", status):
            self.peak = max(self.peak, int(found.group(1)))


class Station:
    """Our program on a machine of its own: a state directory, a home, a key."""

    def __init__(self, directory):
        self.home = pathlib.Path(directory)
        self.home.mkdir(parents=True, exist_ok=True)
        self.state = self.home / "state"
        self.key = self.home / "key.txt"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "LANG": "C.UTF-8",
            "DUMPSTATION_STATE": str(self.state),
            "DUMPSTATION_PG_DIRS": str(TESTBED_DIRECTORY / "pg"),
            # Webhooks of these stories are on this machine.
            "DUMPSTATION_OUTGOING_CHANNELS": "machine"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.recipient = self.must("key", "new", "--out", self.key).out.strip()

    def start(self, *arguments, env=None, **options):
        return subprocess.Popen([program(), *map(str, arguments)], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=self.environment | (env or {}), **options)

    def run(self, *arguments, env=None, timeout=120, watch=None, **options):
        """To the end. `watch` is called with the process id all the time meanwhile."""
        with self.start(*arguments, env=env, **options) as process:
            watcher = Watcher(process.pid, watch) if watch else None
            try:
                out, err = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            finally:
                if watcher:
                    watcher.ended.set()
                    watcher.join()
        return Done(arguments, process.returncode, out, err)

    def must(self, *arguments, **options):
        done = self.run(*arguments, **options)
        if done.code != 0:
            raise AssertionError(str(done))
        return done

    def commands(self, words=()):
        """Every command there is, as words, asked of the program itself."""
        offered = self.must("__complete", *words, "").out.split()
        below = [word for word in offered if not word.startswith("-")]
        if not below:
            return [words]
        return [leaf for word in below for leaf in self.commands((*words, word))]

    def asks_server(self, words):
        """Whether that command is a client's, of a `dumpstation serve`."""
        return words == ("login",) or bool(self.must("__complete", *words, "--server").out)

    def backup(self, url, *stores, **options):
        """Makes one; returns its manifest."""
        to = [word for store in stores for word in ("--to", store)]
        done = self.must("backup", url, *to, "--recipient", self.recipient, "--json", **options)
        return done.json["backup"]

    def verify(self, store, level=1, name="latest", **options):
        return self.run("verify", store, name, "--level", level, "--identity", self.key, "--json",
                        **options)

    def restore(self, store, into, *more, name="latest", **options):
        return self.run("restore", store, name, "--into", into, "--identity", self.key, "--json",
                        *more, **options)

    def unfinished_runs(self):
        """What dead runs are remembered by."""
        directory = self.state / "runs"
        return sorted(directory.iterdir()) if directory.exists() else []

    def scratch(self):
        directory = self.state / "scratch"
        return sorted(directory.iterdir()) if directory.exists() else []


def noise(table, rows):
    """SQL for a table of `rows` times 640 bytes that do not compress away."""
    return f"""
        CREATE TABLE {table} (id bigint PRIMARY KEY, note text);
        INSERT INTO {table} SELECT i, (SELECT string_agg(md5(i || '.' || j), '')
            FROM generate_series(1, 20) j) FROM generate_series(1, {rows}) i;"""


def wait_for(condition, what, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError(f"waited {seconds} s for {what}")


def files_below(directory):
    return sorted(path for path in pathlib.Path(directory).rglob("*") if path.is_file())


def objects_of(store_directory):
    """Object name to path, of the newest backup in a file:// store."""
    newest = max(pathlib.Path(store_directory).glob("v1/*/backups/*"), key=lambda path: path.name)
    return {path.name: path for path in newest.iterdir()}


class Story(unittest.TestCase):
    """A test with a directory of its own, which servers running as another user may enter."""

    maxDiff = None

    def run(self, result=None):
        began = time.monotonic()
        outcome = super().run(result)
        print(f"{time.monotonic() - began:6.1f} s  {self.id()}", flush=True)
        return outcome

    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp(prefix="ds-e2e-"))
        cls.directory.chmod(0o755)
        cls.addClassCleanup(shutil.rmtree, cls.directory, ignore_errors=True)
        cls.station = Station(cls.directory / "station")

    @classmethod
    def start_postgres(cls, major, **options):
        server = Postgres(cls.directory, major, **options)
        cls.addClassCleanup(server.stop)
        return server

    @classmethod
    def start_s3(cls):
        server = S3(cls.directory)
        cls.addClassCleanup(server.stop)
        return server

    @classmethod
    def start_dumpstation(cls, environment=None):
        """A server on a free port; its address and setup secret, which it prints."""
        host = cls.host = Station(cls.directory / "host")
        process = host.start("serve", "--listen", "127.0.0.1:0", env=environment)
        cls.addClassCleanup(process.wait)
        cls.addClassCleanup(process.send_signal, signal.SIGTERM)
        cls.addClassCleanup(process.stderr.close)
        cls.addClassCleanup(process.stdout.close)
        told = ""
        while not (found := re.search(r"dumpstation login (\S+) --setup (\S+)", told)):
            line = process.stderr.readline()
            if not line:
                raise AssertionError(f"the server does not start: {told}")
            told += line
        return found.groups()

    def new_store(self, name=None):
        """An empty file:// store: its URL and its directory."""
        directory = pathlib.Path(tempfile.mkdtemp(prefix=name or "store-", dir=self.directory))
        return f"file://{directory}", directory

    def assert_done(self, done):
        self.assertEqual(done.code, 0, done)
        return done

    def assert_fails(self, done, code, words, hint=None):
        """One line and a hint on stderr, the documented exit status, and nothing on stdout."""
        self.assertEqual(done.code, code, done)
        self.assertRegex(done.complaint.lower(), words.lower(), done)
        lines = [line for line in done.err.splitlines() if line and not line.endswith("…")]
        self.assertLessEqual(len(lines), 2, f"more than one line and a hint: {done}")
        self.assertTrue(done.hint, f"no hint: {done}")
        if hint:
            self.assertRegex(done.hint.lower(), hint.lower(), done)
        self.assertEqual(done.out, "", done)
        self.assertNotIn("hunter2", done.out + done.err, "a password is shown")


def main():
    """Runs the stories of one file. Status 77, which ctest calls skipped, when none could run."""
    started = time.monotonic()
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test}: {reason}")
    print(f"{result.testsRun} stories in {time.monotonic() - started:.1f} s")
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(77 if len(result.skipped) >= max(1, result.testsRun) else 0)
