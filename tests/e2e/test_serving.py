"""Running a server: what it is told, what it logs, and how it stops."""
import contextlib
import json
import os
import pty
import re
import signal
import socket
import subprocess
import threading
import time

import support

PASSWORD = "correct horse, battery"
SEEDED = ("correct horse, battery", "seeded-store-key", support.SECRET)


class Server:
    """A `serve` whose log is read as it comes."""

    def __init__(self, station, *arguments, env=None):
        self.process = station.start("serve", "--listen", "127.0.0.1:0", *arguments,
                                     env={"DUMPSTATION_ADMIN_PASSWORD": PASSWORD} | (env or {}))
        self.text = ""
        self.lines = []
        self.address = self.wait_for("server.started")["address"]

    def wait_for(self, event, **fields):
        """The next line of that event with these fields; lines before it are read as well."""
        while True:
            line = self.process.stderr.readline()
            if not line:
                raise AssertionError(f"no {event} in:\n{self.text}")
            self.text += line
            self.lines.append(json.loads(line))
            if self.lines[-1]["event"] == event and fields.items() <= self.lines[-1].items():
                return self.lines[-1]

    def end(self, *signals):
        """Its status and how long it took."""
        started = time.monotonic()
        for number in signals or (signal.SIGTERM,):
            self.process.send_signal(number)
            time.sleep(0.3 if len(signals) > 1 else 0)
        rest = self.process.stderr.read()
        self.text += rest
        self.lines += map(json.loads, rest.splitlines())
        code = self.process.wait(timeout=120)
        self.process.stderr.close()
        self.process.stdout.close()
        return code, time.monotonic() - started

    def events(self, name):
        return [line for line in self.lines if line["event"] == name]


