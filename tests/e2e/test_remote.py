"""The program as a client of a server: signing in, plans, runs, backups and their ends."""
import contextlib
import csv
import http.server
import io
import json
import os
import re
import signal
import sqlite3
import stat
import subprocess
import threading

import support

PASSWORD = "hunter2 correct horse"


def listens(pid):
    """Whether the program takes SIGINT itself."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        blocked = re.search(r"SigBlk:\s+(\w+)", status.read()).group(1)
    return int(blocked, 16) & 1 << (signal.SIGINT - 1)


class Remote(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.postgres = cls.start_postgres(17)
        cls.postgres.create("shop", "CREATE TABLE orders AS SELECT i FROM generate_series(1, 99) i")
        cls.url, cls.secret = cls.start_dumpstation()
        cls.store_directory = cls.directory / "store"
        cls.sign_in()
        cls.enter_what_is_backed_up()

    @classmethod
    def sign_in(cls):
        cls.station.must("login", cls.url, "--setup", cls.secret,
                         env={"DUMPSTATION_PASSWORD": PASSWORD})

    @classmethod
    def add(cls, path, **fields):
        done = cls.station.must("api", "POST", path, "--data", json.dumps(fields), "--json")
        return done.json["answer"]["id"]

    @classmethod
    def enter_what_is_backed_up(cls):
        server = cls.add("servers", name="db", url=cls.postgres.url(""))
        cls.database = cls.add("databases", name="shop", server=server)
        store = cls.add("stores", name="disk", url=f"file://{cls.store_directory}")
        identity = re.search(r"AGE-SECRET-KEY-\S+", cls.station.key.read_text()).group()
        key = cls.add("keys", name="main", recipient=cls.station.recipient, secret=identity)
        common = {"destinations": [{"store": store}], "keys": [key], "attempts_max": 1}
        cls.add("plans", name="nightly", databases=[cls.database], schedule="30 2 * * *",
                verify_schedule="@weekly", **common)
        missing = cls.add("databases", name="nowhere", server=server)
        cls.add("plans", name="broken", databases=[missing], **common)

    def ask(self, *arguments, **options):
        return self.assert_done(self.station.run(*arguments, "--json", **options)).json

    def back_up(self):
        """The run's row and the backup's name."""
        run = self.ask("plan", "run", "nightly", "--wait")["runs"][0]
        return run, self.ask("backups", "show", run["backup"])["backup"]["name"]

    def test_a_plan_runs_and_its_backup_is_proven(self):
        done = self.assert_done(self.station.run("plan", "run", "nightly", "--wait"))
        self.assertRegex(done.out, r"✓ backup succeeded in ")
        listed = self.assert_done(self.station.run("backups", "list", "--database", "shop"))
        self.assertRegex(listed.out, r"^NAME +DATABASE")
        name = listed.out.splitlines()[1].split()[0]
        proof = self.assert_done(self.station.run("backups", "verify", name, "--level", "4",
                                                  "--wait", timeout=300))
        self.assertRegex(proof.out, r"✓ verify succeeded")
        shown = self.assert_done(self.station.run("backups", "show", name)).out
        self.assertIn("equal to the source", shown)
        self.assertRegex(shown, r"disk +complete")
        databases = self.assert_done(self.station.run("database", "list")).out
        self.assertRegex(databases, r"shop +db +protected")
        self.assertRegex(databases, r"nowhere +db +unprotected")

    def test_a_run_is_watched_from_elsewhere(self):
        run = self.ask("plan", "run", "nightly")["runs"][0]["id"]
        done = self.assert_done(self.station.run("run", "watch", run))
        self.assertRegex(done.out, "✓ backup succeeded")
        self.assertRegex(self.station.must("run", "show", run).out, r"backup of shop(.|\n)*succeeded")
        self.assertTrue(self.station.must("run", "log", run).out)
        self.assertIn(run, self.station.must("run", "list", "--only", "succeeded").out)

    def test_a_run_that_fails_ends_the_command_like_it(self):
        done = self.station.run("plan", "run", "broken", "--wait")
        self.assertEqual(done.code, 1, done)
        self.assertRegex(done.out, "✗ backup failed.*nowhere")
        run = self.ask("run", "list", "--database", "nowhere")["runs"][0]["id"]
        again = self.station.run("run", "retry", run, "--wait", "--json")
        self.assertEqual(again.code, 1, again)
        self.assertEqual(again.json["runs"][0]["state"], "failed")

    def test_damage_ends_a_proof_with_its_own_status(self):
        _, name = self.back_up()
        for path in support.files_below(self.store_directory):
            if path.name.startswith("database.dump"):
                damaged = bytearray(path.read_bytes())
                damaged[len(damaged) // 2] ^= 1
                path.chmod(0o644)
                path.write_bytes(damaged)
        done = self.station.run("backups", "verify", name, "--level", "1", "--wait")
        self.assertEqual(done.code, 7, done)

    def test_a_run_that_is_cancelled_and_one_that_is_waited_for_too_short(self):
        self.postgres.create("slow", support.noise("big", 100))
        lock = subprocess.Popen(
            [support.pg_bin(18) / "psql", "-X", "-d", "slow", "-c",
             "BEGIN; LOCK TABLE big; SELECT pg_sleep(100)"], env=self.postgres.environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(lock.wait)
        self.addCleanup(lock.kill)
        support.wait_for(lambda: self.postgres.sql(
            "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted "
            "AND relation = 'big'::regclass", "slow") == "1", "the lock")
        plan = self.ask("api", "GET", "plans?name=nightly")["answer"]["items"][0]
        server = self.ask("api", "GET", f"databases/{self.database}")["answer"]["server"]
        slow = self.add("databases", name="slow", server=server)
        self.add("plans", name="slowly", databases=[slow], destinations=plan["destinations"],
                 keys=plan["keys"])
        early = self.station.run("plan", "run", "slowly", "--wait", "--wait-max", "1", "--json")
        self.assertEqual(early.code, 10, early)
        run = early.json["runs"][0]["id"]
        watching = self.station.start("run", "watch", run)
        left = self.station.start("run", "watch", run)
        with left:
            support.wait_for(lambda: listens(left.pid), "the program to take signals")
            left.send_signal(signal.SIGINT)
            _, told = left.communicate(timeout=20)
        self.assertEqual(left.returncode, 130, told)
        self.assert_done(self.station.run("run", "cancel", run))
        with watching:
            out, err = watching.communicate(timeout=30)
        self.assertEqual(watching.returncode, 130, out + err)
        self.assertIn("backup cancelled", out)

    def test_lists_are_printed_for_people_and_for_programs(self):
        self.back_up()
        self.ask("api", "PATCH", "backups/" + self.ask("backups", "list")["backups"][0]["id"],
                 "--data", '{"labels": {"env": "prod"}, "notes": "a, \\"b\\""}')
        only = ("backups", "list", "--label", "env:prod", "--plan", "nightly", "--since", "2020-01-01")
        rows = self.ask(*only)["backups"]
        self.assertEqual(len(rows), 1)
        self.assertEqual(self.station.must(*only, "-o", "id").out, rows[0]["id"] + "\n")
        self.assertEqual(json.loads(self.station.must(*only, "-o", "jsonl").out), rows[0])
        self.assertEqual(self.assert_done(self.station.run(*only, "-o", "json")).json["backups"], rows)
        table = list(csv.DictReader(io.StringIO(self.station.must(*only, "-o", "csv").out)))
        self.assertEqual(table[0]["id"], rows[0]["id"])
        self.assertEqual(table[0]["notes"], 'a, "b"')
        self.assertEqual(json.loads(table[0]["labels"]), {"env": "prod"})
        self.assertEqual(self.ask(*only, "--until", "2020-02-01")["backups"], [])
        self.assertEqual(self.ask("backups", "list", "--search", "nothing-like-it")["backups"], [])

    def test_servers_and_stores_are_tried(self):
        self.assertRegex(self.station.must("server", "list").out, r"db +postgres://")
        self.assertRegex(self.station.must("store", "list").out, r"disk +file://")
        self.assertIn("everything can be read", self.station.must("server", "test", "db").out)
        self.assertIn("✓", self.station.must("store", "test", "disk").out)
        self.add("servers", name="gone", url="postgres://me@127.0.0.1:1/")
        done = self.station.run("server", "test", "gone")
        self.assertEqual(done.code, 1, done)
        self.assertRegex(done.out, "✗ network: .*refused")
        sql = self.station.must("server", "role-sql", "db", "--database", "shop").out
        self.postgres.sql(sql.replace("…", "hunter2"), "shop")
        role = self.postgres.url("shop").replace("postgres@", "dumpstation@")
        store, _ = self.new_store()
        self.station.backup(role, store)

    def test_settings_and_statistics(self):
        self.station.must("settings", "set", "plan.retention.daily", "6")
        self.assertRegex(self.station.must("settings", "show").out, r"plan\.retention\.daily +6")
        self.assert_fails(self.station.run("settings", "set", "zone", "Mars"), 2, "zone")
        self.back_up()
        self.assertRegex(self.station.must("stats", "--zone", "UTC").out, r"DAY +BACKUPS")
        self.assert_fails(self.station.run("stats", "--from", "soon"), 2, "from")
        self.assertRegex(self.station.must("plan", "preview", "nightly").out, "stays.*\n(.|\n)*freed")

    def test_plans_are_shown_and_paused(self):
        self.assertRegex(self.station.must("plan", "list").out, r"nightly +30 2 \* \* \* UTC")
        self.assertIn("every day at 02:30", self.station.must("plan", "show", "nightly").out)
        self.assertTrue(self.ask("plan", "pause", "nightly")["plan"]["paused"])
        self.assertFalse(self.ask("plan", "resume", "nightly")["plan"]["paused"])

    def add_channel(self, name, status_of=lambda kind: 200):
        """A webhook that answers so; returns the kinds of events that it hears."""
        heard = []

        class Hook(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                heard.append(json.loads(body)["kind"])
                self.send_response(status_of(heard[-1]))
                self.end_headers()
                self.wfile.write(b"heard you")

            def log_message(self, *arguments):
                pass

        hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        self.addCleanup(hook.server_close)
        self.addCleanup(hook.shutdown)
        self.add("channels", name=name, driver="webhook",
                 options={"url": f"http://127.0.0.1:{hook.server_port}/hook"})
        return heard

    def fail_a_backup(self, heard):
        """The id of the delivery that told of it."""
        self.assertEqual(self.station.run("plan", "run", "broken", "--wait").code, 1)
        support.wait_for(lambda: "backup.failed" in heard, "the message")
        support.wait_for(lambda: self.ask("channel", "deliveries", "--only", "delivered")
                         ["deliveries"], "the log")
        return self.ask("channel", "deliveries", "--only", "delivered")["deliveries"][0]["id"]

    def test_channels_are_listed_tested_and_their_messages_replayed(self):
        answers = {"test": 200}
        heard = self.add_channel("ops", lambda kind: answers.get(kind, 200))
        self.assertRegex(self.station.must("channel", "list").out,
                         r"ops +webhook +info +the usual +works")
        self.assertIn("heard you", self.station.must("channel", "test", "ops").out)
        answers["test"] = 500
        self.assert_fails(self.station.run("channel", "test", "ops"), 1, "answers 500: heard you")
        delivery = self.fail_a_backup(heard)
        listed = self.station.must("channel", "deliveries", "--channel", "ops").out
        self.assertRegex(listed, r"ops +delivered +0 +Backup of nowhere failed +heard you")
        self.assertIn("sent again", self.station.must("channel", "replay", delivery).out)
        support.wait_for(lambda: heard.count("backup.failed") == 2, "the message again")
        self.assert_fails(self.station.run("channel", "replay", "nonsense"), 3, "no delivery")

    def test_a_backup_is_pinned_removed_and_kept(self):
        run, name = self.back_up()
        self.ask("backups", "pin", run["backup"])
        self.assert_fails(self.station.run("backups", "remove", name), 6, "pinned")
        self.ask("backups", "unpin", name)
        self.assertTrue(self.ask("backups", "remove", name)["remove_after"])
        self.ask("backups", "keep", name)
        self.assertTrue(self.ask("backups", "show", name)["backup"]["pinned"])

    def test_names_that_are_not_there(self):
        for words in (("plan", "show"), ("run", "watch"), ("backups", "verify")):
            self.assert_fails(self.station.run(*words, "nonsense"), 3, "no .* nonsense")
        self.assert_fails(self.station.run("api", "POST", "stores", "--data", "{"), 2, "--data")
        self.assert_fails(self.station.run("api", "POST", "stores", "--data", "{}"), 2, "name")

    def test_data_from_a_file_and_from_standard_input(self):
        file = self.directory / "store.json"
        file.write_text(json.dumps({"name": "other", "url": f"file://{self.directory}/other"}))
        made = self.ask("api", "post", "/stores", "--data", f"@{file}")["answer"]
        with open(file, encoding="utf-8") as text:
            again = subprocess.run(
                [support.program(), "api", "PATCH", f"/api/v1/stores/{made['id']}", "-d", "-"],
                stdin=text, capture_output=True, text=True, env=self.station.environment)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(json.loads(again.stdout)["name"], "other")
        self.assertEqual(self.station.must("api", "DELETE", f"stores/{made['id']}").out, "")

    def test_signing_in_and_out(self):
        other = support.Station(self.directory / "other")
        self.assert_fails(other.run("plan", "list"), 2, "no server", "login")
        self.assert_fails(other.run("plan", "list", "--server", self.url), 4, "not signed in")
        self.assert_fails(other.run("login", self.url), 2, "no password")
        wrong = {"DUMPSTATION_PASSWORD": "hunter2 wrong"}
        self.assert_fails(other.run("login", self.url, env=wrong), 4, "wrong")
        self.assert_fails(other.run("login", self.url, "--setup", self.secret,
                                    env={"DUMPSTATION_PASSWORD": PASSWORD}), 6, "already")
        typed = subprocess.run([support.program(), "login", self.url + "/"], input=PASSWORD + "\n",
                               capture_output=True, text=True, env=other.environment)
        self.assertEqual(typed.returncode, 0, typed.stderr)
        file = other.state / "servers.json"
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        token = json.loads(file.read_text())["servers"][self.url]["token"]
        self.assertNotIn(token, typed.stdout + typed.stderr)
        self.assertIn("admin of default", other.must("whoami").out)
        self.assertEqual(other.must("logout").code, 0)
        self.assertNotIn(token, file.read_text())
        stale = other.run("whoami", "--server", self.url, env={"DUMPSTATION_TOKEN": token})
        self.assert_fails(stale, 4, "token is not valid", "sign in")
        self.assertNotIn(token, stale.err)

    def test_a_password_is_typed_unseen(self):
        other = support.Station(self.directory / "typing")
        leader, follower = os.openpty()
        self.addCleanup(os.close, leader)
        with subprocess.Popen([support.program(), "login", self.url], stdin=follower,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env=other.environment) as process:
            os.close(follower)
            asked = process.stderr.read(len("Password: "))
            self.assertEqual(asked, "Password: ")
            os.write(leader, (PASSWORD + "\n").encode())
            out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)
        os.set_blocking(leader, False)
        try:
            self.assertNotIn("hunter2", os.read(leader, 1000).decode() + out + err)
        except OSError:
            pass  # nothing was shown at all

    def test_a_token_may_what_its_scope_says(self):
        token = self.ask("token", "new", "watcher", "--scope", "read")["token"]
        file = self.directory / "token.txt"
        file.write_text(token + "\n")
        other = support.Station(self.directory / "program")
        other.environment |= {"DUMPSTATION_SERVER": self.url, "DUMPSTATION_TOKEN_FILE": str(file)}
        self.assertIn("may read", other.must("whoami").out)
        self.assertIn("nightly", other.must("plan", "list").out)
        self.assert_fails(other.run("plan", "run", "nightly"), 5, "operate")

    def test_servers_that_are_not_there_or_not_ours(self):
        env = {"DUMPSTATION_TOKEN": "dst_x"}
        self.assert_fails(self.station.run("plan", "list", "--server", "http://127.0.0.1:1",
                                           env=env), 9, "connection refused", "running")
        for bad in ("backup.example.com", "ftp://x", f"http://me:hunter2@{self.url[7:]}"):
            self.assert_fails(self.station.run("plan", "list", "--server", bad, env=env), 2,
                              "address|url")
        elsewhere = self.station.run("plan", "list", "--server", self.url + "/elsewhere", env=env)
        self.assertIn(elsewhere.code, (2, 3), elsewhere)

    def test_the_audit_names_what_was_changed_in_the_catalog(self):
        self.ask("settings", "set", "audit_keep_days", "0")
        rows = self.ask("audit", "list", "--action", "PATCH settings")["audit"]
        self.assertEqual(rows[0]["actor"], "admin")
        good = self.ask("audit", "verify")["audit"]
        self.assertTrue(good["intact"], good)
        known = f"{good['last']}:{good['hash']}"
        host = self.directory / "host" / "state"
        here = self.assert_done(self.station.run("audit", "verify", "--here", "--state", host))
        self.assertIn("as they were written", here.out)
        with contextlib.closing(sqlite3.connect(host / "catalog.sqlite")) as catalog, catalog:
            actor, = catalog.execute("SELECT actor FROM audit WHERE sequence = 2").fetchone()
            catalog.execute("UPDATE audit SET actor = 'somebody' WHERE sequence = 2")
        for arguments in (("--here", "--state", host), ("--known", known)):
            bad = self.station.run("audit", "verify", *arguments)
            self.assertEqual(bad.code, 7, bad)
            self.assertIn("changed 2: it is not what was written", bad.out)
        with contextlib.closing(sqlite3.connect(host / "catalog.sqlite")) as catalog, catalog:
            catalog.execute("UPDATE audit SET actor = ? WHERE sequence = 2", (actor,))
        self.assert_done(self.station.run("audit", "verify", "--known", known))

    def test_every_command_ends_with_one_json_object(self):
        run, name = self.back_up()
        delivery = self.fail_a_backup(self.add_channel("json"))
        examples = {
            ("login",): [self.url], ("logout",): [], ("whoami",): [],
            ("key", "rotate-master"): [], ("token", "new"): ["ci", "--scope", "read"], ("database", "list"): [],
            ("session", "list"): [], ("session", "end"): ["others"],
            ("member", "list"): [], ("member", "role"): ["admin", "owner"], ("member", "remove"): ["ann"],
            ("member", "invite"): ["ben"], ("api",): ["GET", "statistics"],
            ("plan", "list"): [], ("plan", "show"): ["nightly"], ("plan", "run"): ["nightly"],
            ("plan", "preview"): ["nightly"],
            ("server", "list"): [], ("server", "test"): ["db"], ("server", "role-sql"): ["db"],
            ("store", "list"): [], ("store", "test"): ["disk"],
            ("settings", "show"): [], ("settings", "set"): ["zone", "UTC"], ("stats",): [],
            ("plan", "pause"): ["nightly"], ("plan", "resume"): ["nightly"],
            ("channel", "list"): [], ("channel", "test"): ["json"],
            ("channel", "deliveries"): [], ("channel", "replay"): [delivery],
            ("run", "list"): [], ("run", "show"): [run["id"]], ("run", "log"): [run["id"]],
            ("run", "retry"): [run["id"]], ("run", "watch"): [run["id"]], ("run", "cancel"): [], ("run", "undo"): [],
            ("backups", "list"): [], ("backups", "show"): [name],
            ("backups", "verify"): [name, "--level", "1"],
            ("backups", "restore"): ["latest", "--database", "shop", "--into", "db/json", "--wait"], ("backups", "pin"): [name],
            ("backups", "unpin"): [name], ("backups", "remove"): [name],
            ("backups", "keep"): [name],
            ("audit", "list"): [], ("audit", "verify"): [],
        }
        ours = {words for words in self.station.commands() if self.station.asks_server(words)}
        self.assertEqual(set(examples), ours)
        env = {"DUMPSTATION_PASSWORD": PASSWORD}
        self.host.must("user", "create", "ann", env=env)
        for words in sorted(examples, key=lambda words: (words == ("logout",), words)):
            if words in (("run", "cancel"), ("run", "undo")):
                continue  # need a run that is not over, or that replaced something
            with self.subTest(command=" ".join(words)):
                if words == ("backups", "keep"):
                    self.ask("backups", "unpin", name)
                    self.ask("backups", "remove", name)
                if words == ("backups", "remove"):
                    self.ask("backups", "unpin", name)
                done = self.assert_done(self.station.run(*words, *examples[words], "--json",
                                                         env=env))
                self.assertEqual(done.json["type"], "result", done)
                if words == ("backups", "remove"):
                    self.ask("backups", "keep", name)
        self.station.must("login", self.url, env=env)


if __name__ == "__main__":
    support.main()
