"""Styles, scripts and type: what a browser gets with every page."""

import re

import pytest

from postmortem_archive.site import assets

STYLES = assets.assets()[assets.style()].decode()


def palette(selector: str) -> dict[str, str]:
    """Return the colours that the style sheet gives a scheme."""
    found: dict[str, str] = {}
    for head, block in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLES.partition("@media print")[0]):
        if selector in head.split(",")[-1]:
            found |= dict(re.findall(r"(--pa-[\w-]+):\s*(#[0-9a-f]{6})", block))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


SCHEMES = ('[data-md-color-scheme="default"]', '[data-md-color-scheme="slate"]')
TEXT = (
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "good",
    "warn",
    "bad",
    "sev-1",
    "sev-2",
    "sev-3",
    "sev-4",
)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("ground", ["paper", "panel"])
def test_every_colour_of_text_holds_its_contrast(scheme, name, ground):
    """WCAG AA asks for 4.5 to 1, in the light and in the dark."""
    colours = palette(scheme)
    assert contrast(colours[f"--pa-{name}"], colours[f"--pa-{ground}"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_on_the_highest_severity_holds_its_contrast(scheme):
    """The one filled mark is read as well as the others."""
    colours = palette(scheme)
    assert contrast(colours["--pa-on-fill"], colours["--pa-sev-1"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["accent", "accent-2", "ink-2"])
def test_the_bars_are_seen_against_the_paper(scheme, name):
    """WCAG asks for 3 to 1 of what is no text."""
    colours = palette(scheme)
    assert contrast(colours[f"--pa-{name}"], colours["--pa-paper"]) >= 3


def test_both_schemes_have_the_same_colours():
    """No colour of the light scheme shows through in the dark."""
    light, dark = map(palette, SCHEMES)
    assert set(light) == set(dark)


def test_no_style_asks_another_host():
    """Type and pictures come with the site."""
    for target in re.findall(r"url\(\"?([^\")]+)", STYLES):
        assert f"{assets.FOLDER}/{target}" in assets.assets()
    assert "@import" not in STYLES


def test_a_changed_asset_has_another_name():
    """The names of styles and scripts hold a piece of their content."""
    for path in (assets.style(), *assets.scripts()):
        assert re.search(r"\.[0-9a-f]{8}\.(css|js)$", path)
    assert len(assets.scripts()) == 1


def test_the_type_comes_with_its_licence():
    """Whoever passes the site on passes the licence on."""
    licence = assets.assets()[f"{assets.FOLDER}/fonts/OFL.txt"].decode()
    assert "SIL OPEN FONT LICENSE" in licence
    assert "Copyright" in licence


MODULE = re.compile(r"assets/postmortem-archive/search\.[0-9a-f]{8}/[\w.]+\.js$")


def test_the_modules_of_the_search_are_published_together():
    """What they import is beside them, and no page loads them by itself."""
    modules = {path: text for path, text in assets.assets().items() if MODULE.match(path)}
    assert len({path.rpartition("/")[0] for path in modules}) == 1
    assert not modules.keys() & set(assets.scripts())
    for path, text in modules.items():
        for target in re.findall(r"""(?:from |import\()["']([^"']+)["']""", text.decode()):
            assert target.startswith("./")
            assert f"{path.rpartition('/')[0]}/{target.removeprefix('./')}" in modules


def test_a_changed_module_changes_the_name_of_its_folder(monkeypatch: pytest.MonkeyPatch):
    """A browser that has an old module never loads it beside a new one."""
    before, modules = assets._modules()
    first, second, *_ = modules
    swapped = {**modules, first: modules[second], second: modules[first]}
    moved = {**modules, first: modules[first][:-1], second: modules[first][-1:] + modules[second]}
    for other in (swapped, moved, {**modules, "more.js": b""}):
        monkeypatch.setattr(assets, "_contents", lambda _, found=other: found)
        assert assets._modules()[0] != before


@pytest.mark.parametrize(
    ("at", "index"),
    [("", '"data/search/"'), ("post mortems/é", '"post%20mortems/%C3%A9/data/search/"')],
)
def test_the_script_of_every_page_knows_where_the_search_is(at: str, index: str):
    (path,) = assets.scripts(at)
    script = assets.assets(at)[path].decode()
    assert index in script
    assert f'"{assets._modules()[0]}"' in script
    assert "@modules@" not in script
    assert "@index@" not in script
