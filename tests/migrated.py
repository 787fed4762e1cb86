"""The database as the migrations leave it, kept under ``var/`` for as long as the code is the same."""

import fcntl
import hashlib
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "cache" / "migrated"


def fingerprint():
    """Return what changes with any code or package by which the database could be another."""
    code = (
        path for app in ("cstopa", "delegations", "news") for path in (ROOT / app).rglob("*.py")
    )
    found = hashlib.sha256()
    for path in sorted([*code, ROOT / "requirements.txt"]):
        found.update(str(path).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


@contextmanager
def kept(database):
    """Copy the kept SQLite database to a path, or keep the one that is made there meanwhile.

    Yield whether it was copied. Of several processes the first makes it, and the others wait.
    """
    kept = KEPT / f"{fingerprint()}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            shutil.copyfile(kept, database)
            fcntl.flock(lock, fcntl.LOCK_UN)
            yield True
            return
        yield False
        for old in KEPT.glob("*.sqlite3*"):
            old.unlink()
        # Not the file: the last pages may still be in its log.
        new = kept.with_suffix(".sqlite3.new")
        with closing(sqlite3.connect(database)) as made, closing(sqlite3.connect(new)) as copy:
            made.backup(copy)
        new.rename(kept)
