"""The Debian package on a fresh Debian: installed, served from, upgraded, removed, purged.

The system is made once by debootstrap and kept in the testbed; each run works on a copy. Without root or
without a mirror there is no such system, and the stories are skipped.
"""
import json
import pathlib
import re
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
import support  # noqa: E402  the path comes first
from debian import fresh_system, must, run  # noqa: E402

UNIT = "lib/systemd/system/dumpstation.service"
ADDRESS = "127.0.0.1:18422"
PASSWORD = "hunter2 correct horse"


class System:
    """A Debian system below a directory. What it starts has the machine's network."""

    def __init__(self, directory, packed):
        self.root = pathlib.Path(directory) / "root"
        self.root.mkdir(mode=0o755)
        must("tar", "-C", self.root, "-xf", packed)
        # As in an image: nothing starts while packages are installed.
        (self.root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        (self.root / "usr/sbin/policy-rc.d").chmod(0o755)
        must("mount", "-t", "proc", "proc", self.root / "proc")

    def close(self):
        must("umount", self.root / "proc")

    def inside(self, *words, code=0):
        got, said = run("chroot", self.root, *words,
                        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8",
                             "DEBIAN_FRONTEND": "noninteractive"})
        if got != code:
            raise AssertionError(f"{words}: status {got}\n{said}")
        return said

    def install(self, package):
        shutil.copy(package, self.root / "root")
        return self.inside("apt-get", "install", "-q", "-y", "--no-install-recommends",
                           "-o", "Dpkg::Options::=--force-confold", f"/root/{package.name}")

    def path(self, name):
        return self.root / name.lstrip("/")

    def mode(self, name):
        return oct(stat.S_IMODE(self.path(name).stat().st_mode))

    def owner(self, name):
        return self.inside("stat", "-c", "%U:%G", name).strip()


def unit_value(text, name):
    return re.search(rf"^{name}=(.*)$", text, re.MULTILINE).group(1)


