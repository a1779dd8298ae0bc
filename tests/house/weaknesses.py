#!/usr/bin/env python3
"""Every known weakness of backup tools has a test: compares weaknesses.txt with the tests there are.

    weaknesses.py ROOT         report rows without a test, and tests that do not exist
    weaknesses.py --self-test  prove that the report is not blind
"""
import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CPP_TEST = re.compile(r"\bTEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)|\bRC_GTEST\w*\(\s*(\w+)\s*,\s*(\w+)")
PY_TEST = re.compile(r"^\s*def (test_\w+)", re.MULTILINE)
CTEST = re.compile(r"\bNAME\s+((?:house|bench)\.\w+)")


def tests_below(root):
    """Names as weaknesses.txt writes them: Suite.test, test_file.test_name, house.name."""
    names = set()
    for path in (root / "src").rglob("*.cpp"):
        for found in CPP_TEST.finditer(path.read_text(encoding="utf-8")):
            suite, name = [part for part in found.groups() if part]
            names.add(f"{suite}.{name}")
    for path in (root / "tests").rglob("*.py"):
        names.update(f"{path.stem}.{name}" for name in PY_TEST.findall(path.read_text(encoding="utf-8")))
    for path in (root / "tests").rglob("CMakeLists.txt"):
        names.update(CTEST.findall(path.read_text(encoding="utf-8")))
    return names


def read_rows(text):
    """{id: [tests]} and {id: reason it cannot have one yet}."""
    tested, waiting = {}, {}
    current = None
    for line in text.splitlines():
        line = line.split("#")[0].rstrip()
        if not line:
            continue
        if not line.startswith(" "):
            current = line.split(":")[0].strip()
            tested[current] = []
        elif line.strip().startswith("waits:"):
            waiting[current] = line.strip()
        else:
            tested[current].extend(line.split())
    return tested, waiting


def complaints(tests, tested, waiting):
    for row, named in tested.items():
        if not named and row not in waiting:
            yield f"{row}: has neither a test nor a reason to wait"
        for name in named:
            if name not in tests:
                yield f"{row}: there is no test {name}"


def self_test():
    with tempfile.TemporaryDirectory() as place:
        root = pathlib.Path(place)
        (root / "src").mkdir()
        (root / "tests").mkdir()
        (root / "src/a_test.cpp").write_text("TEST_F(Plan, runs_once) {}\nTEST(Plan,\n    stops) {}\n")
        (root / "tests/test_b.py").write_text("    def test_it(self):\n")
        (root / "tests/CMakeLists.txt").write_text("add_test(NAME house.direction COMMAND x)\n")
        tests = tests_below(root)
    assert tests == {"Plan.runs_once", "Plan.stops", "test_b.test_it", "house.direction"}, tests
    rows = "A: said\n    Plan.runs_once test_b.test_it\nB: bare\nC: later\n    waits: for D\nE: gone\n    Plan.never\n"
    found = list(complaints(tests, *read_rows(rows)))
    assert found == ["B: has neither a test nor a reason to wait", "E: there is no test Plan.never"], found


def main(arguments):
    if arguments == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(arguments[0]) if arguments else HERE.parent.parent
    rows = read_rows((HERE / "weaknesses.txt").read_text(encoding="utf-8"))
    found = list(complaints(tests_below(root), *rows))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
