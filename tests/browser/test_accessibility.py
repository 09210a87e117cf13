"""What a machine can tell of how a page serves those who see, hear or steer it differently."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PAGES = (
    "",
    "incidents/",
    "incidents/2025/",
    "2025/INC-2025-014/",
    "2025/INC-001/",
    "services/",
    "services/checkout/",
    "causes/saturation/",
    "recurrences/",
    "recurrences/inc-2024-018/",
    "problems/",
    "problems/action-without-owner/",
    "guide/rules/",
    "guide/front-matter/",
    "guide/formats/",
    "404.html",
)
# What these are made of is long to look at: each width and each scheme meets them once.
LONG_PAGES = (
    "trends/",
    "trends/2025/",
    "trends/2025-q4/",
    "trends/2026-q2/",
    "trends/2026-q4/",
    "map/",
    "2025/INC-2025-022/",
)
PAIRED = {("light", 390), ("dark", 1440)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_no_page_breaks_a_rule_of_access(
    open_page: Callable[..., Page], served_site: str, scheme: str, width: int
):
    """Contrast, names, roles and order hold in both schemes, on a phone and on a desk."""
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = []
    for path in PAGES + LONG_PAGES * ((scheme, width) in PAIRED):
        page.goto(f"{served_site}{path}")
        page.wait_for_timeout(200)
        # Material gives every copy button's region the same name.
        options = {"rules": {"landmark-unique": {"enabled": False}}}
        response = Axe().run(page, options=options).response
        assert any(rule["id"] == "color-contrast" for rule in response["passes"]), path
        for violation in response["violations"]:
            targets = [node["target"][0] for node in violation["nodes"]][:3]
            found.append(f"/{path}: {violation['id']} ({violation['impact']}) at {targets}")
    assert not found, "\n".join(found)
