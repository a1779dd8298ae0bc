#!/usr/bin/env python3
"""make_golden.py NAME [backup options…]: takes a backup of sample.sql and keeps it as a golden one.

Run with DUMPSTATION_BIN set, from a build that is about to be released; never over an existing one.
"""
import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from support import Postgres, Station  # noqa: E402


def make(name, options):
    target = HERE / name
    if target.exists():
        sys.exit(f"{target} exists; golden backups are never changed")
    with tempfile.TemporaryDirectory(prefix="ds-golden-") as directory:
        pathlib.Path(directory).chmod(0o755)
        station = Station(pathlib.Path(directory) / "station")
        server = Postgres(pathlib.Path(directory), 15)
        try:
            server.create("golden", (HERE / "sample.sql").read_text())
            key = HERE / "key.txt"
            if not key.exists():
                shutil.copy(station.key, key)
            recipient = next(line.split()[-1] for line in key.read_text().splitlines() if "age1" in line)
            keys = [] if "--no-encryption" in options else ["--recipient", recipient]
            station.must("backup", server.url("golden"), "--to", f"file://{directory}/store", *keys, *options)
            shutil.copytree(f"{directory}/store", target)
        finally:
            server.stop()


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2:])
