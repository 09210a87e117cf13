"""The files of the search in real builds."""

import gzip
import json
from pathlib import Path

from .built import REPORT


def search_of(site: Path, at: str = "") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (site / at / "data/search").iterdir()}


def texts(files: dict[str, bytes]) -> bytes:
    return b"".join(gzip.decompress(c) for name, c in files.items() if name != "index.json")


def test_a_site_has_the_files_of_its_search(make):
    files = search_of(make(options={"at": "archive"}), "archive")
    index = json.loads(files["index.json"])
    assert index["reports"]["count"] == 2
    cards = json.loads(gzip.decompress(files[f"{index['reports']['cards'][0]}.bin"]))
    assert [card["url"] for card in cards] == ["2025/a/", "2025/b/"]
    assert cards[0]["services"] == [{"title": "checkout", "url": "archive/services/checkout/"}]


def test_a_dirty_build_leaves_no_text_of_before_in_the_search(make):
    old = REPORT.replace("The pool.", "The password was hunter2.")
    site = make({"2025/a.md": old})
    before = search_of(site)
    assert b"hunter2" in texts(before)
    after = search_of(make({"2025/a.md": REPORT}, dirty=True))
    assert after.keys() != before.keys()
    assert b"hunter2" not in texts(after)


def test_a_file_of_an_authors_in_the_place_of_one_is_left_there(make):
    site = make(files={"docs/data/search/index.json": b"{}"})
    assert search_of(site)["index.json"] == b"{}"
