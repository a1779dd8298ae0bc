"""A thousand ways to damage a stored backup, each of which `verify --level 1` finds and names.

Seeded: the failure names the seed and the number of the case, and DS_SEED runs it again.
"""
import dataclasses
import os
import pathlib
import random
import resource
import shutil
import threading
import time

import support

CASES = 1000
SECONDS_MAX = 100   # on a machine that is too slow for all cases; then some are left out and told
CASES_MIN = 200
WORKERS = 2

SHOP = """
    CREATE TABLE orders (id bigint PRIMARY KEY, note text);
    INSERT INTO orders SELECT i, md5(i::text) FROM generate_series(1, 3000) i"""


@dataclasses.dataclass
class Case:
    """One act of damage: what was done, to which objects."""
    what: str
    objects: list


def flip(rng, backup, _others):
    path = rng.choice(sorted(backup.iterdir()))
    data = bytearray(path.read_bytes())
    bit = rng.randrange(len(data) * 8)
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)
    return Case(f"bit {bit} of {path.name} turned over", [path.name])


def truncate(rng, backup, _others):
    path = rng.choice(sorted(backup.iterdir()))
    size = path.stat().st_size
    left = rng.choice([0, size - 1, rng.randrange(size)])
    os.truncate(path, left)
    return Case(f"{path.name} cut from {size} to {left} bytes", [path.name])


def append(rng, backup, _others):
    path = rng.choice(sorted(backup.iterdir()))
    more = rng.choice([b"\0", b"\n", b" ", rng.randbytes(1 + rng.randrange(5000))])
    with path.open("ab") as file:
        file.write(more)
    return Case(f"{len(more)} bytes added to {path.name}", [path.name])


def swap_inside(rng, backup, _others):
    one, other = rng.sample(sorted(backup.iterdir()), 2)
    first = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(first)
    return Case(f"{one.name} and {other.name} exchanged", [one.name, other.name])


def swap_with_other(rng, backup, others):
    path = rng.choice(sorted(backup.iterdir()))
    other = rng.choice(others) / path.name
    path.write_bytes(other.read_bytes())
    return Case(f"{path.name} replaced by {other}", [path.name])


def remove(rng, backup, _others):
    # Without its manifest it is not a backup; that is another story.
    path = rng.choice([p for p in sorted(backup.iterdir()) if p.name != "manifest.json"])
    path.unlink()
    return Case(f"{path.name} removed", [path.name])


ACTS = [flip] * 10 + [truncate] * 3 + [swap_inside, swap_with_other] * 2 + [append, remove]


def names(done, case):
    """Whether the verdict names every object that was damaged. A signature that does not fit any
    more may be told as the manifest's: nobody can say which of the two was changed."""
    told = done.err
    if done.out:
        told += " ".join(f"{d['object']} {d['detail']}" for d in done.json["damages"])
    signed = ("manifest.json", "manifest.sig")
    # A manifest that cannot be read hides what else is wrong.
    if not done.out:
        return "manifest" in told and any(o in signed for o in case.objects)
    return all(o in told or (o in signed and "manifest.json" in told) for o in case.objects)


class Damage(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        server = cls.start_postgres(17)
        cls.whole = cls.directory / "whole"
        for database in ("shop", "other"):
            server.create(database, SHOP)
        # The middle one is damaged: it has an older and a newer neighbour, and a stranger.
        for database in ("shop", "other", "shop", "shop"):
            manifest = cls.station.backup(server.url(database), f"file://{cls.whole}")
            cls.ids = getattr(cls, "ids", []) + [manifest["id"]]
        cls.seed = int(os.environ.get("DS_SEED", "20261123"))

    def copy_of_store(self, number):
        copy = self.directory / f"copy{number}"
        shutil.copytree(self.whole, copy)
        find = lambda wanted: next(copy.glob(f"v1/*/backups/{wanted}"))
        return copy, find(self.ids[2]), [find(self.ids[0]), find(self.ids[1])]

    def verify(self, store):
        return self.station.verify(f"file://{store}", name=self.ids[2])

    def work(self, number, end, outcome):
        """Cases number, number + WORKERS, … until all are done or the time is up."""
        store, backup, others = self.copy_of_store(number)
        originals = {path.name: path.read_bytes() for path in backup.iterdir()}
        for case_number in range(number, CASES, WORKERS):
            if time.monotonic() > end:
                return
            rng = random.Random(f"{self.seed}/{case_number}")
            case = rng.choice(ACTS)(rng, backup, others)
            changed = {p.name: p.read_bytes() for p in backup.iterdir()} != originals
            done = self.verify(store)
            outcome["tried"] += 1
            if changed and (done.code != 7 or not names(done, case)):
                outcome["missed"].append(f"case {case_number}: {case.what}\n{done}")
            for name, data in originals.items():
                (backup / name).write_bytes(data)

    def test_every_damage_is_found_and_named(self):
        self.assert_done(self.verify(self.whole))
        outcome = {"tried": 0, "missed": []}
        end = time.monotonic() + SECONDS_MAX
        workers = [threading.Thread(target=self.work, args=(n, end, outcome))
                   for n in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print(f"{outcome['tried']} of {CASES} cases, seed {self.seed}")
        missed = outcome["missed"]
        self.assertEqual(len(missed), 0,
                         f"seed {self.seed}: {len(missed)} missed\n" + "\n".join(missed[:5]))
        self.assertGreaterEqual(outcome["tried"], CASES_MIN)
        if not support.SANITIZED:
            used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            self.assertLess(used, support.MEMORY_MAX, "KiB of memory")
        # The copies are as they were, so what was found was the damage and not the copy.
        self.assert_done(self.verify(self.directory / "copy0"))

    def test_a_store_that_was_rolled_back_is_noticed(self):
        store, backup, _ = self.copy_of_store("rolled")
        url = f"file://{store}"
        self.assert_done(self.station.verify(url, name=self.ids[3]))
        shutil.rmtree(backup.parent / self.ids[3])
        done = self.station.verify(url, name=self.ids[2])
        self.assertEqual(done.code, 7, done)
        self.assertIn("rolled_back", [d["kind"] for d in done.json["damages"]])

    def test_a_damaged_newest_backup_does_not_make_an_older_one_the_latest(self):
        store, backup, _ = self.copy_of_store("latest")
        newest = backup.parent / self.ids[3] / "manifest.json"
        newest.write_text("{}")
        done = self.station.run("verify", f"file://{store}", "latest")
        self.assert_fails(done, 7, self.ids[3])
        listed = self.station.run("list", f"file://{store}", "--json")
        self.assertEqual(listed.code, 7, listed)
        self.assertEqual(len(listed.json["backups"]), 3)

    def test_a_damaged_backup_is_not_restored(self):
        server = self.start_postgres_for_restore()
        store, backup, _ = self.copy_of_store("restore")
        part = backup / "database.dump.zst.age"
        data = bytearray(part.read_bytes())
        data[len(data) // 2] ^= 1
        part.write_bytes(data)
        done = self.station.restore(f"file://{store}", server.url("target"), name=self.ids[2])
        self.assertEqual(done.code, 7, done)
        self.assertNotIn("target", server.databases())
        (backup / "manifest.sig").write_bytes(b"no signature\n")
        done = self.station.restore(f"file://{store}", server.url("target"), name=self.ids[2])
        self.assertIn(done.code, (4, 7), done)
        self.assertEqual([n for n in server.databases() if n.startswith("target")], [])

    def start_postgres_for_restore(self):
        server = support.Postgres(pathlib.Path(self.directory) / "second", 17)
        self.addCleanup(server.stop)
        return server


if __name__ == "__main__":
    support.main()
