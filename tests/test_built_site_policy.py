"""Nothing in the built site's pages stands in the way of a policy that forbids what is unsafe."""

from html.parser import HTMLParser

import pytest


class Unsafe(HTMLParser):
    """What a page has that a strict policy forbids and no hash can allow, a line for each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in {"style", "base", "object", "embed", "iframe"}:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            runs = (value or "").strip().lower().startswith("javascript:")
            if name == "style" or name.startswith("on") or runs:
                self.found.append(f"<{tag} {name}={value!r}>")


def test_no_page_of_the_built_site_has_a_style_or_a_handler(built_site):
    pages = [path for path in built_site.rglob("*") if path.suffix in {".html", ".svg"}]
    assert len(pages) > 200
    found = {
        f"{path.relative_to(built_site)}: {line}"
        for path in pages
        for line in Unsafe(path.read_text(encoding="utf-8")).found
    }
    assert not found, "\n".join(sorted(found)[:20])


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color: red">',
        "<rect style='fill: red'/>",
        "<style>p { color: red }</style>",
        '<p ONCLICK="boom()">',
        '<svg onload="boom()"></svg>',
        '<a href=" JavaScript:boom()">',
        '<base href="https://elsewhere.invalid/">',
    ],
)
def test_what_a_policy_forbids_is_found(planted):
    assert Unsafe(f'<main><p class="style">{planted}</main>').found
