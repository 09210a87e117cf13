"""The archive's styles, scripts and type, as files of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

FOLDER = "assets/postmortem-archive"

# Mermaid as published, without the diagrams that need large libraries; then what quiets it, and
# what keeps it within a policy.
_MERMAID = ("mermaid.tiny.js", "quiet.js", "styles.js")


@lru_cache(maxsize=1)
def assets() -> Mapping[str, bytes]:
    """Return every asset by its path in the site.

    The style sheets are one file, in the order of their names. Its name and the script's hold a
    piece of their content, so that no browser keeps an old one.
    """
    paths = sorted(_walk(files("postmortem_archive.site") / "assets", ""))
    styles = b"\n".join(_read(path) for path in paths if path.endswith(".css"))
    found = {named("archive", "css", styles): styles}
    for path in paths:
        if path.endswith(".js"):
            script = _read(path)
            found[named(path.removesuffix(".js"), "js", script)] = script
        elif not path.endswith(".css"):
            found[f"{FOLDER}/{path}"] = _read(path)
    return MappingProxyType(found)


def _read(path: str) -> bytes:
    return (files("postmortem_archive.site") / "assets" / path).read_bytes()


@lru_cache(maxsize=1)
def mermaid() -> tuple[str, bytes]:
    """Return the path in the site and the content of the script that draws diagrams.

    It is large, so it is no asset of every page: only those with a diagram load it.
    """
    content = b"\n".join(
        (files("postmortem_archive.site") / "diagrams" / name).read_bytes() for name in _MERMAID
    )
    return named("mermaid", "js", content), content


def style() -> str:
    """Return the path of the style sheet."""
    return next(path for path in assets() if path.endswith(".css"))


def scripts() -> tuple[str, ...]:
    """Return the paths of the scripts."""
    return tuple(path for path in assets() if path.endswith(".js"))


def _walk(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}"


def named(stem: str, suffix: str, content: bytes) -> str:
    """Return the path of a file whose name holds a piece of its content."""
    return f"{FOLDER}/{stem}.{sha256(content).hexdigest()[:8]}.{suffix}"
