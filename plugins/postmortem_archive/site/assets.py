"""The archive's styles, scripts and type, as files of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from urllib.parse import quote

from postmortem_archive.site.ordering import order_rules

FOLDER = "assets/postmortem-archive"

# Mermaid as published, without the diagrams that need large libraries; then what quiets it, and
# what keeps it within a policy.
_MERMAID = ("mermaid.tiny.js", "quiet.js", "styles.js")


@lru_cache(maxsize=4)
def assets(at: str = "") -> Mapping[str, bytes]:
    """Return every asset by its path in the site, for an archive whose folder is `at`.

    The style sheets are one file, in the order of their names, the orders of lists last. Its name,
    the script's and that of the folder of the search's modules hold a piece of their content, so
    that no browser keeps an old one.
    """
    home, modules = _modules()
    found: dict[str, bytes] = {}
    styles: list[bytes] = []
    for path, content in _contents("assets").items():
        if path.endswith(".css"):
            styles.append(content)
        elif path.endswith(".js"):
            script = _told_of_search(content, home, f"{at}/data/search/" if at else "data/search/")
            found[named(path.removesuffix(".js"), "js", script)] = script
        else:
            found[f"{FOLDER}/{path}"] = content
    style = b"\n".join([*styles, order_rules().encode()])
    found |= {f"{home}{path}": content for path, content in modules.items()}
    return MappingProxyType({named("archive", "css", style): style, **found})


def _modules() -> tuple[str, dict[str, bytes]]:
    """Return the folder in the site of the search's modules, and each by its path in there.

    They import one another by name, so that it is their folder's name that changes with them.
    """
    found = _contents("scripts/search")
    told = b"".join(_sized(path.encode()) + _sized(content) for path, content in found.items())
    return f"{FOLDER}/search.{_hash(told)}/", found


def _sized(piece: bytes) -> bytes:
    """Return bytes with their number before them: no two lists of such are the same when joined."""
    return b"%d:%b" % (len(piece), piece)


def _told_of_search(script: bytes, modules: str, index: str) -> bytes:
    """Put the addresses of the search into a script, from the site's root: modules and index."""
    for name, folder in (("modules", modules), ("index", index)):
        script = script.replace(f'"@{name}@"'.encode(), json.dumps(quote(folder)).encode())
    return script


@lru_cache(maxsize=1)
def mermaid() -> tuple[str, bytes]:
    """Return the path in the site and the content of the script that draws diagrams.

    It is large, so it is no asset of every page: only those with a diagram load it.
    """
    found = _contents("diagrams")
    content = b"\n".join(found[name] for name in _MERMAID)
    return named("mermaid", "js", content), content


def style() -> str:
    """Return the path of the style sheet."""
    return next(path for path in assets() if path.endswith(".css"))


def scripts(at: str = "") -> tuple[str, ...]:
    """Return the paths of the scripts that every page loads; `at` is the archive's folder."""
    home = f"{FOLDER}/search."
    return tuple(path for path in assets(at) if path.endswith(".js") and not path.startswith(home))


def _contents(folder: str) -> dict[str, bytes]:
    """Return the files beside this module in a folder, by their paths in there, in order."""
    paths = sorted(_walk(files("postmortem_archive.site") / folder, ""))
    return {path: (files("postmortem_archive.site") / folder / path).read_bytes() for path in paths}


def _walk(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}"


def named(stem: str, suffix: str, content: bytes) -> str:
    """Return the path of a file whose name holds a piece of its content."""
    return f"{FOLDER}/{stem}.{_hash(content)}.{suffix}"


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:8]
