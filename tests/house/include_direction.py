#!/usr/bin/env python3
"""Stairs go down only: compares every #include under src/ with the table in floors.txt.

    include_direction.py [SRC]       report what src/ does against the table
    include_direction.py --self-test prove that the report is not blind
"""
import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)
SUFFIXES = {".hpp", ".cpp", ".h", ".inc"}


def read_floors(text):
    floors = {}
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if line:
            folder, allowed = line.split(":")
            floors[folder.strip()] = set(allowed.split())
    return floors


def complaints(src, floors):
    """Yields one sentence for each include that the table does not allow."""
    files = sorted(p for p in src.rglob("*") if p.suffix in SUFFIXES and p.is_file())
    for path in files:
        folder = path.relative_to(src).parts[0]
        if folder not in floors:
            yield f"{path}: folder '{folder}' has no row in floors.txt"
            continue
        text = path.read_text(encoding="utf-8")
        for found in INCLUDE.finditer(text):
            line = text.count("\n", 0, found.start(2)) + 1
            reason = judge(src, folder, floors, found.group(1) == '"', found.group(2)) or judge_neighbours(
                floors, path.relative_to(src).parent, found.group(2))
            if reason:
                yield f"{path}:{line}: {reason}"


def judge(src, folder, floors, quoted, included):
    """Says what is wrong with one include, or nothing."""
    target = included.split("/")[0]
    if not quoted:
        return f"write \"{included}\", it is ours" if (src / included).is_file() else None
    if target not in floors or not (src / included).is_file():
        return f"\"{included}\" is not a file below src/, named from there"
    if target != folder and "*" not in floors[folder] and target not in floors[folder]:
        return f"{folder} may not use {target}"
    return None


def judge_neighbours(floors, own, included):
    """The same for two subfolders of one folder that both have rows."""
    target = pathlib.PurePath(included).parent
    same_folder = own.parent == target.parent and own.parent.name
    if not same_folder or own == target or str(own) not in floors or str(target) not in floors:
        return None
    return None if target.name in floors[str(own)] else f"{own} may not use {target.name}"


def upward_rows(floors):
    """Yields rows that name a folder standing later in the table: a stair that goes up."""
    order = list(floors)
    for folder, allowed in floors.items():
        beside = folder.rpartition("/")[0]
        for other in sorted(f"{beside}/{name}" if beside else name for name in allowed - {"*"}):
            if other not in floors:
                yield f"floors.txt: {folder} names {other}, which has no row"
            elif order.index(other) >= order.index(folder):
                yield f"floors.txt: {folder} may not stand below {other}"


def self_test():
    floors = read_floors("low: # the cellar\nhigh: low\nroof: *\nhigh/one:\nhigh/two: one\n")
    cases = {
        "low/a.hpp": ("#pragma once\n#include <vector>\n", None),
        "low/up.cpp": ('// a note\n#include "high/b.hpp"\n', "up.cpp:2: low may not use high"),
        "low/inner/c.cpp": ('#  include "low/a.hpp"\n', None),
        "high/b.hpp": ('#include "low/a.hpp"\n', None),
        "high/near.cpp": ('#include "b.hpp"\n', "is not a file below src/"),
        "high/angle.cpp": ("#include <low/a.hpp>\n", "it is ours"),
        "roof/main.cpp": ('#include "low/a.hpp"\n#include "high/b.hpp"\n', None),
        "shed/d.cpp": ("", "folder 'shed' has no row"),
        "high/one/e.hpp": ('#include "high/b.hpp"\n', None),
        "high/two/f.hpp": ('#include "high/one/e.hpp"\n', None),
        "high/one/g.cpp": ('#include "high/two/f.hpp"\n', "high/one may not use two"),
    }
    with tempfile.TemporaryDirectory() as place:
        src = pathlib.Path(place)
        for name, (text, _) in cases.items():
            (src / name).parent.mkdir(parents=True, exist_ok=True)
            (src / name).write_text(text, encoding="utf-8")
        found = list(complaints(src, floors))
    for name, (_, expected) in cases.items():
        about = [c for c in found if f"/{name}:" in c]
        if expected is None:
            assert not about, about
        else:
            assert len(about) == 1 and expected in about[0], (name, about)
    assert list(upward_rows(floors)) == []
    assert len(list(upward_rows(read_floors("low: high\nhigh: gone\nhigh/a: b\nhigh/b: a\n")))) == 3


def main(arguments):
    if arguments == ["--self-test"]:
        self_test()
        return 0
    src = pathlib.Path(arguments[0]) if arguments else HERE.parent.parent / "src"
    floors = read_floors((HERE / "floors.txt").read_text(encoding="utf-8"))
    found = [*upward_rows(floors), *complaints(src, floors)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
