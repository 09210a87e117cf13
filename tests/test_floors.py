"""The house has four floors, and each stands only on those below it.

report < archive < site < hosts. Only hosts may import the program that they plug into,
and below hosts nothing reads the clock, the disk, the network or chance: text goes in,
text comes out, and the same input gives the same bytes.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "postmortem_archive"
FOLDER = Path(__file__).parent.parent / "plugins" / PACKAGE
FLOORS = ("report", "archive", "site", "hosts")

HOST_PROGRAMS = ("material", "mkdocs")

# What may be imported below hosts, from Python and from elsewhere. A list of what may not be would
# never be complete: a module that is new here is first looked at for what follows.
PURE = (
    "__future__", "bisect", "calendar", "codecs", "collections", "contextlib", "csv", "dataclasses",
    "datetime", "decimal", "difflib", "enum", "fractions", "functools", "hashlib", "heapq", "html",
    "importlib.resources", "io", "itertools", "json", "math", "operator", "pathlib", "posixpath",
    "re", "statistics", "struct", "sys.maxsize", "tomllib", "traceback.walk_tb", "types", "typing",
    "unicodedata", "urllib.parse", "zlib", "zoneinfo",
    "jinja2", "markdown_it", "markupsafe", "mdit_py_plugins", "nh3", "pygments", "yaml",
)  # fmt: skip

# What is impure in them all the same: this, or anything inside it.
IMPURE = (
    # the clock
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    # the disk (paths are texts here, for pathlib.PurePosixPath and posixpath)
    "codecs.open",
    "io.open",
    "io.FileIO",
    "jinja2.FileSystemLoader",
    "pathlib.Path",
    "pathlib.PosixPath",
    "pathlib.WindowsPath",
)
IMPURE_CALLS = ("__import__", "eval", "exec", "input", "open")
IMPURE_METHODS = ("read_bytes", "read_text", "write_bytes", "write_text")


def violations(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """Give a line for each thing in a module's source that its floor does not allow."""
    tree = ast.parse(source)
    floor = floor_of(module)
    imported = list(imports(tree, module, is_package=is_package))
    found = [f"{line}: {problem}" for line, problem in misplaced_imports(imported, floor)]
    if floor != "hosts":
        found += [f"{line}: reaches {name}" for line, name in impurities(tree, imported)]
    return found


def floor_of(module: str) -> str | None:
    """Give the floor that a module is on: None for the package itself and for other packages."""
    package, _, inside = module.partition(".")
    return inside.partition(".")[0] or None if package == PACKAGE else None


# An import, as its line, the name that it gives, and the dotted origin of what it names.
Import = tuple[int, str, str]