class Service:
    """The unit's command as the unit's user, with systemd's part done by us."""

    def __init__(self, system):
        unit = system.path(UNIT).read_text(encoding="utf-8")
        user = unit_value(unit, "User")
        variables = dict(word.split("=", 1) for word in shlex.split(unit_value(unit, "Environment")))
        variables["DUMPSTATION_LISTEN"] = ADDRESS
        self.process = subprocess.Popen(  # ended by stop()
            ["chroot", str(system.root), "setpriv", "--reuid", user, "--regid", user,
             "--clear-groups", "--no-new-privs", *shlex.split(unit_value(unit, "ExecStart"))],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"} | variables)
        self.told = []
        while not self.told or self.told[-1]["event"] != "server.started":
            line = self.process.stderr.readline()
            if not line:
                raise AssertionError(f"the service does not start: {self.told}")
            self.told.append(json.loads(line))

    def user(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"^Uid:\s+(\d+)", status, re.MULTILINE).group(1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        told = self.process.stderr.read()
        self.process.stderr.close()
        return self.process.wait(timeout=60), told


def answer(path):
    with urllib.request.urlopen(f"http://{ADDRESS}{path}", timeout=10) as response:
        return response.status


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        program = support.program()
        packed = fresh_system()
        directory = tempfile.TemporaryDirectory(prefix="ds-package-")
        cls.addClassCleanup(directory.cleanup)
        cls.version = json.loads(must(program, "version", "--json"))["version"]
        cls.older = cls.build(program, "0.0.1", f"{directory.name}/packages")
        cls.package = cls.build(program, cls.version, f"{directory.name}/packages")
        cls.system = System(directory.name, packed)
        cls.addClassCleanup(cls.system.close)

    @staticmethod
    def build(*arguments):
        return pathlib.Path(must(ROOT / "tools/package.sh", *arguments).strip().splitlines()[-1])

    def serve(self):
        service = Service(self.system)
        self.addCleanup(lambda: service.process.poll() is None and service.process.kill())
        return service

    def test_its_whole_life(self):
        self.installs()
        self.serves_as_its_own_user()
        self.upgrades_and_keeps_state_and_configuration()
        self.is_removed_and_leaves_what_is_the_users()
        self.is_purged_and_leaves_the_master_key()
        self.is_purged_without_a_trace_when_it_never_ran()

    def installs(self):
        self.system.install(self.older)
        self.assertEqual(self.system.owner("/var/lib/dumpstation"), "dumpstation:dumpstation")
        self.assertEqual(self.system.mode("/var/lib/dumpstation"), "0o700")
        self.assertEqual(self.system.owner("/etc/dumpstation/config.toml"), "root:dumpstation")
        self.assertEqual(self.system.mode("/etc/dumpstation/config.toml"), "0o640")
        self.system.inside("dumpstation", "config", "check", "/etc/dumpstation/config.toml")
        shown = self.system.inside("dumpstation", "config", "show", "--json")
        self.assertEqual({one["origin"] for one in json.loads(shown)["settings"]}, {"default"})
        wants = "/etc/systemd/system/multi-user.target.wants/dumpstation.service"
        self.assertTrue(self.system.path(wants).is_symlink())
        self.assertEqual(self.system.inside("dpkg", "--verify", "dumpstation").strip(), "")

    def serves_as_its_own_user(self):
        service = self.serve()
        self.assertEqual(service.user(), int(self.system.inside("id", "-u", "dumpstation")))
        self.assertEqual(answer("/healthz"), 200)
        # Before the first administrator is made, only the owner reads how.
        self.assertEqual(self.system.mode("/var/lib/dumpstation/setup-secret"), "0o600")
        self.login("--setup", "@/var/lib/dumpstation/setup-secret")
        code, told = service.stop()
        self.assertEqual(code, 0, told)

    def login(self, *more):
        self.system.inside("env", f"DUMPSTATION_PASSWORD={PASSWORD}", "dumpstation", "login",
                           "--state", "/root/client", f"http://{ADDRESS}", *more)

    def upgrades_and_keeps_state_and_configuration(self):
        config = self.system.path("/etc/dumpstation/config.toml")
        config.write_text("slots = 3\n", encoding="utf-8")
        key = self.system.path("/var/lib/dumpstation/master.key").read_bytes()
        self.system.install(self.package)
        version = self.system.inside("dpkg-query", "-W", "-f", "${Version}", "dumpstation")
        self.assertEqual(version, self.version)
        self.assertEqual(config.read_text(encoding="utf-8"), "slots = 3\n")
        self.assertEqual(self.system.mode("/etc/dumpstation/config.toml"), "0o640")
        self.assertEqual(self.system.path("/var/lib/dumpstation/master.key").read_bytes(), key)
        service = self.serve()
        self.login()  # the administrator of before the upgrade
        self.assertEqual(service.stop()[0], 0)

    def is_removed_and_leaves_what_is_the_users(self):
        self.system.inside("apt-get", "remove", "-q", "-y", "dumpstation")
        self.assertFalse(self.system.path("/usr/bin/dumpstation").exists())
        self.assertFalse(self.system.path(UNIT).exists())
        self.assertTrue(self.system.path("/etc/dumpstation/config.toml").exists())
        self.assertTrue(self.system.path("/var/lib/dumpstation/master.key").exists())

    def is_purged_and_leaves_the_master_key(self):
        said = self.system.inside("apt-get", "purge", "-q", "-y", "dumpstation")
        self.assertIn("master key stays", said)
        self.assertFalse(self.system.path("/etc/dumpstation").exists())
        self.assertTrue(self.system.path("/var/lib/dumpstation/master.key").exists())
        self.assertEqual(self.leftovers(), ["/var/lib/dumpstation"])

    def is_purged_without_a_trace_when_it_never_ran(self):
        shutil.rmtree(self.system.path("/var/lib/dumpstation"))
        self.system.install(self.package)
        self.system.inside("apt-get", "purge", "-q", "-y", "dumpstation")
        self.assertEqual(self.leftovers(), [])
        self.system.inside("getent", "passwd", "dumpstation", code=2)

    def leftovers(self):
        said = self.system.inside("find", "/etc", "/usr", "/var", "/lib/systemd", "-xdev",
                                  "-name", "*dumpstation*", "-not", "-path", "/var/lib/dpkg/*",
                                  "-not", "-path", "/var/cache/*", "-not", "-path", "/var/log/*")
        return sorted(said.split())


class Unit(unittest.TestCase):
    """What systemd thinks of the unit, offline."""

    unit = ROOT / "deploy/debian/dumpstation.service"

    def setUp(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("there is no systemd-analyze")

    def test_is_well_formed(self):
        with tempfile.TemporaryDirectory() as directory:
            copy = pathlib.Path(directory) / self.unit.name
            text = self.unit.read_text(encoding="utf-8")
            copy.write_text(text.replace("/usr/bin/dumpstation", support.program()),
                            encoding="utf-8")
            code, said = run("systemd-analyze", "verify", "--man=no", copy)
            ours = [line for line in said.splitlines() if self.unit.name in line]
            self.assertEqual(ours, [])
            self.assertEqual(code, 0, said)

    def test_is_shut_in(self):
        said = must("systemd-analyze", "security", "--offline=true", "--no-pager", self.unit)
        exposure = float(re.search(r"exposure level for .*: ([\d.]+)", said).group(1))
        self.assertLess(exposure, 2.5, said)


if __name__ == "__main__":
    support.main()
