"""Real servers: PostgreSQL and Ceph's S3 gateway, from tests/servers/testbed."""
import os
import pathlib
import shutil
import subprocess
import time
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTBED = ROOT / "tests/servers/testbed"
TESTBED_DIRECTORY = pathlib.Path(os.environ.get("DS_TESTBED") or "/var/tmp/dumpstation-testbed")


def testbed(*arguments):
    done = subprocess.run([TESTBED, *map(str, arguments)], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=180)
    if done.returncode != 0:
        raise RuntimeError(f"testbed {arguments}: {done.stderr}")
    return done.stdout.split()


def pg_bin(major):
    """Where the client programs of that version are; the test is skipped without them."""
    directory = TESTBED_DIRECTORY / f"pg/{major}/bin"
    if not (directory / "pg_dump").exists():
        raise unittest.SkipTest(f"no client tools of PostgreSQL {major} in {TESTBED_DIRECTORY}")
    return directory


class Postgres:
    """A real server. `password` makes every login need it (scram-sha-256)."""

    def __init__(self, directory, major, password=None, full=False, settings=()):
        kind = "full" if full else "server"
        if not (TESTBED_DIRECTORY / f"pg/{major}/{kind}/bin/postgres").exists():
            raise unittest.SkipTest(f"no PostgreSQL {major} ({kind}) in {TESTBED_DIRECTORY}")
        self.major, self.password = major, password
        self.directory = pathlib.Path(directory) / f"pg{major}"
        arguments = ["pg", "start", major, self.directory, "--owner", os.getpid()]
        if password:
            file = pathlib.Path(directory) / "password.txt"
            file.write_text(password + "\n")
            arguments += ["--auth", "scram-sha-256", "--password-file", file]
        if full:
            arguments.append("--full")
        for setting in settings:
            arguments += ["--set", setting]
        self.host, self.port, self.pid, _ = testbed(*arguments)

    def stop(self):
        testbed("pg", "stop", self.directory)

    def url(self, database="postgres", user="postgres", password=None, port=None):
        word = password if password is not None else self.password
        secret = ":" + urllib.parse.quote(word, safe="") if word else ""
        return f"postgres://{user}{secret}@{self.host}:{port or self.port}/{database}"

    def environment(self):
        """For PostgreSQL's own programs."""
        env = dict(PATH=os.environ["PATH"], PGHOST=self.host, PGPORT=self.port, PGUSER="postgres",
                   LANG="C.UTF-8", PGOPTIONS="-c client_min_messages=warning")
        return env | ({"PGPASSWORD": self.password} if self.password else {})

    def psql(self, database, *arguments, stdin=None, timeout=120):
        command = [pg_bin(18) / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database]
        done = subprocess.run([*command, *map(str, arguments)], env=self.environment(),
                              input=stdin, capture_output=True, text=True, timeout=timeout)
        if done.returncode != 0:
            raise RuntimeError(f"psql {arguments}: {done.stderr}")
        return done.stdout.strip()

    def sql(self, statement, database="postgres"):
        return self.psql(database, "-c", statement)

    def script(self, text, database="postgres"):
        """Many statements, one transaction."""
        return self.psql(database, "-1", "-f", "-", stdin=text)

    def create(self, database, script=None):
        self.sql(f'CREATE DATABASE "{database}"')
        if script:
            self.script(script, database)

    def databases(self):
        listed = self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1")
        return [name for name in listed.split("\n") if name != "postgres"]


class S3:
    """Ceph's gateway, shared by all test files of one `./dev test` where there is one."""

    ACCESS, SECRET = "DSTESTACCESSKEY00000", "dstestsecretkeydstestsecretkey0000000000"

    def __init__(self, directory):
        if not shutil.which("radosgw"):
            raise unittest.SkipTest("radosgw is not installed")
        owner = os.environ.get("DS_TEST_OWNER")
        place = f"/tmp/ds-e2e-s3-{owner}" if owner else pathlib.Path(directory) / "s3"
        self.place = None if owner else place  # a shared one ends with its owner
        self.endpoint = testbed("s3", "start", place, "--owner", owner or os.getpid())[0]
        self.port = urllib.parse.urlsplit(self.endpoint).port
        self.environment = {"AWS_ACCESS_KEY_ID": self.ACCESS, "AWS_SECRET_ACCESS_KEY": self.SECRET}

    def stop(self):
        if self.place:
            testbed("s3", "stop", self.place)

    def s3cmd(self, *arguments, check=True):
        host = f"127.0.0.1:{self.port}"
        command = ["s3cmd", "-c", "/dev/null", "--access_key", self.ACCESS, "--secret_key",
                   self.SECRET, "--host", host, "--host-bucket", host, "--no-ssl"]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=60)
        if check and done.returncode != 0:
            raise RuntimeError(f"s3cmd {arguments}: {done.stderr}")
        return done.stdout

    def bucket(self):
        name = f"e2e-{os.getpid()}-{time.monotonic_ns() % 10**9}"
        self.s3cmd("mb", f"s3://{name}")
        return name

    def url(self, bucket, port=None, **options):
        options = {"endpoint": f"http://127.0.0.1:{port or self.port}", "preset": "ceph"} | options
        return f"s3://{bucket}/shop?" + urllib.parse.urlencode(options)

    def objects(self, bucket):
        listed = self.s3cmd("ls", "--recursive", f"s3://{bucket}")
        return [line.split(f"s3://{bucket}/", 1)[1] for line in listed.splitlines()]

    def unfinished_uploads(self, bucket):
        listed = self.s3cmd("multipart", f"s3://{bucket}")
        return [line for line in listed.splitlines() if f"\ts3://{bucket}/" in line]
