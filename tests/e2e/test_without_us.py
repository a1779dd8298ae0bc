"""What is stored opens with age, zstd and PostgreSQL's own tools: our program is not needed."""
import os
import re
import shutil
import subprocess
import unittest

import support
from compare import difference

SHOP = """
    CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, since timestamptz);
    CREATE TABLE orders
        (id bigserial PRIMARY KEY, customer int REFERENCES customers, total numeric);
    INSERT INTO customers
        SELECT i, 'Kunde Nº ' || i, '2020-01-01Z'::timestamptz + i * interval '1 h'
        FROM generate_series(1, 2000) i;
    INSERT INTO orders (customer, total)
        SELECT 1 + i % 2000, i * 1.25 FROM generate_series(1, 20000) i;
    CREATE VIEW totals AS SELECT customer, sum(total) FROM orders GROUP BY 1;
    GRANT SELECT ON totals TO reader"""


def commands_of(instructions):
    """The commands of RESTORE.txt in order: lines set in by four spaces, with here-documents."""
    commands, lines = [], iter(instructions.splitlines())
    for line in lines:
        if not line.startswith("    ") or re.match(r"\s+(age1|passphrase)", line):
            continue
        command = line.strip()
        if ending := re.search(r"<<'(\w+)'", command):
            for more in lines:
                command += "\n" + more
                if more == ending.group(1):
                    break
        commands.append(command)
    return commands


class WithoutUs(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for tool in ("age", "zstd", "lz4", "gzip"):
            if not shutil.which(tool):
                raise unittest.SkipTest(f"{tool} is not installed")
        cls.server = cls.start_postgres(17)
        cls.server.sql("CREATE ROLE reader")
        cls.server.create("shop", SHOP)

    def shell(self, command, directory, server):
        """As somebody would who has the directory, the key and PostgreSQL's tools, but not us."""
        env = server.environment() | {"PATH": f"{support.pg_bin(17)}:/usr/bin:/bin"}
        self.assertIsNone(shutil.which("dumpstation", path=env["PATH"]))
        done = subprocess.run(["bash", "-c", "set -o pipefail; " + command], cwd=directory, env=env,
                              capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def stored_copy(self, store_directory):
        """The backup's directory, fetched to somewhere else, with the key beside it."""
        backup = next(iter(support.objects_of(store_directory).values())).parent
        copy = store_directory / "fetched"
        shutil.copytree(backup, copy)
        shutil.copy(self.station.key, copy / "key.txt")
        return copy

    def test_age_zstd_and_pg_restore_open_a_part(self):
        store, directory = self.new_store()
        self.station.backup(self.server.url("shop"), store)
        self.server.create("by_hand")
        self.shell("age -d -i key.txt database.dump.zst.age | zstd -d | pg_restore -d by_hand",
                   self.stored_copy(directory), self.server)
        self.assertEqual(difference(self.server, "shop", self.server, "by_hand"), "")

    def test_the_commands_of_the_instructions_work_as_written(self):
        store, directory = self.new_store()
        self.station.backup(self.server.url("shop"), store)
        copy = self.stored_copy(directory)
        commands = commands_of((copy / "RESTORE.txt").read_text())
        self.assertGreaterEqual(len(commands), 3, commands)
        fresh = support.Postgres(self.directory / "fresh", 17)
        self.addCleanup(fresh.stop)
        for command in commands:
            self.shell(command, copy, fresh)
        self.assertIn("shop", fresh.databases())
        self.assertEqual(difference(self.server, "shop", fresh, "shop"), "")
        self.assertTrue((copy / "facts.json").stat().st_size > 100)

    def test_the_instructions_fit_every_way_of_storing(self):
        for compression in ("zstd:19", "gzip:3", "lz4:1", "none"):
            for encryption in (["--no-encryption"], ["--recipient", self.station.recipient]):
                with self.subTest(compression=compression, encryption=encryption[0]):
                    store, directory = self.new_store()
                    self.station.must("backup", self.server.url("shop"), "--to", store,
                                      "--compression", compression, *encryption)
                    copy = self.stored_copy(directory)
                    dump, *_ = [c for c in commands_of((copy / "RESTORE.txt").read_text())
                                if "pg_restore" in c and "database.dump" in c]
                    unpack = dump.rsplit(" | ", 1)[0]
                    script = self.shell(unpack + " | pg_restore -f -", copy, self.server)
                    self.assertIn("COPY public.orders ", script)
                    self.assertGreater(script.count("\n"), 22000, "all rows")

    def test_a_passphrase_opens_it_with_age_too(self):
        store, directory = self.new_store()
        secret = {"DUMPSTATION_PASSPHRASE": support.SECRET}
        done = self.station.must("backup", self.server.url("shop"), "--to", store, "--passphrase",
                                 env=secret)
        self.assertNotIn(support.SECRET, done.out + done.err)
        self.assert_done(self.station.run("verify", store, "latest", "--level", "2", "--passphrase",
                                          env=secret))
        copy = self.stored_copy(directory)
        # age asks the terminal, so it gets one.
        command = ["script", "-qec", "age -d -o plain.zst database.dump.zst.age", "/dev/null"]
        subprocess.run(command, cwd=copy, input=support.SECRET + "\n", text=True,
                       capture_output=True, timeout=60, env={"PATH": os.environ["PATH"]})
        self.assertIn("COPY public.orders ",
                      self.shell("zstd -dc plain.zst | pg_restore -f -", copy, self.server))


if __name__ == "__main__":
    support.main()
