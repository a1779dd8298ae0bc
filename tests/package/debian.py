"""A fresh Debian system, of the suite and from the mirror that this machine uses itself."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **options)
    return done.returncode, done.stdout


def must(*words, **options):
    code, said = run(*words, **options)
    if code != 0:
        raise AssertionError(f"{words}: status {code}\n{said}")
    return said


def mirror():
    lines = must("apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)",
                 "Created-By: Packages").splitlines()
    found = [line.split("|")[2] for line in lines if line.startswith("Debian|Debian|")]
    if not found:
        raise unittest.SkipTest("apt on this machine knows no Debian mirror")
    return found[0]


def codename():
    release = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    return re.search(r"^VERSION_CODENAME=(\S+)", release, re.MULTILINE).group(1)


def fresh_system():
    """A tar file of a minimal Debian that has read its mirror's lists, made once."""
    testbed = pathlib.Path(os.environ.get("DS_TESTBED", "/var/tmp/dumpstation-testbed"))
    packed = testbed / f"debian-{codename()}.tar"
    if packed.exists():
        return packed
    if os.geteuid() != 0:
        raise unittest.SkipTest("a Debian system below a directory needs root")
    if not shutil.which("debootstrap"):
        raise unittest.SkipTest("there is no debootstrap")
    packed.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=packed.parent) as scratch:
        root = pathlib.Path(scratch) / "root"
        code, said = run("debootstrap", "--variant=minbase", codename(), root, mirror())
        if code != 0:
            raise unittest.SkipTest(f"debootstrap made no system: {said[-300:]}")
        for name in ("apt/apt.conf.d", "apt/sources.list.d", "apt/auth.conf.d"):
            if (pathlib.Path("/etc") / name).is_dir():
                shutil.copytree(pathlib.Path("/etc") / name, root / "etc" / name,
                                dirs_exist_ok=True)
        must("chroot", root, "apt-get", "-q", "update")
        made = packed.with_suffix(".new")
        must("tar", "-C", root, "-cf", made, ".")
        made.rename(packed)
    return packed