class Serving(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.postgres = cls.start_postgres(17)
        cls.postgres.create("shop", "CREATE TABLE orders AS SELECT i FROM generate_series(1, 99) i")

    def setUp(self):
        self.host = support.Station(self.directory / self.id().rsplit(".", 1)[-1])

    def serve(self, *arguments, env=None):
        server = Server(self.host, *arguments, env=env)
        self.addCleanup(lambda: server.process.poll() is None and server.process.kill())
        self.host.must("login", server.address, env={"DUMPSTATION_PASSWORD": PASSWORD})
        return server

    def add(self, path, **fields):
        done = self.host.must("api", "POST", path, "--data", json.dumps(fields), "--json")
        return done.json["answer"]["id"]

    def enter_plan(self, **more):
        server = self.add("servers", name="db", url=self.postgres.url(""))
        database = self.add("databases", name="shop", server=server)
        store = self.add("stores", name="disk", url=f"file://{self.host.home}/store")
        identity = re.search(r"AGE-SECRET-KEY-\S+", self.host.key.read_text()).group()
        key = self.add("keys", name="main", recipient=self.host.recipient, secret=identity)
        self.add("plans", name="nightly", databases=[database], destinations=[{"store": store}],
                 keys=[key], **more)

    def runs(self):
        return self.host.must("run", "list", "--json").json["runs"]

    def test_the_log_tells_what_happened_and_no_secret(self):
        server = self.serve()
        self.enter_plan()
        self.add("stores", name="bucket", secrets={"secret_key": "seeded-store-key"},
                 url="s3://bucket/x?endpoint=http://127.0.0.1:1&access_key=me")
        self.host.run("login", server.address, env={"DUMPSTATION_PASSWORD": "wrong one altogether"})
        self.host.run("login", server.address, "--name", support.SECRET,
                      env={"DUMPSTATION_PASSWORD": "wrong one altogether"})
        self.host.must("login", server.address, env={"DUMPSTATION_PASSWORD": PASSWORD})
        run = self.host.must("plan", "run", "nightly", "--wait", "--json").json["runs"][0]
        server.wait_for("run.ended", run=run["id"])
        self.assertEqual(server.end()[0], 0)

        self.assertEqual(server.events("run.started")[0]["kind"], "backup")
        ended = [line for line in server.events("run.ended") if line["run"] == run["id"]][0]
        self.assertEqual((ended["state"], ended["backup"], ended["level"]),
                         ("succeeded", run["backup"], "info"))
        self.assertEqual(len(server.events("sign_in.succeeded")), 2)
        failed = server.events("sign_in.failed")
        self.assertEqual([line["user"] for line in failed], ["admin", ""])
        self.assertEqual(server.lines[-1]["event"], "server.stopped")
        for secret in (*SEEDED, "wrong one altogether"):
            self.assertNotIn(secret, server.text)

    def test_R17_a_demo_shows_much_changes_nothing_and_leaves_nothing(self):
        rooms = self.host.home / "rooms"
        rooms.mkdir()
        server = Server(self.host, "--demo", env={"TMPDIR": str(rooms)})
        self.addCleanup(lambda: server.process.poll() is None and server.process.kill())
        server.wait_for("server.demo")
        self.host.must("login", server.address, "--name", "demo",
                       env={"DUMPSTATION_PASSWORD": "look around"})
        shown = self.host.must("database", "list", "--json").json["databases"]
        self.assertGreater(len(shown), 3)
        self.assertGreater(len(self.host.must("backups", "list", "--json").json["backups"]), 50)
        refused = self.host.run("plan", "run", "shop nightly")
        self.assertEqual(refused.code, 5, refused)
        self.assertIn("demo", refused.err)
        self.assertEqual(server.end()[0], 0)
        self.assertEqual(list(rooms.iterdir()), [], "the demo leaves something")
        self.assertFalse((self.host.state / "catalog.sqlite").exists(), "it opened the real state")

    def test_failures_are_errors_with_their_cause(self):
        server = self.serve()
        self.enter_plan(attempts_max=1)
        row = self.host.must("api", "GET", "servers", "--json").json["answer"]["items"][0]
        self.host.must("api", "PATCH", f"servers/{row['id']}", "--data",
                       json.dumps({"url": f"postgres://me@127.0.0.1:1/", "secret": support.SECRET}))
        self.host.run("plan", "run", "nightly", "--wait")
        ended = server.wait_for("run.ended", state="failed")
        self.assertEqual((ended["level"], ended["code"]), ("error", "unavailable"))
        server.end()
        self.assertNotIn(support.SECRET, server.text)

    def test_a_catalog_that_goes_away_is_told_once(self):
        catalog = support.Postgres(self.host.home, 17, password=support.SECRET)
        self.addCleanup(catalog.stop)
        catalog.create("book")
        server = self.serve(env={"DUMPSTATION_CATALOG": catalog.url("book")})
        catalog.stop()
        self.host.run("plan", "list")
        failed = server.wait_for("api.error")
        self.assertEqual((failed["route"], failed["status"]), ("/api/v1/plans", 503))
        def told():
            return [line for line in server.events("duty.failed") if line["duty"] == "scheduler"]
        if not told():
            server.wait_for("duty.failed", duty="scheduler")
        time.sleep(3)  # the scheduler asks every second
        self.assertEqual(server.end()[0], 0)
        self.assertEqual(len(told()), 1, server.text)
        self.assertNotIn("hunter2", server.text)

    def test_a_terminal_gets_text(self):
        primary, secondary = pty.openpty()
        process = subprocess.Popen([support.program(), "serve", "--listen", "127.0.0.1:0"],
                                   env=self.host.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=secondary)
        os.close(secondary)
        told = b""
        while b"server.needs_setup" not in told:
            told += os.read(primary, 4096)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        os.close(primary)
        self.assertIn(b" info    dumpstation ", told)
        secret = (self.host.state / "setup-secret").read_text().strip()
        self.assertNotIn(secret, told.decode())

    def hold_the_table(self, seconds):
        """Backups wait meanwhile: nothing can read it."""
        def hold():
            with contextlib.suppress(RuntimeError):  # ended by release_the_table()
                self.postgres.sql(f"BEGIN; LOCK TABLE orders; SELECT pg_sleep({seconds}); COMMIT",
                                  "shop")

        holder = threading.Thread(target=hold)
        holder.start()
        self.addCleanup(holder.join)
        self.addCleanup(self.release_the_table)
        support.wait_for(lambda: self.postgres.sql(
            "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND "
            "relation = 'orders'::regclass", "shop") == "1", "the lock")

    def release_the_table(self):
        self.postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE "
                          "'%pg_sleep%' AND pid <> pg_backend_pid()", "shop")

    def begin_backup(self, server):
        self.enter_plan()
        self.host.must("plan", "run", "nightly")
        return server.wait_for("run.started", kind="backup")["run"]

    def test_a_stop_waits_for_runs_within_the_grace(self):
        server = self.serve("--grace", "60s")
        self.hold_the_table(5)
        run = self.begin_backup(server)
        code, _ = server.end()
        self.assertEqual(code, 0, server.text)
        states = {line["run"]: line["state"] for line in server.events("run.ended")}
        self.assertEqual(states, {run: "succeeded"}, server.text)
        self.assertEqual(server.events("run.stopped"), [])

    def test_what_is_not_done_is_handed_over(self):
        server = self.serve("--grace", "1s")
        self.hold_the_table(100)
        run = self.begin_backup(server)
        code, seconds = server.end()
        self.assertEqual(code, 0, server.text)
        self.assertLess(seconds, 30)
        ended = [line for line in server.events("run.ended") if line["run"] == run][0]
        self.assertEqual((ended["state"], ended["again"]), ("interrupted", True))

        self.release_the_table()
        again = self.serve()
        done = again.wait_for("run.ended", kind="backup")
        self.assertEqual(done["state"], "succeeded", again.text)
        states = {row["id"]: row["state"] for row in self.runs() if row["kind"] == "backup"}
        self.assertEqual(states, {run: "interrupted", done["run"]: "succeeded"})
        again.end()

    def test_a_second_signal_ends_it_at_once(self):
        server = self.serve("--grace", "600s")
        self.hold_the_table(100)
        self.begin_backup(server)
        code, seconds = server.end(signal.SIGTERM, signal.SIGTERM)
        self.assertEqual(code, 130)
        self.assertLess(seconds, 10)

    def test_the_service_manager_hears_of_it(self):
        path = str(self.host.home / "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(path)
            manager.settimeout(30)
            server = self.serve("--grace", "7s",
                                env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"})
            self.assertTrue(manager.recv(1000).startswith(b"READY=1\nSTATUS=serves at http://"))
            self.assertEqual(manager.recv(1000), b"WATCHDOG=1")
            # What hangs says nothing any more, and is ended for it.
            server.process.send_signal(signal.SIGSTOP)
            time.sleep(0.3)
            manager.setblocking(False)
            while self.heard(manager):
                pass
            time.sleep(1)
            self.assertIsNone(self.heard(manager))
            manager.settimeout(30)
            server.process.send_signal(signal.SIGCONT)
            server.end()
            told = b""
            while not told.startswith(b"STOPPING=1"):
                told = manager.recv(1000)
            self.assertEqual(told, b"STOPPING=1\nEXTEND_TIMEOUT_USEC=67000000")

    @staticmethod
    def heard(manager):
        try:
            return manager.recv(1000)
        except BlockingIOError:
            return None

    def test_settings_come_from_everywhere(self):
        config = self.host.home / "config.toml"
        config.write_text("slots = 3\n[log]\nlevel = \"warning\"\n", encoding="utf-8")
        shown = self.host.must("config", "show", "--config", config, "--log-level", "error",
                               "--json", env={"DUMPSTATION_GRACE": "5m",
                                              "DUMPSTATION_ADMIN_PASSWORD": PASSWORD})
        settings = {one["key"]: one for one in shown.json["settings"]}
        self.assertEqual(settings["slots"], {"key": "slots", "value": 3, "origin": f"{config}:1:1"})
        self.assertEqual(settings["log.level"]["origin"], "--log-level")
        self.assertEqual(settings["grace"]["value"], "5m")
        self.assertEqual(settings["admin_password"]["value"], "***")
        self.assertNotIn(PASSWORD, shown.out)

    def test_a_wrong_file_is_told_and_refused(self):
        config = self.host.home / "config.toml"
        config.write_text("slot = 3\n[log]\nlevel = 5\n", encoding="utf-8")
        checked = self.host.run("config", "check", config)
        self.assertEqual(checked.code, 2)
        self.assertEqual(checked.out.splitlines(), [
            f"{config}:1:1: slot: there is no such setting (Is slots meant?)",
            f"{config}:3:1: log.level: one of debug, info, warning, error"])
        refused = self.host.run("serve", "--config", config)
        self.assertEqual(refused.code, 2)
        self.assertIn("Is slots meant?", refused.hint)
        self.assertEqual(self.host.run("config", "check", self.host.home / "none").code, 3)
        example = self.host.home / "example.toml"
        example.write_text(self.host.must("config", "example").out, encoding="utf-8")
        self.host.must("config", "check", example)


if __name__ == "__main__":
    support.main()
