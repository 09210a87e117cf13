"""Every link of the built site leads somewhere, says a tool that knows nothing of ours.

MkDocs checks the links of the Markdown that it reads, not those of the HTML that a
plugin adds. LinkChecker reads the site as a visitor gets it: pages, images, styles,
scripts and anchors.
"""

import csv
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

# Started by root, LinkChecker turns into the user "nobody", who may not read the folder
# that it is installed in; then its anchor check vanishes without a word. So it stays.
LINKCHECKER = """
from linkcheck.command import linkchecker as command
command.drop_privileges = lambda: None
command.linkchecker()
"""

# Links to the local server are followed, also those that leave the site's own path;
# other addresses are never asked. Every page and style sheet is handed in, so no other
# need be read for links. Without threads it stops the moment it is done. The explorer
# with a filter set is one page under hundreds of addresses, which lead to its file
# (tests/hosts/test_mkdocs.py): it is read once.
SETTINGS = """
[checking]
threads=0
recursionlevel=1
maxrequestspersecond=10000
maxfilesizeparse=100000000
maxfilesizedownload=100000000
[filtering]
checkextern=0
internlinks=^{server}/
ignore=/incidents/[?]
[output]
status=0
[csv]
parts=urlname,parentname,result,warningstring,url
[AnchorCheck]
"""


def dead_links(folder: Path, base_url: str, scratch: Path) -> list[str]:
    """Give a line for each link of each page in a served folder that leads nowhere."""
    pages = [path for path in folder.rglob("*") if path.suffix in {".html", ".css"}]
    assert pages, f"no page in {folder}"
    server = "{0.scheme}://{0.netloc}".format(urlsplit(base_url))
    settings = scratch / "linkchecker.ini"
    settings.write_text(SETTINGS.format(server=server.replace(".", r"\.")), encoding="utf-8")
    options = ["--config", str(settings), "--no-robots", "--output", "csv", "--stdin"]
    checked = subprocess.run(
        [sys.executable, "-c", LINKCHECKER, *options],
        input="\n".join(sorted(url_of(page.relative_to(folder), base_url) for page in pages)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode in {0, 1}, checked.stderr
    rows = list(csv.DictReader(checked.stdout.splitlines(), delimiter=";"))
    assert bool(rows) == bool(checked.returncode), checked.stdout + checked.stderr
    return [
        f"{row['parentname']}: {row['urlname']}: {row['warningstring'] or row['result']}"
        for row in rows
        # A browser goes to the top of any page for this one.
        if urlsplit(row["url"]).fragment != "top"
    ]


def url_of(path: Path, base_url: str) -> str:
    return base_url + quote(path.as_posix()).removesuffix("index.html")


def test_every_link_of_the_built_site_leads_somewhere(built_site, served_site, tmp_path):
    found = dead_links(built_site, served_site, tmp_path)
    assert not found, "\n".join(found)


HOME = """<!doctype html><meta charset="utf-8"><title>Home</title>
<link rel="stylesheet" href="site.css"><p id="résumé">
<a href="#top">top</a> <a href="#r%C3%A9sum%C3%A9">here</a> <a href="one/#there">one</a>
<a href="https://elsewhere.invalid/">elsewhere</a> <img src="dot.svg" alt="">
"""
ONE = '<!doctype html><meta charset="utf-8"><title>One</title><p id="there"><a href="../">up</a>'


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "one").mkdir(parents=True)
    (site / "index.html").write_text(HOME, encoding="utf-8")
    (site / "one" / "index.html").write_text(ONE, encoding="utf-8")
    (site / "site.css").write_text("p { background: url(dot.svg) }", encoding="utf-8")
    (site / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return site


@pytest.mark.parametrize("at", ["/", "/archive/"])
def test_the_checker_finds_nothing_in_a_sound_site(small_site, serve, tmp_path, at):
    assert dead_links(small_site, serve(small_site, at=at), tmp_path) == []


# Each dead link as (the page that it is on, what is planted there, the link as told).
PLANTED = [
    ("one/index.html", '<a href="../two/">', "../two/"),
    ("one/index.html", '<a href="#nowhere">', "#nowhere"),
    ("one/index.html", '<a href="../#nowhere">', "../#nowhere"),
    ("one/index.html", '<a href="/outside/">', "/outside/"),
    ("one/index.html", '<img src="gone.png" alt="">', "gone.png"),
    ("one/index.html", '<script src="gone.js"></script>', "gone.js"),
    ("one/index.html", '<link rel="stylesheet" href="gone.css">', "gone.css"),
    ("one/index.html", '<svg><a href="bar/"><text>bar</text></a></svg>', "bar/"),
    ("site.css", "i { background: url(gone.svg) }", "gone.svg"),
    ("nobody-links-here.html", '<a href="three/">', "three/"),
]


def test_the_checker_finds_every_planted_dead_link(small_site, serve, tmp_path):
    for page, planted, _ in PLANTED:
        with (small_site / page).open("a", encoding="utf-8") as file:
            file.write(planted)
    found = dead_links(small_site, serve(small_site, at="/archive/"), tmp_path)
    assert sorted(line.split(": ")[1] for line in found) == sorted(link for *_, link in PLANTED)
