"""Restores that a server does: looking ahead, over a live database, back again, and killed at each step."""
import json
import re
import signal

import support

PASSWORD = "hunter2 correct horse"


class RemoteRestore(support.Story):
    def setUp(self):
        self.home = self.directory / self._testMethodName
        self.station = support.Station(self.home / "client")
        self.host = support.Station(self.home / "host")
        self.postgres = support.Postgres(self.home / "pg", 17)
        self.addCleanup(self.postgres.stop)
        self.postgres.create("shop", "CREATE TABLE orders AS SELECT i FROM generate_series(1, 99) i")
        self.process = None
        self.addCleanup(self.stop)
        self.serve()
        self.sign_in()
        self.enter_what_is_backed_up()
        self.ask("plan", "run", "nightly", "--wait")
        self.postgres.sql("CREATE TABLE later (i int)", "shop")

    def serve(self, failpoint=""):
        env = {"DUMPSTATION_ADMIN_PASSWORD": PASSWORD, "DUMPSTATION_FAILPOINT": failpoint}
        self.process = self.host.start("serve", "--listen", "127.0.0.1:0", env=env)
        told = ""
        while not (found := re.search(r"(http://127\.0\.0\.1:\d+)", told)):
            line = self.process.stderr.readline()
            if not line:
                raise AssertionError(f"the server does not start: {told}")
            told += line
        self.url = found.group(1)

    def sign_in(self):
        self.station.must("login", self.url, env={"DUMPSTATION_PASSWORD": PASSWORD})

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def again(self, failpoint=""):
        self.stop()
        self.serve(failpoint)
        self.sign_in()

    def add(self, path, **fields):
        done = self.station.must("api", "POST", path, "--data", json.dumps(fields), "--json")
        return done.json["answer"]["id"]

    def enter_what_is_backed_up(self):
        server = self.add("servers", name="db", url=self.postgres.url(""))
        self.database = self.add("databases", name="shop", server=server)
        store = self.add("stores", name="disk", url=f"file://{self.home}/store")
        identity = re.search(r"AGE-SECRET-KEY-\S+", self.station.key.read_text()).group()
        key = self.add("keys", name="main", recipient=self.station.recipient, secret=identity)
        self.add("plans", name="nightly", databases=[self.database],
                 destinations=[{"store": store}], keys=[key], attempts_max=1)

    def ask(self, *arguments, **options):
        return self.assert_done(self.station.run(*arguments, "--json", **options)).json

    def databases(self):
        return self.postgres.sql("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database "
                                 "WHERE datname LIKE 'shop%'")

    def is_live(self):
        return self.postgres.sql("SELECT to_regclass('later')", "shop") == "later"

    def over_shop(self, *more):
        return self.station.run("backups", "restore", "latest", "--database", "shop", "--into",
                                "db/shop", "--replace", "--confirm", "shop", "--json", *more)

    def undo(self, run, *more):
        return self.station.run("run", "undo", run["id"], "--confirm", "shop", "--json", *more)

    def killed(self):
        """The server reaches its fail point."""
        self.process.wait(timeout=90)

    def last_run(self, kind):
        answer = self.ask("api", "GET", f"runs?kind={kind}&sort=-id&limit=1")["answer"]
        return answer["items"][0]

    def wait_until_over(self, kind):
        support.wait_for(lambda: self.last_run(kind)["state"] not in ("queued", "running"),
                         "the run to be over", 60)
        return self.last_run(kind)

    def test_the_latest_by_name_by_beginning_and_what_is_in_the_way(self):
        name = self.ask("backups", "list")["backups"][0]["name"]
        done = self.assert_done(self.station.run("backups", "restore", name[:-3], "--into",
                                                 "db/shop_copy", "--wait"))
        self.assertIn("✓ restore succeeded", done.out)
        self.assertEqual(self.postgres.sql("SELECT count(*) FROM orders", "shop_copy"), "99")
        check = self.station.run("backups", "restore", "latest", "--database", "shop", "--into",
                                 "db/shop", "--check")
        self.assertEqual(check.code, 5, check)
        self.assertIn("✗ database: the database shop exists and is not empty", check.out)
        self.assert_fails(self.station.run("backups", "restore", "latest", "--into", "db/x"), 2,
                          "which database")
        self.assert_fails(self.station.run("backups", "restore", name, "--into", "nowhere"), 2,
                          "SERVER/DATABASE")
        self.assert_fails(self.station.run("backups", "restore", name, "--into", "db/shop",
                                           "--replace", "--confirm", "shap"), 2, "confirm")
        table = self.assert_done(self.station.run(
            "backups", "restore", name, "--into", "db/shop", "--table", "public.orders",
            "--replace", "--confirm", "shop", "--wait"))
        self.assertIn("✓", table.out)
        self.assertTrue(self.is_live())

    def test_u_01_over_a_live_database_and_back(self):
        run = self.assert_done(self.over_shop("--wait")).json["runs"][0]
        self.assertFalse(self.is_live())
        backups = self.ask("backups", "list")["backups"]
        self.assertEqual([one["trigger"] for one in backups], ["safety", "manual"])
        # The latest is what was restored, not what somebody wanted to be rid of.
        shown = self.ask("backups", "show", "latest", "--database", "shop")["backup"]
        self.assertEqual(shown["id"], backups[1]["id"])
        self.assert_fails(self.station.run("run", "undo", run["id"], "--confirm", "x"), 2, "confirm")
        self.assert_done(self.undo(run, "--wait"))
        self.assertTrue(self.is_live())
        self.assert_fails(self.station.run("run", "undo", run["id"], "--confirm", "shop"), 6,
                          "undone already")

    def test_r_01_killed_before_the_swap_nothing_is_changed(self):
        self.again("restore_before_swap:kill")
        self.over_shop()
        self.killed()
        self.again()
        self.assertEqual(self.wait_until_over("restore")["state"], "interrupted")
        self.assertTrue(self.is_live())
        self.assertEqual(len(self.ask("backups", "list")["backups"]), 2)
        run = self.last_run("restore")
        failed = self.undo(run, "--wait")
        self.assertEqual(failed.code, 1, failed)
        self.assertTrue(self.is_live())
        self.assert_done(self.over_shop("--wait"))
        self.assertFalse(self.is_live())

    def test_r_01_killed_after_the_swap_the_way_back_is_still_there(self):
        self.again("restore_after_swap:kill")
        self.over_shop()
        self.killed()
        self.again()
        run = self.wait_until_over("restore")
        self.assertEqual(run["state"], "interrupted")
        self.assertFalse(self.is_live())
        self.assert_done(self.undo(run, "--wait"))
        self.assertTrue(self.is_live())

    def test_r_01_killed_around_an_undo_both_databases_are_there(self):
        run = self.assert_done(self.over_shop("--wait")).json["runs"][0]
        self.again("swap_back_before:kill")
        self.undo(run)
        self.killed()
        self.assertFalse(self.is_live())
        self.again("swap_back_after:kill")
        self.wait_until_over("undo")
        self.undo(run)
        self.killed()
        self.assertTrue(self.is_live())
        self.assertEqual(len(self.databases().split()), 2)
        self.again()
        undone = self.wait_until_over("undo")
        self.assert_done(self.undo(undone, "--wait"))
        self.assertFalse(self.is_live())


if __name__ == "__main__":
    support.main()
