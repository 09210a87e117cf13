"""How often a search shows the right report at once: ours, and that of Material for MkDocs.

    python tests/benchmarks/relevance.py                         # builds the example archive twice
    python tests/benchmarks/relevance.py --ours site --theirs other-site

The queries and their answers are in relevance.yaml. Success at k is the share of queries with one
of their answers among the first k reports; MRR is the mean of one over the place of the first
answer, and zero for a query without one. Ours is asked through the modules that the explorer uses,
Material's is typed into its box; of what it answers, reports alone count, so that other pages cost
it nothing. Both are asked as somebody does who has finished typing.

What fails is named for the half that one tunes by, and with `--check` for the other half as well.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from browsing import OVERHEARD, ROOT, build, chromium, served
from playwright.sync_api import Page

QUERIES = Path(__file__).with_name("relevance.yaml")
Ranking = Mapping[str, Sequence[str]]

# The ids of the reports that our search finds, best first.
OURS = """async ([modules, query]) => {
  const {open} = await import(new URL("index.js", modules));
  const {reports} = await open(new URL("data/search/", document.baseURI));
  const found = await reports.find(query, {typing: false});
  return found ? (await reports.cards(found.docs.slice(0, 10))).map(card => card.id) : [];
}"""

BOX = "input[data-md-component=search-query]"


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the reports that are right answers to it."""

    query: str
    kind: str
    half: str
    expected: Sequence[str]
    why: str

    def place(self, ranking: Ranking) -> float:
        """Return the place of the first right answer, from 1; infinite where there is none."""
        found = enumerate(ranking[self.query], 1)
        places = (place for place, report in found if report in self.expected)
        return next(places, float("inf"))


def queries() -> list[Query]:
    """Read the queries."""
    return [Query(**told) for told in yaml.safe_load(QUERIES.read_text("utf-8"))["queries"]]


def ours(page: Page, site: Path, asked: Iterable[Query]) -> Ranking:
    """Ask the archive's search."""
    modules = next(site.glob("assets/postmortem-archive/search.*/")).relative_to(site).as_posix()
    page.goto(page.url)
    base = f"{page.url}{modules}/"
    return {one.query: page.evaluate(OURS, [base, one.query]) for one in asked}


def theirs(page: Page, asked: Iterable[Query]) -> Ranking:
    """Type into the theme's box, and read the pages that its worker answers with."""
    page.add_init_script(OVERHEARD)
    page.goto(page.url)
    page.keyboard.press("/")
    page.locator(BOX).focus()
    page.wait_for_function("asked > 0 && answers.length === asked")
    found = {}
    for one in asked:
        page.evaluate("asked = 0, answers = []")
        page.locator(BOX).fill(one.query)
        # The box listens to keys, not to its text.
        page.locator(BOX).press("End")
        page.wait_for_function("asked > 0 && answers.length === asked")
        groups = page.evaluate("answers.at(-1).map(group => group[0].location)")
        found[one.query] = [*dict.fromkeys(filter(None, map(_id, groups)))]
    return found


def _id(location: str) -> str | None:
    """Return the id of the report at a place in the example archive, whose files bear their ids."""
    year, _, rest = location.partition("/")
    return rest.partition("/")[0] if year.isdigit() and rest else None


def measured(asked: Sequence[Query], ranking: Ranking) -> str:
    """Return success at 1 and at 5, and the mean reciprocal rank."""
    places = [one.place(ranking) for one in asked]
    at = [sum(place <= k for place in places) / len(places) for k in (1, 5)]
    return " | ".join(f"{value:.2f}" for value in (*at, sum(1 / p for p in places) / len(places)))


def table(asked: Sequence[Query], rankings: Mapping[str, Ranking]) -> None:
    """Print what each search finds, over all queries, a half and a kind."""
    print(f"| Queries | n | {' | '.join(f'{name} at 1 | at 5 | MRR' for name in rankings)} |")
    print("|---|---" + "|---|---|---" * len(rankings) + "|")
    groups = {"all": list(asked)}
    groups |= {name: [one for one in asked if one.half == name] for name in ("tune", "check")}
    groups |= {kind: [one for one in asked if one.kind == kind] for kind in kinds(asked)}
    for name, group in groups.items():
        told = " | ".join(measured(group, ranking) for ranking in rankings.values())
        print(f"| {name} | {len(group)} | {told} |")


def kinds(asked: Iterable[Query]) -> list[str]:
    """Return the kinds of queries, in the order of the file."""
    return list(dict.fromkeys(one.kind for one in asked))


def misses(asked: Iterable[Query], name: str, ranking: Ranking) -> None:
    """Print the queries whose first answer is no right one."""
    for one in asked:
        place = one.place(ranking)
        if place > 1:
            print(f"\n{name}, {one.half}, {one.kind}: {one.query}")
            print(f"  should be {', '.join(one.expected)}: {one.why}")
            print(f"  found at {place}; first five: {', '.join(ranking[one.query][:5]) or 'none'}")


def main() -> None:
    """Measure both searches."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--ours", type=Path, help="the example archive with its own search, built")
    options.add_argument("--theirs", type=Path, help="the same with the search of the theme")
    options.add_argument("--check", action="store_true", help="name what fails of the other half")
    told = options.parse_args()
    asked = queries()
    rankings: dict[str, Ranking] = {}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site = told.ours or build(ROOT, Path(folder) / "ours", search=True)
        with served(site) as address, browser.new_page() as page:
            page.goto(address)
            rankings["Ours"] = ours(page, site, asked)
        site = told.theirs or build(ROOT, Path(folder) / "theirs", search=False)
        with served(site) as address, browser.new_page() as page:
            page.goto(address)
            rankings["Material"] = theirs(page, asked)
    table(asked, rankings)
    shown = [one for one in asked if told.check or one.half == "tune"]
    for name, ranking in rankings.items():
        misses(shown, name, ranking)


if __name__ == "__main__":
    main()
