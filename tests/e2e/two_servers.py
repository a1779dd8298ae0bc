"""Two real servers on one PostgreSQL catalog, one of which is killed again and again.

    python3 tests/e2e/two_servers.py --minutes 60      # prints what it counted; fails when something is lost or doubled

`test_two_servers.py` is the same for a minute and a half.
"""
import argparse
import collections
import datetime
import itertools
import json
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import support

PASSWORD = "correct horse battery"
JITTER = 40  # seconds over which the starts of a minute are spread
TAKE_OVER = 20  # seconds: the scheduler's lease, and some
PATIENCE = 300
# Where a server dies by itself: those are short moments that no clock would hit.
FAIL_POINTS = ["backup.after_manifest", "backup.before_manifest", "backup.part.end"]


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def text_of(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Node:
    """One of the servers: a state directory and, while it lives, a process."""

    def __init__(self, directory, catalog, slots):
        self.station = support.Station(directory)
        self.arguments = ["serve", "--listen", "127.0.0.1:0", "--slots", slots, "--grace", "20"]
        self.environment = self.station.environment | {
            "DUMPSTATION_CATALOG": catalog, "DUMPSTATION_ADMIN_PASSWORD": PASSWORD}
        self.log = self.station.home / "serve.log"
        self.process = None

    def start(self, fail_point=None):
        """With a fail point it dies by itself, at its next backup, at just that point."""
        environment = self.environment | ({"DUMPSTATION_FAILPOINT": fail_point + ":kill"} if fail_point else {})
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([support.program(), *map(str, self.arguments)], env=environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        found = support.wait_for(lambda: re.search(r"serves at (http://[^\s,\"]+)", self.log.read_text()),
                                 f"the server; see {self.log}")
        self.url = found.group(1)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def restart_to_die(self, fail_point):
        """It dies by itself, unless the other one does all the work for that long."""
        self.stop()
        self.start(fail_point)
        try:
            self.process.wait(45)
        except subprocess.TimeoutExpired:
            pass

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)


class Pair:
    """The two, what they back up, and where to."""

    def __init__(self, directory, databases=12, slots=2):
        self.directory = pathlib.Path(directory)
        self.store = self.directory / "store"
        self.postgres = support.Postgres(self.directory, 17, settings=["max_connections=200"])
        self.postgres.create("catalog")
        catalog = self.postgres.url("catalog")
        self.nodes = [Node(self.directory / name, catalog, slots) for name in ("a", "b")]
        self.kills = collections.Counter()
        self.token = ""
        try:
            self.begin(databases)
        except BaseException:
            self.close()
            raise

    def begin(self, databases):
        self.nodes[0].start()
        # Whoever shares a catalog shares the key that its secrets are sealed with.
        self.nodes[1].station.state.mkdir(exist_ok=True)
        shutil.copy(self.nodes[0].station.state / "master.key", self.nodes[1].station.state)
        self.nodes[1].start()
        self.token = self.ask("POST", "session", {"name": "admin", "password": PASSWORD})["token"]
        # A person's is good for minutes.
        self.token = self.ask("POST", "tokens", {"name": "story", "scopes": ["administer"]})["token"]
        self.plans = self.enter(databases)
        self.began = now()

    def close(self):
        for node in self.nodes:
            node.stop()
        self.postgres.stop()

    def ask(self, method, path, body=None):
        """Of whichever server answers."""
        end = time.monotonic() + 60
        while True:
            for node in self.nodes:
                request = urllib.request.Request(f"{node.url}/api/v1/{path}", method=method,
                                                 data=None if body is None else json.dumps(body).encode())
                request.add_header("Content-Type", "application/json")
                if self.token:
                    request.add_header("Authorization", "Bearer " + self.token)
                try:
                    with urllib.request.urlopen(request, timeout=30) as answer:
                        return json.load(answer)
                except urllib.error.HTTPError as error:
                    raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from error
                except OSError:
                    continue
            if time.monotonic() > end:
                raise AssertionError("no server answers")
            time.sleep(0.2)

    def enter(self, count):
        server = self.ask("POST", "servers", {"name": "db", "url": self.postgres.url(""), "runs_max": 4})["id"]
        store = self.ask("POST", "stores", {"name": "disk", "url": f"file://{self.store}"})["id"]
        plans = {}
        for number in range(count):
            name = f"shop{number}"
            self.postgres.create(name, support.noise("orders", 1000 * (number + 1)))
            database = self.ask("POST", "databases", {"name": name, "server": server})["id"]
            plan = self.ask("POST", "plans", {
                "name": name, "databases": [database], "encrypted": False, "schedule": "* * * * *",
                "destinations": [{"store": store, "retention": {"keep_last": 3}}],
                "overlap": "skip" if number % 3 == 0 else "queue", "jitter_seconds": JITTER})
            plans[plan["id"]] = plan
        return plans

    def live(self, seconds, chance):
        """Kills one at random, starts it again a while later, and so on."""
        end = time.monotonic() + seconds
        points = itertools.cycle(FAIL_POINTS)
        while time.monotonic() < end:
            time.sleep(chance.uniform(2, 8))
            node = chance.choice(self.nodes)
            if chance.random() < 0.7:
                self.wait_for_work(chance.uniform(0, 0.5))
            self.kill(node, chance)
            if chance.random() < 0.3:
                node.restart_to_die(next(points))
                self.kill(node, chance)

    def kill(self, node, chance):
        """For a few seconds."""
        node.kill()
        self.kills[node.station.home.name] += 1
        time.sleep(chance.uniform(0, 8))
        node.start()

    def wait_for_work(self, seconds):
        """Until so long after a run began, if one begins soon."""
        end = time.monotonic() + 10
        while time.monotonic() < end and not self.count("runs WHERE state = 'running' AND kind = 'backup'"):
            time.sleep(0.05)
        time.sleep(seconds)

    def settle(self):
        """Nothing new is due, and all that was comes to its end. Returns until when it was due."""
        time.sleep(TAKE_OVER)
        until = now() - datetime.timedelta(seconds=JITTER + 5)
        for plan in self.plans:
            self.ask("PATCH", f"plans/{plan}", {"paused": True})
        support.wait_for(lambda: self.count("runs WHERE state IN ('queued', 'running')") == 0,
                         "the last runs", PATIENCE)
        self.sweep()
        return until

    def sweep(self):
        """A server sweeps up after its dead runs with its next backup: each makes one alone."""
        for node in self.nodes:
            node.stop()
        for node in self.nodes:
            node.start()
            for run in self.ask("POST", f"plans/{next(iter(self.plans))}/run")["runs"]:
                support.wait_for(lambda run=run: self.count(f"runs WHERE id = '{run}' AND state = 'succeeded'") == 1,
                                 "the last backup", PATIENCE)
            support.wait_for(lambda: self.count("runs WHERE state IN ('queued', 'running')") == 0, "its pruning",
                             PATIENCE)
            node.stop()

    def rows(self, query):
        answer = self.postgres.psql("catalog", "-F", "\t", "-c", query)
        return [line.split("\t") for line in answer.split("\n") if line]

    def count(self, what):
        return int(self.postgres.psql("catalog", "-c", f"SELECT count(*) FROM {what}"))

    def moments(self, until):
        """Those of "* * * * *" since the plans were entered."""
        moment = self.began.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)
        while moment <= until:
            yield text_of(moment)
            moment += datetime.timedelta(minutes=1)

    def judge(self, until):
        """Complaints, and figures."""
        chains = collections.defaultdict(list)
        for row in self.rows("SELECT plan, scheduled_for, attempt, state, backup, error FROM runs WHERE kind = "
                             "'backup' AND scheduled_for <> '' ORDER BY attempt, id"):
            chains[row[0], row[1]].append(row[2:])
        complaints, ends = [], collections.Counter()
        for plan, row in self.plans.items():
            for moment in self.moments(until):
                if (plan, moment) not in chains:
                    complaints.append(f"lost: {row['name']} at {moment}")
        for (plan, moment), runs in chains.items():
            what = f"{self.plans[plan]['name']} at {moment}: {runs}"
            ends[runs[-1][1]] += 1
            if [int(run[0]) for run in runs] != list(range(1, len(runs) + 1)):
                complaints.append(f"attempts are not one chain: {what}")
            if sum(run[1] == "succeeded" for run in runs) > 1:
                complaints.append(f"done twice: {what}")
            if runs[-1][1] != "succeeded" and "skipped" not in runs[-1][3]:
                complaints.append(f"not done: {what}")
        complaints += self.judge_backups() + self.judge_store()
        adopted = self.count("runs WHERE state = 'interrupted' AND backup <> ''")
        figures = {"kills": dict(self.kills), "moments": len(chains), "ends": dict(ends),
                   "attempts": sum(len(runs) for runs in chains.values()),
                   "interrupted": self.count("runs WHERE state = 'interrupted'"),
                   "completed by the dead": adopted,
                   "backups": self.count("backups"), "objects": len(support.files_below(self.store))}
        return complaints, figures

    def judge_backups(self):
        twice = self.rows("SELECT r.plan, r.scheduled_for, count(*) FROM backups b JOIN runs r ON r.id = b.run "
                          "WHERE r.scheduled_for <> '' AND EXISTS (SELECT 1 FROM copies c WHERE c.backup = b.id AND "
                          "c.state = 'complete') GROUP BY 1, 2 HAVING count(*) > 1")
        return [f"two backups of one moment: {row}" for row in twice]

    def judge_store(self):
        """Each copy of the catalog is in the store, and nothing else is."""
        catalogued = {f"v1/{row[0]}/backups/{row[1]}" for row in self.rows(
            "SELECT b.source_id, b.id FROM copies c JOIN backups b ON b.id = c.backup "
            "WHERE c.state IN ('complete', 'condemned')")}
        files = {path.relative_to(self.store) for path in support.files_below(self.store)}
        stored = {str(path.parent) for path in files if path.name == "manifest.json"}
        found = {str(path.parent) for path in files}
        return ([f"catalogued, but not stored: {place}" for place in sorted(catalogued - stored)] +
                [f"stored, but not catalogued: {place}" for place in sorted(stored - catalogued)] +
                [f"left over: {place}" for place in sorted(found - stored)])


def tell(directory, minutes, seed):
    """Complaints and figures of so many minutes."""
    pair = Pair(directory)
    try:
        pair.live(minutes * 60, random.Random(seed))
        until = pair.settle()
        return pair.judge(until)
    finally:
        pair.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--keep", action="store_true", help="leave the directory for a look")
    options = parser.parse_args()
    directory = pathlib.Path(tempfile.mkdtemp(prefix="ds-two-servers-"))
    directory.chmod(0o755)
    print(f"seed {options.seed}, in {directory}", flush=True)
    try:
        complaints, figures = tell(directory, options.minutes, options.seed)
    finally:
        if not options.keep:
            shutil.rmtree(directory, ignore_errors=True)
    print(json.dumps(figures, indent=2))
    for complaint in complaints:
        print(complaint)
    print("nothing lost, nothing doubled" if not complaints else f"{len(complaints)} complaints")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
