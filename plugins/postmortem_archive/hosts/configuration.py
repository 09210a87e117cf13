"""What mkdocs.yml says about an archive, without what else it would load and run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from postmortem_archive.hosts.options import (
    PLUGIN,
    ArchiveOptions,
    build_day,
    formats_folder,
    site_settings,
)
from postmortem_archive.site.settings import SiteSettings

CACHE_FOLDER = ".cache"
# PyYAML may have been built without its fast parser.
_FAST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Configuration:
    """An archive's places and settings. `warnings` are for the person who wrote the file."""

    file: Path
    docs_dir: Path
    settings: SiteSettings
    formats_dir: Path
    warnings: tuple[str, ...] = ()
    site_url: str | None = None
    directory_urls: bool = True

    @property
    def cache_dir(self) -> Path:
        """The folder of the archive's cache, next to the file."""
        return self.file.parent / CACHE_FOLDER

    def url(self, page: str) -> str | None:
        """Return the whole address of a page by its source path, where the site tells its own."""
        if not self.site_url:
            return None
        stem = page.removesuffix(".md")
        return f"{self.site_url.rstrip('/')}/{stem}{'/' if self.directory_urls else '.html'}"


def load(file: Path) -> Configuration | None:
    """Read a configuration file; None where it does not use the plugin.

    Raises ConfigurationError, with every reason, where it cannot be read.
    """
    told = _load_yaml(file)
    section = _section(told.get("plugins"))
    if section is None:
        return None
    options = ArchiveOptions(str(file))
    options.load_dict(dict(section))
    errors, warnings = options.validate()
    if errors:
        reasons = "; ".join(f"{key}: {error}" for key, error in errors)
        raise ConfigurationError(f"{file}: plugin {PLUGIN}: {reasons}")
    docs_dir = file.parent / str(told.get("docs_dir") or "docs")
    settings = site_settings(options, str(told.get("site_name") or ""), build_day())
    return Configuration(
        file,
        docs_dir,
        settings,
        formats_folder(options, file.parent),
        tuple(text for _, text in warnings),
        str(told.get("site_url") or "") or None,
        told.get("use_directory_urls") is not False,
    )


def _load_yaml(file: Path) -> Mapping[str, object]:
    """Read YAML as MkDocs does, except that a tag which would import code gives nothing."""
    try:
        try:
            told = _told_by(_FAST, file)
        except ConfigurationError:  # told in the words that MkDocs has for it
            told = _told_by(yaml.SafeLoader, file)
    except OSError as error:
        raise ConfigurationError(f"{error.filename or file}: {error.strerror}") from error
    except (UnicodeError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{file}: {error}") from error
    except (
        AttributeError,
        TypeError,
    ) as error:  # MkDocs takes it for a name, and that for a mapping
        raise ConfigurationError(f"{file}: INHERIT has to name a file of settings") from error
    if not isinstance(told, dict):
        raise ConfigurationError(f"{file}: expected a mapping of settings")
    return told


def _told_by(base: type[yaml.SafeLoader], file: Path) -> object:
    loader = get_yaml_loader(base)
    loader.add_multi_constructor("", lambda _loader, _tag, _node: None)
    with file.open("rb") as text:
        return yaml_load(text, loader)


def _section(plugins: object) -> Mapping[str, object] | None:
    """Return the plugin's options: MkDocs takes plugins as a list or as a mapping."""
    if isinstance(plugins, dict):
        plugins = [{name: options} for name, options in plugins.items()]
    for plugin in plugins if isinstance(plugins, list) else ():
        if plugin == PLUGIN:
            return {}
        if isinstance(plugin, dict) and PLUGIN in plugin:
            options = plugin[PLUGIN]
            if options is None or isinstance(options, dict):
                # MkDocs has this one for every plugin. The reports are there where it is off, too.
                return {key: told for key, told in (options or {}).items() if key != "enabled"}
            raise ConfigurationError(f"plugin {PLUGIN}: expected a mapping of options")
    return None
