"""Reports that were read before, kept in one file; deleting it changes nothing but the time."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from sys import version_info

import postmortem_archive
from postmortem_archive.report.settings import ReadingSettings

FILE_NAME = "postmortem-archive.sqlite"
_WAIT = 2.0  # seconds for another process to finish writing
_AT_ONCE = 500  # keys in one question

# What reports are read with, besides this package.
_LIBRARIES = ("linkify-it-py", "markdown-it-py", "mdit-py-plugins", "nh3", "pygments", "pyyaml")


def fingerprint(settings: ReadingSettings) -> bytes:
    """Return a hash of everything but its file that a report as read depends on."""
    told = repr(settings).encode(errors="surrogatepass")
    return hashlib.blake2b(_code_print() + told, digest_size=32).digest()


@lru_cache(maxsize=1)
def _code_print() -> bytes:
    """Return a hash of what reports are read by."""
    digest = hashlib.blake2b(repr(version_info).encode(), digest_size=32)
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name}={version(name)};".encode())
    package = Path(postmortem_archive.__file__).parent
    code = [*(package / "report").rglob("*.py"), package / "hosts" / "records.py"]
    for file in sorted(code):
        digest.update(file.read_bytes())
    return digest.digest()


def keys_of(path: str, data: bytes, settings_prints: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the key of a report under each of these settings: what all of it comes down to."""
    text = hashlib.blake2b(path.encode(errors="surrogateescape") + b"\0" + data, digest_size=32)
    told = text.digest()
    return tuple(hashlib.blake2b(one + told, digest_size=32).digest() for one in settings_prints)


class Cache:
    """Bytes by key. A file that is broken is replaced; one that is in use elsewhere is let be."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME

    def get(self, keys: Iterable[bytes]) -> Mapping[bytes, bytes]:
        """Return what is kept under these keys."""
        try:
            return self._get(list(keys)) if self._file.is_file() else {}
        except (sqlite3.Error, OSError):
            return {}

    def _get(self, keys: list[bytes]) -> Mapping[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        with closing(sqlite3.connect(self._file, timeout=_WAIT)) as connection:
            for start in range(0, len(keys), _AT_ONCE):
                part = keys[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                # `marks` is question marks alone; the keys themselves are bound.
                query = f"SELECT key, report FROM reports WHERE key IN ({marks})"  # noqa: S608
                found.update(connection.execute(query, part))
        return found

    def put(self, new: Mapping[bytes, bytes], keep: Iterable[bytes]) -> None:
        """Add to the cache, and drop what is under none of the keys to `keep`."""
        try:
            self._put(new, keep)
        except sqlite3.OperationalError:
            return  # another process is writing, or the disk is read-only
        except sqlite3.DatabaseError:
            with suppress(OSError, sqlite3.Error):
                self._file.unlink(missing_ok=True)
                self._put(new, keep)
        except OSError:
            return

    def _put(self, new: Mapping[bytes, bytes], keep: Iterable[bytes]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=_WAIT)) as connection, connection:
            # What is dropped makes the file smaller. This has to be said before there is a table.
            connection.execute("PRAGMA auto_vacuum = FULL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS reports (key BLOB PRIMARY KEY, report BLOB NOT NULL)"
            )
            connection.executemany("INSERT OR REPLACE INTO reports VALUES (?, ?)", new.items())
            connection.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((k,) for k in keep))
            connection.execute("DELETE FROM reports WHERE key NOT IN (SELECT key FROM kept)")
