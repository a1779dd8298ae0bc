"""The command line keeps its own rules: --json, --help, completion, file modes."""
import json
import re
import stat
import subprocess

import support


class CommandLine(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.start_postgres(17)
        cls.server.create("shop", "CREATE TABLE orders AS SELECT i FROM generate_series(1, 99) i")
        cls.store = f"file://{cls.directory}/store"
        cls.station.backup(cls.server.url("shop"), cls.store)
        cls.start_dumpstation()

    def examples(self):
        """Arguments with which each command succeeds."""
        key = ["--identity", self.station.key]
        here = ["--state", self.host.state]
        return {
            ("key", "new"): ["--out", self.directory / "one-more.txt"],
            ("backup",): [self.server.url("shop"), "--to", self.store, "--recipient",
                          self.station.recipient, "--progress", "json"],
            ("list",): [self.store],
            ("show",): [self.store, "latest"],
            ("verify",): [self.store, "latest", "--level", "2", *key],
            ("restore",): [self.store, "latest", "--into", self.server.url("json"), *key],
            ("rescue",): [self.store, "--into", self.directory / "rescued", "--manifests-only"],
            ("cat",): [self.store, "latest", "facts.json", *key],
            ("store", "check"): [self.store],
            ("doctor",): [],
            ("demo",): ["--directory", self.directory / "demo", "--megabytes", "3"],
            ("version",): [],
            ("completion",): ["bash"],
            ("config", "show"): [],
            ("config", "check"): ["/dev/null"],
            ("config", "example"): [],
            ("user", "list"): here, ("user", "create"): ["ann", *here],
            ("user", "grant"): ["ann", "admin", *here], ("user", "reset-password"): ["ann", *here],
        }

    def assert_one_object(self, text, kind, done):
        """JSON lines, the last of which is the only one of its kind."""
        lines = [json.loads(line) for line in text.splitlines()]
        self.assertEqual([line["type"] for line in lines].count(kind), 1, done)
        self.assertEqual(lines[-1]["type"], kind, done)

    def test_every_command_ends_with_one_json_object(self):
        examples = self.examples()
        commands = [words for words in self.station.commands()
                    if not self.station.asks_server(words) and words != ("serve",)]
        self.assertGreaterEqual(len(commands), 12, commands)
        for words in commands:
            with self.subTest(command=" ".join(words)):
                self.assertIn(words, examples, "a command without an example here")
                done = self.assert_done(self.station.run(
                    *words, *examples[words], "--json", timeout=180,
                    env={"DUMPSTATION_PASSWORD": "hunter2 correct horse"}))
                if words == ("cat",):
                    json.loads(done.out)  # the part itself
                else:
                    self.assert_one_object(done.out, "result", done)
                for line in done.err.splitlines():
                    self.assertIn(json.loads(line)["type"], ("progress", "warning"), done)

    def test_every_failure_ends_with_one_json_object_on_stderr(self):
        nowhere = f"file://{self.directory}/nowhere"
        failing = [["list", "ftp://x/y"], ["show", nowhere, "latest"], ["nonsense"],
                   ["verify", nowhere, "latest"], ["cat", nowhere, "latest", "x"],
                   ["key", "new", "--out", self.station.key], ["store", "check", "ftp://x/y"],
                   ["restore", nowhere, "latest", "--into", self.server.url("x")],
                   ["backup", "mysql://x", "--to", nowhere]]
        for words in failing:
            with self.subTest(command=words):
                done = self.station.run(*words, "--json")
                self.assertNotEqual(done.code, 0)
                self.assertEqual(done.out, "")
                self.assert_one_object(done.err, "error", done)
                told = json.loads(done.err.splitlines()[-1])
                self.assertTrue(told["code"] and told["message"], done)

    def test_every_help_has_an_example(self):
        for words in [(), *self.station.commands()]:
            with self.subTest(command=" ".join(words)):
                done = self.assert_done(self.station.run(*words, "--help"))
                self.assertRegex(done.out, r"(?s)Examples?:.*\n +dumpstation " + " ".join(words))
                self.assertEqual(done.err, "")

    def test_the_help_names_every_exit_status(self):
        text = self.station.must("--help").out
        for status in ("0 done", "1 failed", "2 usage", "3 not found", "4 ", "5 refused",
                       "6 conflict", "7 damage", "8 partly", "9 unreachable", "130 interrupted"):
            self.assertIn(status, text)

    def test_the_completion_script_works_in_bash(self):
        script = self.station.must("completion", "bash").out
        bash = f"""
            PATH={self.directory}/bin:$PATH
            {script}
            offer() {{
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                _dumpstation
                echo "${{COMPREPLY[*]}}"
            }}
            offer dumpstation ver
            offer dumpstation verify --le
            complete -p dumpstation"""
        (self.directory / "bin").mkdir(exist_ok=True)
        link = self.directory / "bin/dumpstation"
        if not link.exists():
            link.symlink_to(support.program())
        done = subprocess.run(["bash", "-euc", bash], capture_output=True, text=True, timeout=30,
                              env=self.station.environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        words, options, complete = done.stdout.strip().split("\n")
        self.assertEqual(set(words.split()), {"verify", "version"})
        self.assertEqual(options, "--level")
        self.assertIn("_dumpstation", complete)

    def test_scripts_for_other_shells_are_there(self):
        for shell in ("zsh", "fish"):
            self.assertIn("__complete", self.station.must("completion", shell).out)

    def test_secret_files_are_for_their_owner_only(self):
        path = self.directory / "fresh.txt"
        done = self.station.must("key", "new", "--out", path)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertRegex(done.out.strip(), r"^age1[0-9a-z]{58}$")
        self.assertIn("AGE-SECRET-KEY-1", path.read_text())
        self.assertNotIn("AGE-SECRET-KEY", done.out + done.err)
        self.assertEqual(stat.S_IMODE(self.station.state.stat().st_mode), 0o700)
        signing = self.station.state / "signing.key"
        self.assertEqual(stat.S_IMODE(signing.stat().st_mode), 0o600)

    def test_the_version_is_a_version(self):
        self.assertRegex(self.station.must("version").out, r"^dumpstation \d+\.\d+\.\d+")

    def test_list_and_show_agree(self):
        listed = self.station.must("list", self.store, "--json").json["backups"]
        self.assertTrue(listed)
        for one in listed:
            shown = self.station.must("show", self.store, one["id"], "--json").json["backup"]
            self.assertEqual(shown["name"], one["name"])
        text = self.station.must("list", self.store).out
        self.assertTrue(re.search(r"^NAME +DATABASE", text), text)


if __name__ == "__main__":
    support.main()
