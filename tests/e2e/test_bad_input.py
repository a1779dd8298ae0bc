"""Wrong input: one line, a hint, the right exit status, and nothing left behind."""
import urllib.parse

import support
from support import SECRET

FAILED, USAGE, NOT_FOUND, NOT_SIGNED_IN, REFUSED, CONFLICT, UNREACHABLE = 1, 2, 3, 4, 5, 6, 9
PASSWORD = urllib.parse.quote(SECRET, safe="")

SHOP = """
    CREATE TABLE orders AS SELECT i AS id, md5(i::text) AS note FROM generate_series(1, 50000) i;
    CREATE TABLE secret_things AS SELECT 1 AS n;
    GRANT SELECT ON orders TO limited"""


class BadInput(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17, password=SECRET)
        cls.server.sql(f"CREATE ROLE limited LOGIN PASSWORD '{SECRET}'")
        cls.server.create("shop", SHOP)
        cls.url = cls.server.url("shop")
        cls.good = f"file://{cls.directory}/good"
        cls.station.backup(cls.url, cls.good)

    def backup(self, url, *more, to=None, **options):
        """A backup that fails must leave nothing, wherever it was to go."""
        store, directory = self.new_store()
        arguments = more or ("--recipient", self.station.recipient)
        done = self.station.run("backup", url, "--to", to or store, *arguments, **options)
        self.assertEqual(support.files_below(directory), [], f"left in the store by {done}")
        self.assertEqual(self.station.unfinished_runs(), [], f"left in the state by {done}")
        return done

    def check(self, rows, act):
        """Each row: what is given, the exit status, words of the line, words of the hint."""
        for given, code, words, hint in rows:
            with self.subTest(given=given):
                self.assert_fails(act(given), code, words, hint)

    def test_database_urls(self):
        at = f"127.0.0.1:{self.server.port}"
        self.check([
            ("shop", USAGE, "url", "postgres://"),
            (f"mysql://me:{PASSWORD}@db/shop", FAILED, "mysql", "postgres"),
            (f"postgres://me:{PASSWORD}@{at}0000/shop", USAGE, "port", "postgres://"),
            ("postgres://me:hunter2%zz@db/shop", USAGE, "%", "percent-encoded"),
            (f"postgres://me:{PASSWORD}@db/shop?colour=blue", USAGE, "option", "."),
            (f"postgres://me:{PASSWORD}@no-such-host.invalid/shop", UNREACHABLE, "no such host",
             "name"),
            (f"postgres://me:{PASSWORD}@127.0.0.1:1/shop", UNREACHABLE, "refused", "running"),
            (f"postgres://postgres:hunter2-wrong@{at}/shop", NOT_SIGNED_IN, "password", "password"),
            (f"postgres://postgres@{at}/shop", NOT_SIGNED_IN, "password", "PGPASSWORD"),
            (f"postgres://nobody:{PASSWORD}@{at}/shop", NOT_SIGNED_IN, "nobody", "user"),
            (f"postgres://postgres:{PASSWORD}@{at}/shoe", NOT_FOUND, "shoe", "."),
            (f"postgres://limited:{PASSWORD}@{at}/shop", REFUSED, "secret_things", "GRANT"),
        ], self.backup)

    def test_keys_to_encrypt_to(self):
        for arguments, words in [
                (["--progress", "none"], "no key"),
                (["--recipient", "age1nonsense"], "recipient|age1|key"),
                (["--recipient", self.station.recipient, "--no-encryption"], "both"),
                (["--passphrase"], "passphrase"),
                (["--recipient", self.station.key], "recipient|age1|key")]:
            with self.subTest(arguments=arguments):
                self.assert_fails(self.backup(self.url, *arguments), USAGE, words)

    def test_keys_to_open_with(self):
        other = self.station.home / "other.txt"
        self.station.must("key", "new", "--out", other)
        garbage = self.station.home / "garbage.txt"
        garbage.write_bytes(bytes(range(256)))
        recipient = self.station.home / "recipient.txt"
        recipient.write_text(self.station.recipient + "\n")
        rows = [([], NOT_SIGNED_IN, "no key", "--identity"),
                (["--identity", other], NOT_SIGNED_IN, "key|identit|open", "."),
                (["--identity", "/nowhere/key.txt"], NOT_FOUND, "/nowhere/key.txt", "."),
                (["--identity", garbage], USAGE, "garbage.txt", "."),
                (["--identity", recipient], USAGE, "recipient.txt", ".")]
        commands = [["verify", self.good, "latest", "--level", "2"],
                    ["cat", self.good, "latest", "globals.sql"],
                    ["restore", self.good, "latest", "--into", self.server.url("target")]]
        for command in commands:
            self.check(rows, lambda more, c=command: self.station.run(*c, *more))
        self.assertEqual(self.server.databases(), ["shop"])

    def test_stores(self):
        file = self.directory / "a-file"
        file.write_text("not a directory")
        self.check([
            ("/srv/backups", USAGE, "url|store", "file:///"),
            ("file://backups", USAGE, "machine|directory", "three slashes"),
            ("ftp://host/dir", USAGE, "ftp", "file://"),
            ("file:///srv/x?colour=blue", USAGE, "colour", "option"),
            ("s3://b", USAGE, "bucket", "."),
            ("s3://bucket/x?endpoint=http://127.0.0.1:9&preset=ceph", USAGE, "credentials", "."),
            (f"file://{file}/inside", USAGE, "a-file", "."),
        ], lambda to: self.backup(self.url, to=to))
        self.assert_fails(self.station.run("list", f"file://{self.directory}/nowhere"), NOT_FOUND,
                          "nowhere")

    def test_names_that_do_not_exist(self):
        into = self.server.url("target")
        key = ["--identity", self.station.key]
        self.check([
            (["show", self.good, "calm-otter"], NOT_FOUND, "calm-otter", "list"),
            (["verify", self.good, "nothing"], NOT_FOUND, "nothing", "list"),
            (["cat", self.good, "latest", "cellar.dump", *key], NOT_FOUND, "cellar.dump", "show"),
            (["restore", self.good, "latest", "--into", into, "--table", "public.cellar", *key],
             NOT_FOUND, "cellar", "."),
            (["restore", self.good, "latest", "--into", into, "--map-role", "x", *key], USAGE,
             "OLD=NEW", "."),
        ], lambda arguments: self.station.run(*arguments))
        self.assertEqual(self.server.databases(), ["shop"])

    def test_the_words_of_the_command_line(self):
        store, _ = self.new_store()
        backup = ["backup", self.url, "--to", store, "--recipient", self.station.recipient]
        rows = [[], ["bakcup"], ["backup"], ["backup", self.url], [*backup, "--colour"],
                [*backup, "--compression", "zstd:99"], [*backup, "--compression", "rar"],
                [*backup, "--progress", "loud"], [*backup, "--lock-wait", "soon"],
                ["verify", self.good, "latest", "--level", "9"], ["key"], ["completion", "tcsh"],
                ["restore", self.good, "latest"]]
        self.check([(row, USAGE, ".", "help|zstd|.") for row in rows],
                   lambda arguments: self.station.run(*arguments))

    def test_a_database_with_something_in_it_is_not_restored_over(self):
        self.server.create("full", "CREATE TABLE kept AS SELECT 42 AS answer")
        self.addCleanup(self.server.sql, 'DROP DATABASE "full"')
        done = self.station.run("restore", self.good, "latest", "--into", self.server.url("full"),
                                "--identity", self.station.key)
        self.assert_fails(done, CONFLICT, "full", "--replace")
        self.assertEqual(self.server.sql("SELECT answer FROM kept", "full"), "42")
        self.assertEqual(self.server.databases(), ["full", "shop"])

    def test_a_role_that_may_not_create_databases(self):
        into = self.server.url("target", user="limited")
        done = self.station.run("restore", self.good, "latest", "--into", into, "--identity",
                                self.station.key)
        self.assert_fails(done, REFUSED, "create|permission|may not", "createdb|empty")
        self.assertEqual(self.server.databases(), ["shop"])

    def test_a_key_file_is_not_written_over(self):
        before = self.station.key.read_bytes()
        done = self.station.run("key", "new", "--out", self.station.key)
        self.assert_fails(done, CONFLICT, "exists")
        self.assertEqual(self.station.key.read_bytes(), before)


if __name__ == "__main__":
    support.main()
