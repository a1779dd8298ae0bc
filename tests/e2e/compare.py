"""Are two databases the same? Asked of PostgreSQL's own pg_dump, not of our program."""
import re
import subprocess

from servers import pg_bin

# A random word per dump, since the fixes of CVE-2025-8714.
RANDOM = re.compile(r"^\\(un)?restrict .*$", re.MULTILINE)


def plain_dump(server, database, *options):
    """Everything in a database as text."""
    command = [pg_bin(18) / "pg_dump", "-Fp", *options, "-d", database]
    done = subprocess.run(command, env=server.environment(), capture_output=True, timeout=180)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return RANDOM.sub("", done.stdout.decode("utf-8", "surrogateescape"))


def by_postgresql(server, database, into):
    """Copies a database with PostgreSQL's own tools."""
    bin_directory = pg_bin(max(server.major, 13))
    dump = [bin_directory / "pg_dump", "-Fc", "-Z0", database]
    restore = [bin_directory / "pg_restore", "--exit-on-error", "-d", into]
    with subprocess.Popen(dump, env=server.environment(), stdout=subprocess.PIPE) as source:
        done = subprocess.run(restore, env=server.environment(), stdin=source.stdout,
                              capture_output=True, text=True, timeout=180)
    if source.returncode or done.returncode:
        raise RuntimeError(f"{dump}: {source.returncode}; {restore}: {done.stderr}")


def first_difference(one, other):
    """Empty when both texts are equal, otherwise the first lines that differ."""
    if one == other:
        return ""
    left, right = one.splitlines(), other.splitlines()
    for number, (a, b) in enumerate(zip(left, right), 1):
        if a != b:
            return f"line {number}:\n- {a[:300]}\n+ {b[:300]}"
    return f"{len(left)} lines against {len(right)}: {(left + right)[min(len(left), len(right))]}"


def difference(server, database, other_server, other_database, *options):
    return first_difference(plain_dump(server, database, *options),
                            plain_dump(other_server, other_database, *options))
