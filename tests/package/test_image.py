"""The image and the compose file: what can be said without a Docker daemon and without a registry.

buildah builds the image's last stage on a Debian of ours; the base image, PostgreSQL and MinIO of the
compose file are not pulled.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DOCKER = ROOT / "deploy/docker"
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import support  # noqa: E402  the path comes first
from debian import fresh_system, must, run  # noqa: E402

IMAGE = "localhost/dumpstation-test"
PORT = "18423"


class Compose(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        try:
            import yaml
        except ImportError as missing:
            raise unittest.SkipTest("there is no PyYAML") from missing
        cls.compose = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
        shown = json.loads(must(support.program(), "config", "show", "--config", "/dev/null",
                                "--json"))
        cls.known = {"DUMPSTATION_" + one["key"].upper().replace(".", "_")
                     for one in shown["settings"]}

    def test_sets_only_what_there_is(self):
        dockerfile = (DOCKER / "Dockerfile").read_text(encoding="utf-8")
        given = set(self.compose["services"]["dumpstation"]["environment"])
        given |= set(re.findall(r"DUMPSTATION_\w+(?==)", dockerfile))
        self.assertEqual({name.removesuffix("_FILE") for name in given} - self.known, set())

    def test_secrets_are_files_that_are_made(self):
        with tempfile.TemporaryDirectory() as directory:
            script = shutil.copy(DOCKER / "make-secrets", directory)
            must(script)
            made = {path.name: path.read_text(encoding="utf-8").strip()
                    for path in (pathlib.Path(directory) / "secrets").iterdir()}
            must(script)  # a second time changes nothing
            again = {path.name: path.read_text(encoding="utf-8").strip()
                     for path in (pathlib.Path(directory) / "secrets").iterdir()}
        self.assertEqual(made, again)
        self.assertIn(made["catalog_password"], made["catalog_url"])
        secrets = self.compose["secrets"]
        self.assertEqual({pathlib.Path(one["file"]).name for one in secrets.values()}, set(made))
        for service in self.compose["services"].values():
            self.assertLessEqual(set(service["secrets"]), set(secrets))
            for name, value in service["environment"].items():
                if name.endswith("_FILE"):
                    self.assertIn(value.removeprefix("/run/secrets/"), service["secrets"])
                else:
                    self.assertNotIn("PASSWORD", name)

    def test_a_stop_leaves_time_for_the_grace(self):
        service = self.compose["services"]["dumpstation"]
        self.assertEqual(service["environment"]["DUMPSTATION_GRACE"], "60s")
        self.assertEqual(service["stop_grace_period"], "2m")


class Image(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0 or not shutil.which("buildah"):
            raise unittest.SkipTest("building the image here needs root and buildah")
        program = support.program()
        base = fresh_system()
        scratch = tempfile.TemporaryDirectory(prefix="ds-image-")
        cls.addClassCleanup(scratch.cleanup)
        cls.scratch = pathlib.Path(scratch.name)
        cls.buildah = ["buildah", "--storage-driver", "vfs", "--root", cls.scratch / "store",
                       "--runroot", cls.scratch / "run"]
        cls.addClassCleanup(lambda: run(*cls.buildah, "rm", "--all"))
        package = pathlib.Path(must(ROOT / "tools/package.sh", program, "", cls.scratch).strip().splitlines()[-1])
        context = cls.scratch / "context"
        (context / "build/package").mkdir(parents=True)
        shutil.copy(package, context / "build/package")
        empty = must(*cls.buildah, "from", "scratch").strip()
        must(*cls.buildah, "add", empty, base, "/")
        must(*cls.buildah, "commit", "--rm", empty, "localhost/debian")
        must(*cls.buildah, "bud", "--isolation", "chroot", "--format", "docker",
             "--file", DOCKER / "Dockerfile", "--build-arg", "DEBIAN=localhost/debian",
             "--build-arg", "PACKAGE=true", "--build-arg", "TOOLS=", "--tag", IMAGE, context)
        cls.config = json.loads(must(*cls.buildah, "inspect", IMAGE))["Docker"]["config"]

    def test_serves_as_nobody_in_particular_and_is_healthy(self):
        self.assertEqual(self.config["User"], "dumpstation")
        container = must(*self.buildah, "from", IMAGE).strip()
        inside = [*map(str, self.buildah), "run", "--isolation", "chroot"]
        self.assertNotEqual(must(*inside, container, "--", "id", "-u").strip(), "0")
        server = subprocess.Popen(
            [*inside, "--env", f"DUMPSTATION_LISTEN=127.0.0.1:{PORT}", container, "--",
             *self.config["Entrypoint"], *self.config["Cmd"]],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(server.stderr.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        events = (json.loads(line)["event"] for line in server.stderr)
        self.assertIn("server.started", events)  # waits for it, and ends when the server does
        kind, *check = self.config["Healthcheck"]["Test"]
        self.assertEqual(kind, "CMD")
        check = [word.replace("8422", PORT) for word in check]
        must(*inside, container, "--", *check)
        server.terminate()
        for _ in range(100):
            if run(*inside, container, "--", *check)[0] != 0:
                return
            time.sleep(0.1)
        self.fail("it does not stop")


if __name__ == "__main__":
    support.main()
