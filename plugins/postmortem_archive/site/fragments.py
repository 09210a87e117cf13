"""Templates, filled: views become safe pieces of HTML."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    StrictUndefined,
)
from markupsafe import Markup

# The text of an author's own template of this name, or None where there is none.
Overrides = Callable[[str], str | None]


class Fragments:
    """Fills the archive's templates.

    A template of the same name (`archive/report.html`) that `overrides` gives takes the place of
    the archive's own.
    """

    def __init__(self, overrides: Overrides | None = None) -> None:
        own = PackageLoader("postmortem_archive.site", "templates")
        loaders = [FunctionLoader(overrides), own] if overrides else [own]
        self._templates = Environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # A build has its own; without this each use asks the disk whether the file has changed.
            auto_reload=False,
        )

    def render(self, name: str, **views: object) -> Markup:
        """Fill `archive/<name>.html` with views; what they hold as text is escaped."""
        template = self._templates.get_template(f"archive/{name}.html")
        return Markup(template.render(views).strip())  # noqa: S704 -- escaped by the template
