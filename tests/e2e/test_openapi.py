"""The description of the API, held against the OpenAPI specification by a validator that is not ours."""
import hashlib
import json
import shutil
import subprocess
import unittest
import urllib.request

import support
from servers import ROOT, TESTBED_DIRECTORY

HERE = ROOT / "tests/openapi"


def validator():
    """Where the validator is installed, once for each lock file."""
    lock = (HERE / "package-lock.json").read_bytes()
    place = TESTBED_DIRECTORY / "openapi" / hashlib.sha256(lock).hexdigest()[:16]
    if not (place / "node_modules").exists():
        place.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, place)
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=place,
                              capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0:
            shutil.rmtree(place, ignore_errors=True)
            raise unittest.SkipTest(f"npm: {done.stderr[-500:]}")
    return place


class OpenApi(support.Story):
    def test_the_document_is_valid(self):
        modules = validator()
        url, _ = self.start_dumpstation()
        with urllib.request.urlopen(url + "/api/v1/openapi.json", timeout=30) as answer:
            document = json.load(answer)
        file = self.directory / "openapi.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        done = subprocess.run(["node", HERE / "check.mjs", file, modules], capture_output=True,
                              text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"OpenAPI 3\.1: \d\d+ paths")


if __name__ == "__main__":
    support.main()
