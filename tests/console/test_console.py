"""The web console in a real Chromium, against a real server, PostgreSQL and store."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import support  # noqa: E402
from servers import ROOT, TESTBED_DIRECTORY  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
NPM = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]


def installed(folder, place):
    """The folder's npm packages, installed once for each lock file."""
    lock = (folder / "package-lock.json").read_bytes()
    place = TESTBED_DIRECTORY / place / hashlib.sha256(lock).hexdigest()[:16]
    if not (place / "node_modules").exists():
        place.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, place)
        done = subprocess.run(NPM, cwd=place, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0:
            shutil.rmtree(place, ignore_errors=True)
            raise unittest.SkipTest(f"npm: {done.stderr[-500:]}")
    return place


class Console(support.Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
            raise unittest.SkipTest("there is no chromium")
        # All who sign in here come from one address, faster than people type.
        cls.url, cls.secret = cls.start_dumpstation({"DUMPSTATION_RATE_SIGN_IN": "600"})
        cls.secret = pathlib.Path(cls.secret.removeprefix("@")).read_text(encoding="utf-8").strip()

    def test_the_story_of_the_first_day(self):
        postgres = self.start_postgres(17)
        postgres.create("shop", "CREATE TABLE orders AS SELECT i, 'order ' || i AS what FROM generate_series(1, 999) i;"
                                "CREATE TABLE customers AS SELECT i FROM generate_series(1, 99) i")
        postgres.create("billing", "CREATE TABLE invoices AS SELECT i FROM generate_series(1, 9) i")
        store, _ = self.new_store()
        shots = pathlib.Path(os.environ.get("DS_SHOTS") or ROOT / "build/console-shots")
        told = {"url": self.url, "secret": self.secret, "postgres": postgres.url(""), "store": store,
                "modules": str(installed(HERE, "console")), "shots": str(shots)}
        done = subprocess.run(["node", HERE / "story.mjs", json.dumps(told)], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=1500, check=False)
        print(done.stdout)
        self.assertEqual(done.returncode, 0, done.stdout[-3000:])
        if "one table is restored beside" not in done.stdout:
            return
        self.assertEqual(postgres.sql("SELECT count(*) FROM orders", "one_table"), "999")
        self.assertEqual(postgres.sql("SELECT count(*) FROM pg_tables WHERE tablename = 'customers'", "one_table"), "0")

    def test_the_client_is_what_the_server_describes(self):
        modules = installed(ROOT / "console/tools/openapi", "console-openapi")
        shutil.copy(ROOT / "console/tools/openapi/generate.mjs", modules)
        committed = ROOT / "console/src/api/api.d.ts"
        done = subprocess.run(["node", modules / "generate.mjs", self.url, "--check", committed], capture_output=True,
                              text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    support.main()
