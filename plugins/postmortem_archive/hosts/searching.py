"""One search on a site of MkDocs: the archive's, in the place that Material has for its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir

from postmortem_archive.hosts import dressing
from postmortem_archive.site.search.pages import PageText
from postmortem_archive.site.views.marks import Link

log = get_plugin_logger(__name__)

_MATERIAL = "material"
# The head of a page asks for the plugin under this name whether there is a search.
_ASKED_FOR = "material/search"
# The other is MkDocs' own, under Material: nothing on a page would read what it writes.
_OTHERS = (_ASKED_FOR, "search")
_OFFLINE = "material/offline"
_HEADER = "partials/header.html"
_BOX = "partials/search.html"
_TEMPLATES = Path(__file__).parent / _MATERIAL


class _Shown(Config):
    enabled = Type(bool, default=True)


class _Place(BasePlugin[_Shown]):
    """Stands where Material looks for its search: it has no hooks, and writes nothing."""


def take_over(config: MkDocsConfig) -> bool:
    """Put the archive's search in the place of Material's, and tell whether it is there now.

    Material's own then neither reads pages nor writes an index. A site with another theme is left
    as it is, and so is one where Material has not the shape that this needs: the log says why.
    """
    if config.theme.name != _MATERIAL:
        return False
    if reason := _obstacle(config):
        log.info("the theme's search stays: %s", reason)
        return False
    _add_templates(config)
    for name in _OTHERS:
        if name in config.plugins:
            _silence(config, name)
    place = _Place()
    place.load_config({})
    config.plugins[_ASKED_FOR] = place
    return True


def _obstacle(config: MkDocsConfig) -> str | None:
    """Return why the archive's search cannot stand in this theme, if it cannot."""
    offline = config.plugins.get(_OFFLINE)
    if offline is not None and offline.config.get("enabled"):
        return "the plugin “offline” makes a site of files, where the archive's cannot run"
    header = _template(config, _HEADER)
    if header is None or _BOX not in _text(header) or _ASKED_FOR not in _text(header):
        return f"its {_HEADER} has no place for a search"
    box = _template(config, _BOX)
    if box is None:
        return f"it has no {_BOX}"
    if not box.is_relative_to(get_theme_dir(_MATERIAL)) and _TEMPLATES not in box.parents:
        return f"{box} is the site's own"
    return None


def _template(config: MkDocsConfig, name: str) -> Path | None:
    """Return the file of a template: the first of that name in the folders of the theme."""
    found = (Path(folder, name) for folder in config.theme.dirs)
    return next((path for path in found if path.is_file()), None)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _add_templates(config: MkDocsConfig) -> None:
    """Let the archive's templates come before Material's, and after the author's."""
    folders = config.theme.dirs
    if str(_TEMPLATES) not in folders:
        folders.insert(folders.index(get_theme_dir(_MATERIAL)), str(_TEMPLATES))


def tell_templates(env: Environment, incidents: str, places: Sequence[Link]) -> None:
    """Tell the archive's templates where its places are, the list of incidents among them.

    The addresses start from the site's root.
    """
    env.globals["postmortem_archive"] = {"incidents": incidents, "places": places}


def page_text(page: Page) -> PageText | None:
    """Return what a page of MkDocs is found by, or None where nobody is to find it."""
    told = page.meta.get("search")
    if isinstance(told, Mapping) and told.get("exclude"):
        return None
    tags = page.meta.get("tags")
    return PageText(
        page.file.src_uri,
        page.url,
        unescape(str(page.title or "")),
        dressing.searched(page.content or ""),
        tuple(map(str, tags)) if isinstance(tags, list) else (),
    )


def _silence(config: MkDocsConfig, name: str) -> None:
    """Take a plugin's hooks out. Those that run right now go on with the lists that they had."""
    plugin, events = config.plugins[name], config.plugins.events
    for event, methods in events.items():
        events[event] = [each for each in methods if getattr(each, "__self__", None) is not plugin]
    del config.plugins[name]