def imports(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[Import]:
    """Give each import of a module, relative ones made absolute."""
    here = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                # `import a.b` gives the name a; `import a.b as c` gives c for a.b.
                yield node.lineno, alias.asname or alias.name, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            base = [*base, *(node.module or "").split(".")] if node.module else base
            for alias in node.names:
                yield node.lineno, alias.asname or alias.name, ".".join([*base, alias.name])


def misplaced_imports(imported: list[Import], floor: str | None) -> Iterator[tuple[int, str]]:
    for line, _, origin in imported:
        target = floor_of(origin)
        if target in FLOORS and (floor is None or FLOORS.index(target) > FLOORS.index(floor)):
            yield line, f"imports {origin}, which is above"
        if floor != "hosts" and is_within(origin, HOST_PROGRAMS):
            yield line, f"imports {origin}, which only hosts may"
        elif floor != "hosts" and not is_within(origin, (PACKAGE, *PURE)):
            yield line, f"imports {origin}, which is not known to be pure"


def impurities(tree: ast.AST, imported: list[Import]) -> Iterator[tuple[int, str]]:
    origins = {name: origin for _, name, origin in imported}
    for line, _, origin in imported:
        if is_within(origin, IMPURE):
            yield line, origin
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            origin = origin_of(node, origins)
            # Said once: an import that is impure in itself was told above.
            if is_within(origin, IMPURE) and not is_within(origin.rpartition(".")[0], IMPURE):
                yield node.lineno, origin
        if isinstance(node, ast.Call):
            yield from impure_calls(node, origins)


def impure_calls(call: ast.Call, origins: dict[str, str]) -> Iterator[tuple[int, str]]:
    match call.func:
        case ast.Name(id=name) if name in IMPURE_CALLS and name not in origins:
            yield call.lineno, name
        case ast.Attribute(attr=method, value=owner) if method in IMPURE_METHODS:
            # What the package carries with it is part of the program.
            if not is_within(origin_of(owner, origins), ("importlib.resources",)):
                yield call.lineno, f".{method}"


def origin_of(node: ast.AST, origins: dict[str, str]) -> str:
    """Follow `a.b(…).c / d` to the dotted name that it starts from, through the imports."""
    match node:
        case ast.Name(id=name):
            return origins.get(name, name)
        case ast.Attribute(value=owner, attr=name):
            return f"{origin_of(owner, origins)}.{name}"
        case ast.Call(func=inner) | ast.BinOp(left=inner) | ast.Subscript(value=inner):
            return origin_of(inner, origins)
    return ""


def is_within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


MODULES = sorted(FOLDER.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_module_keeps_to_its_floor(path: Path):
    parts = path.relative_to(FOLDER.parent).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    module = ".".join(parts[:-1] if is_package else parts)
    assert floor_of(module) in {None, *FLOORS}, f"{module} is on no floor"
    assert violations(path.read_text(encoding="utf-8"), module, is_package=is_package) == []


@pytest.mark.parametrize(
    ("module", "source", "told"),
    [
        ("report.facts", "import postmortem_archive.archive.clocks", "archive.clocks"),
        ("report.facts", "from postmortem_archive import archive", "archive"),
        ("report.facts", "from postmortem_archive.site.pages import Page", "site.pages.Page"),
        ("report.facts", "from .. import hosts", "hosts"),
        ("report.facts", "from ..archive.clocks import ttd", "archive.clocks.ttd"),
        ("archive.clocks", "def f():\n    from ..site import pages", "site.pages"),
        ("site.deep.pages", "from ...hosts import cli", "hosts.cli"),
        ("site.pages", "import mkdocs", "mkdocs"),
        ("site.pages", "from mkdocs.config import base", "mkdocs.config.base"),
        ("archive.clocks", "import material.plugins.tags", "material.plugins.tags"),
        ("archive.clocks", "import datetime\ndatetime.datetime.now()", "datetime.datetime.now"),
        ("archive.clocks", "from datetime import datetime as D\nD.utcnow()", "utcnow"),
        ("archive.clocks", "from datetime import date\nf = date.today", "datetime.date.today"),
        ("archive.clocks", "import time\ntime.time()", "time"),
        ("report.facts", "open('x')", "open"),
        ("report.facts", "from pathlib import Path", "pathlib.Path"),
        ("report.facts", "import pathlib\npathlib.Path('x').exists()", "pathlib.Path"),
        ("report.facts", "def f(path): return path.read_text()", ".read_text"),
        ("site.pages", "def f(path): (path / 'x').write_bytes(b'')", ".write_bytes"),
        ("report.facts", "import os\nos.environ['X']", "os"),
        ("report.facts", "from os import environ", "os.environ"),
        ("site.pages", "import subprocess", "subprocess"),
        ("site.pages", "from socket import create_connection", "socket"),
        ("archive.clocks", "import random as chance\nchance.random()", "random"),
        ("archive.clocks", "from importlib import import_module", "import_module"),
        ("archive.clocks", "import importlib\nimportlib.import_module('x')", "importlib"),
        ("archive.clocks", "from uuid import uuid4", "uuid.uuid4"),
        ("site.pages", "from urllib.request import urlopen", "urllib.request"),
        ("site.pages", "import sqlite3\nsqlite3.connect('x')", "sqlite3"),
        ("report.facts", "import sys\nsys.stdin.read()", "sys"),
        ("report.facts", "import linecache\nlinecache.getline('x', 1)", "linecache"),
        ("report.facts", "exec('x')", "exec"),
    ],
)
def test_a_planted_violation_is_found(module: str, source: str, told: str):
    found = violations(source, f"{PACKAGE}.{module}")
    assert len(found) == 1, found
    assert told in found[0]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("report.facts", "from . import dates\nfrom .dates import parse"),
        ("report.facts", "from datetime import UTC, date, datetime, time\ndate.fromisoformat('x')"),
        ("archive.clocks", "from ..report.facts import Facts"),
        ("archive.clocks", "def f(clock): return clock.now, clock.time()"),
        ("site.pages", "from pathlib import PurePosixPath\nimport posixpath"),
        ("site.pages", "from jinja2 import Environment, PackageLoader"),
        ("report.facts", "from sys import maxsize\nimport re, yaml"),
        ("site.pages", "from importlib.resources import files\n(files('x') / 'y').read_text()"),
        ("site.pages", "from importlib import resources\nresources.files('x').read_bytes()"),
        ("hosts.cli", "import mkdocs, time, os\nfrom ..site import pages\nopen('x')"),
        ("hosts.cli", "from pathlib import Path\nPath('x').read_text()"),
    ],
)
def test_what_a_floor_allows_passes(module: str, source: str):
    assert violations(source, f"{PACKAGE}.{module}") == []


def test_relative_imports_of_a_package_start_at_itself():
    source = "from . import facts\nfrom ..archive import clocks"
    found = violations(source, f"{PACKAGE}.report", is_package=True)
    assert found == [f"2: imports {PACKAGE}.archive.clocks, which is above"]


def test_the_package_itself_stands_on_no_floor():
    found = violations("from .report import facts", PACKAGE, is_package=True)
    assert found == [f"1: imports {PACKAGE}.report.facts, which is above"]
