"""The search in the browser, without a page around it: its modules, asked for what is known."""

import gzip
import json
import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from postmortem_archive.site import assets
from postmortem_archive.site.search.files import search_files
from postmortem_archive.site.search.words import words

from . import by_hand
from .by_hand import Text

CASES = Path(__file__).parent.parent / "site" / "search" / "words.json"
TEXTS = 200
LONG = [f"word{number:04}" for number in range(100)]
# Read by hand: what each test asks of these, it tells.
KNOWN = (
    Text("INC-2025-014", "Forty-one seconds of failover", ("See INC-2024-007 for the pool.",)),
    Text("INC-2024-007", "Queue of mails", ("Later INC-2025-014 INC-2025-014 INC-2025-014 told.",)),
    Text(
        "INC-2025-020", "Pool of workers", ("max_connections was 200; java.lang.OutOfMemoryError",)
    ),
    Text("INC-2025-021", "Slow pages", ("The limit of max connections, and a cold cache.",)),
    Text("INC-2025-022", "Certificates", ("pool pool pool pool pool pool pool pool pool pool",)),
    Text("INC-2025-023", "Deadlock on-sale", ("<img src=x onerror=alert(1)> & deadlocked",)),
    Text("INC-2025-024", "Rare words", ("x509: certificate has expired or is not yet valid",)),
    Text(
        "INC-2025-025", "Rare words again", ("x509: certificate has expired or is not yet valid",)
    ),
    Text("INC-2025-026", "Exhausted", ("connection refused " * 3, "a " * 300 + "handshake " * 2)),
    Text("INC-2025-027", "Long", (" ".join([*LONG[:50], "needle", *LONG[50:]]),)),
)


@pytest.fixture(scope="module")
def made() -> list[Text]:
    last = Text("INC-2030-001", "Zebra crossing", ("A word that no other report has.",))
    return [*by_hand.texts(random.Random(7), TEXTS - 1), last]


@pytest.fixture(scope="module")
def columns() -> by_hand.Columns:
    return by_hand.columns(random.Random(8), TEXTS)


@pytest.fixture(scope="module")
def files(made: list[Text], columns: by_hand.Columns) -> dict[str, bytes]:
    """Index the texts: those made up as reports, those known as pages."""
    reports = [text.item(number) for number, text in enumerate(made)]
    known = [text.item(number) for number, text in enumerate(KNOWN)]
    ranks = list(range(TEXTS))
    random.Random(9).shuffle(ranks)
    orders = {"title": ranks, "service": [None if rank % 3 else rank for rank in ranks]}
    return dict(search_files(reports, known, columns.plain(), orders).files)


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engine")
    (folder / "index.html").write_text('<!doctype html><link rel="icon" href="data:,">', "utf-8")
    (folder / "data").mkdir()
    for name, content in files.items():
        (folder / "data" / name).write_bytes(content)
    shutil.copytree(Path(assets.__file__).parent / "scripts" / "search", folder / "modules")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path, serve: Callable[..., str]) -> str:
    return serve(folder)


class Engine:
    """A page with an opened search."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        page.evaluate(OPEN)

    def find(self, *asked: object, typing: bool = False, pages: bool = False) -> list[dict]:
        """Ask for each query, and give what is found; None for what is no query."""
        name = "pages" if pages else "reports"
        return self.page.evaluate(FIND, [name, [str(query) for query in asked], typing])

    def ids(self, query: str, **options: bool) -> list[str]:
        """Give the ids of the known texts that a query finds, best first."""
        (found,) = self.find(query, pages=True, **options)
        return [KNOWN[doc].id for doc in found["docs"]]

    def excerpt(self, text_id: str, query: str) -> list[tuple[str, bool]]:
        place = next(place for place, text in enumerate(KNOWN) if text.id == text_id)
        pieces = self.page.evaluate(EXCERPT, [place, query])
        return [(piece["text"], piece["marked"]) for piece in pieces]


OPEN = """async () => {
  window.engine = await import(new URL("modules/index.js", location));
  window.search = await engine.open(new URL("data/", location));
}"""
FIND = """([name, queries, typing]) => Promise.all(queries.map(async (query) => {
  const found = await search[name].find(query, {typing});
  if (!found) return null;
  const {docs, complete, words, without, ignored} = found;
  const lacks = [...docs].map((doc) => found.lacks(doc));
  return {docs: [...docs], complete, words, without, ignored, lacks};
}))"""
EXCERPT = """async ([doc, query]) => {
  const found = await search.pages.find(query);
  const [card] = await search.pages.cards([doc]);
  return search.pages.excerpt(card, found);
}"""
FAILS = """async (call) => {
  try {
    await (new Function("search", "engine", `return (async () => { ${call} })()`))(search, engine);
  } catch (error) {
    return [error.name, error.message];
  }
}"""


@pytest.fixture
def engine(page: Page, served: str) -> Engine:
    return Engine(page, served)


def test_words_are_those_of_the_index(page: Page, served: str):
    """What the index calls a word, the query does: known cases, and any text at all."""
    cases = json.loads(CASES.read_text("utf-8"))
    # A browser may know letters that this Python does not.
    known = st.characters(exclude_categories=("Cs", "Cn"))
    texts = st.text(known) | st.text("aZ9é\u0301_-./:@ ΣςİßﬁA", max_size=40)
    page.goto(served)
    ask = """async (texts) => {
      const {words} = await import(new URL("modules/words.js", location));
      return texts.map(words);
    }"""
    found = page.evaluate(ask, [case["text"] for case in cases])
    assert found == [case["words"] for case in cases]

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(texts, min_size=20, max_size=20))
    def any_text(some: list[str]):
        assert page.evaluate(ask, some) == [[list(word) for word in words(text)] for text in some]

    any_text()


def test_hits_are_those_found_by_hand(engine: Engine, made: list[Text]):
    """Words, their forms and beginnings, phrases and exclusions, over reports made up at random."""
    queries = list(by_hand.queries(random.Random(10), made, 250))
    assert sum(len(query.heeded) > 1 for query in queries) > 80
    few = 0
    for query, found in zip(queries, engine.find(*queries), strict=True):
        ranks, complete = query.found(made)
        docs = found["docs"]
        assert sorted(docs) == sorted(ranks), query
        assert found["complete"] == complete, query
        told = [ranks[doc] for doc in docs]
        assert told == sorted(told, reverse=True), query
        lacks = [len(lacking) for lacking in found["lacks"]]
        assert lacks == [-rank[1] for rank in told], query
        few += complete < len(docs)
    assert few > 20


def test_the_last_word_may_go_on_while_it_is_typed(engine: Engine, made: list[Text]):
    """A letter is enough; a word that is finished wants three, and one with a space after it is."""
    for typed in ("c", "co", "ti", "l", "pool ti"):
        *before, last = typed.split()
        query = by_hand.Query((*map(by_hand.Word, before), by_hand.Word(last, open=True)))
        (found,) = engine.find(query, typing=True)
        ranks, complete = query.found(made)
        assert sorted(found["docs"]) == sorted(ranks)
        assert found["complete"] == complete > 0
    for finished in ("co ", '"co"'):
        (found,) = engine.find(finished, typing=True)
        assert found["docs"] == []


def test_counts_are_exact(engine: Engine, made: list[Text], columns: by_hand.Columns):
    """Each value's reports, of all and of what is found, under every choice of filters."""
    chance = random.Random(11)
    queries = [None, *by_hand.queries(chance, made, 50)]
    asked = [(query, by_hand.filters(chance, columns)) for query in queries for _ in range(4)]
    told = engine.page.evaluate(
        """async (asked) => {
          const columns = await search.columns();
          return Promise.all(asked.map(async ([query, filters]) => {
            const found = query === null ? null : await search.reports.find(query);
            const counts = Object.entries(columns.counts(found, filters));
            return [
              Object.fromEntries(counts.map(([name, of]) => [name, [...of]])),
              [...columns.filter(filters)],
            ];
          }));
        }""",
        [[query and str(query), _written(filters)] for query, filters in asked],
    )
    for (query, filters), (counts, mask) in zip(asked, told, strict=True):
        numbers = query.found(made)[0] if query else range(TEXTS)
        assert counts == columns.counts(numbers, filters), (query, filters)
        assert mask == [filters.passed(columns, number) for number in range(TEXTS)], filters


def _written(filters: by_hand.Filters) -> dict[str, object]:
    days = (day if day is None else str(date(1970, 1, 1) + timedelta(day)) for day in filters.days)
    names = ("from", "to", "longer", "shorter")
    ends = dict(zip(names, (*days, *filters.minutes), strict=True))
    return {"facets": filters.facets, **ends}


def test_a_value_that_the_archive_has_not_lets_nothing_through(engine: Engine):
    told = engine.page.evaluate(
        """async () => {
          const columns = await search.columns();
          const left = (facets) => columns.filter({facets}).reduce((sum, one) => sum + one, 0);
          return [
            left({}),
            left({severity: {any: ["SEV9"]}}),
            left({severity: {not: ["SEV9"]}}),
            left({planet: {any: ["Mars"]}}),
            left({planet: {not: ["Mars"]}}),
          ];
        }"""
    )
    assert told == [TEXTS, 0, TEXTS, 0, TEXTS]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", ["date", "severity", "took", "title", "service"])
def test_reports_are_sorted(
    engine: Engine, columns: by_hand.Columns, files: dict[str, bytes], key: str, *, descending: bool
):
    """Those of which nothing is told come last either way, equal ones newest first."""
    severity = columns.facets["severity"]
    ranks = [severity.values.index(next(iter(has))) if has else None for has in severity.of]
    index = json.loads(files["index.json"])
    orders = json.loads(gzip.decompress(files[f"{index['reports']['orders']}.bin"]))
    value = {"date": columns.day, "severity": ranks, "took": columns.ttr, **orders}[key]
    some = random.Random(12).sample(range(TEXTS), 200)
    sign = -1 if descending else 1
    told = engine.page.evaluate(
        """async ([docs, key, descending]) => {
          const columns = await search.columns();
          return [...await columns.sorted(docs, key, descending)];
        }""",
        [some, key, descending],
    )
    assert told == sorted(
        some, key=lambda doc: (value[doc] is None, sign * (value[doc] or 0), -doc)
    )


def test_an_id_finds_the_report_that_it_names_first(engine: Engine):
    """Whatever else says it, and whatever else is asked."""
    assert engine.ids("INC-2025-014") == ["INC-2025-014", "INC-2024-007"]
    assert engine.ids("inc-2025-014") == ["INC-2025-014", "INC-2024-007"]
    assert engine.ids("INC-2024-007")[0] == "INC-2024-007"
    assert engine.ids("INC-2025-014 mails told")[0] == "INC-2025-014"
    assert engine.ids("inc 2025 020")[0] == "INC-2025-020"


def test_the_last_report_is_found_as_the_first_is(engine: Engine, made: list[Text]):
    """Numbers of documents and places take one byte, or more."""
    numbers = [0, 1, 127, 128]
    found = engine.find("zebra", *(made[number].id for number in numbers))
    assert [one["docs"] for one in found] == [[TEXTS - 1], *([number] for number in numbers)]
    assert engine.ids('"a handshake handshake"') == ["INC-2025-026"]
    assert engine.ids('"refused handshake"') == []


def test_what_the_title_says_comes_first(engine: Engine):
    """A word of the title is worth more than ten of the text."""
    assert engine.ids("pool")[:2] == ["INC-2025-020", "INC-2025-022"]


def test_equal_reports_come_newest_first(engine: Engine):
    assert engine.ids("x509")[:2] == ["INC-2025-025", "INC-2025-024"]


def test_names_of_code_are_found_as_they_are_written(engine: Engine):
    """The whole, what it begins with, its words apart, the parts of camel case."""
    assert engine.ids("max_connections") == ["INC-2025-020", "INC-2025-021"]
    assert engine.ids("max_conn") == ["INC-2025-020"]
    assert set(engine.ids("max-connections")) == {"INC-2025-020", "INC-2025-021"}
    assert engine.ids("java.lang.OutOfMemoryError") == ["INC-2025-020"]
    assert engine.ids("OutOfMemoryError") == ["INC-2025-020"]
    assert engine.ids("memory") == ["INC-2025-020"]
    assert engine.ids("OutOfMemory") == ["INC-2025-020"]
    assert engine.ids("lang.OutOfMemoryError") == ["INC-2025-020"]


def test_a_piece_of_an_error_finds_it(engine: Engine):
    (found,) = engine.find("tls: x509: certificate has expired or is", pages=True)
    assert [KNOWN[doc].id for doc in found["docs"][:2]] == ["INC-2025-025", "INC-2025-024"]
    assert found["complete"] == 0
    assert found["lacks"][0] == ["tls"]
    states = {word["written"]: word["state"] for word in found["words"]}
    assert states["x509"] == "found"
    assert states["has"] == "common"
    assert states["tls"] == "unknown"


def test_a_slip_finds_the_word_that_was_meant(engine: Engine):
    """One letter wrong, swapped or left out, two in a long word, and never in a number."""
    for slip, meant in (
        ("conection", "connection"),
        ("refsued", "refused"),
        ("cerificatte", "certificate"),
    ):
        (found,) = engine.find(slip, pages=True)
        assert found["words"] == [{"written": slip, "state": "similar", "instead": meant}]
        assert found["docs"]
    (found,) = engine.find("conecti", pages=True, typing=True)
    assert found["words"][0]["instead"].startswith("connection")
    for other in ("x508", "zzzzzz", "rfsd"):
        (found,) = engine.find(other, pages=True)
        assert found["words"] == [{"written": other, "state": "unknown"}]
        assert found["docs"] == []


def test_what_is_no_query_finds_nothing(engine: Engine):
    assert engine.find("", "  ", '""', "- / …", pages=True) == [None] * 4


def test_a_minus_excludes_words_and_not_numbers_or_flags_of_programs(engine: Engine):
    assert "INC-2025-020" not in engine.ids("pool -workers")
    (found,) = engine.find("pool -workers", pages=True)
    assert found["without"] == ["workers"]
    (found,) = engine.find("code -1 --workers", pages=True)
    assert found["without"] == []
    every = {text.id for text in KNOWN}
    assert (
        set(engine.ids("-pool"))
        == {text.id for text in KNOWN if "pool" not in " ".join(text.blocks).lower()}
        < every
    )


def test_a_pasted_log_is_read_as_far_as_can_be(engine: Engine):
    """Of a query without end the first words are looked for, and the others named."""
    log = " ".join(f"w{number}x" for number in range(100))
    (found,) = engine.find(f"x509 {log}", pages=True)
    assert len(found["words"]) == 32
    assert found["ignored"] == [f"w{number}x" for number in range(31, 100)]


def test_an_excerpt_is_a_text_with_marks(engine: Engine):
    """A hostile text stays text, and the marks stand on words, their forms, and phrases."""
    pieces = engine.excerpt("INC-2025-023", "deadlock onerror")
    assert "".join(text for text, _ in pieces) == "<img src=x onerror=alert(1)> & deadlocked"
    assert [text for text, marked in pieces if marked] == ["onerror", "deadlocked"]
    pieces = engine.excerpt("INC-2025-020", "max_connections outofmemory")
    assert [text for text, marked in pieces if marked] == [
        "max_connections",
        "OutOfMemoryError",
    ]
    pieces = engine.excerpt("INC-2025-021", '"max connections"')
    assert ("max connections", True) in pieces or [text for text, marked in pieces if marked] == [
        "max",
        "connections",
    ]
    assert engine.excerpt("INC-2025-014", "deadlock") == []


def test_an_excerpt_shows_what_stands_apart(engine: Engine):
    """Two pieces where one would not show all, and never more than 240 characters."""
    pieces = engine.excerpt("INC-2025-026", "refused handshake")
    text = "".join(text for text, _ in pieces)
    assert len(text) <= 240
    assert "refused" in text
    assert "handshake" in text
    marked = {text for text, marked in pieces if marked}
    assert marked == {"refused", "handshake"}


def test_an_excerpt_has_whole_words(engine: Engine):
    pieces = engine.excerpt("INC-2025-027", "needle")
    text = "".join(text for text, _ in pieces)
    assert 200 < len(text) <= 240
    assert text[0] == text[-1] == "…"
    assert set(text.strip("…").split()) < {*LONG, "needle"}
    assert [text for text, marked in pieces if marked] == ["needle"]


def test_a_title_is_marked(engine: Engine):
    told = engine.page.evaluate(
        """async () => {
          const found = await search.pages.find("on-sale deadlocks");
          return [found.marked("Deadlock <b>on-sale</b>"), found.marks("sale"), found.marks("by")];
        }"""
    )
    assert [(piece["text"], piece["marked"]) for piece in told[0]] == [
        ("Deadlock", True),
        (" <b>", False),
        ("on-sale", True),
        ("</b>", False),
    ]
    assert told[1:] == [True, False]


def test_cards_come_in_the_order_that_is_asked_for(engine: Engine, made: list[Text]):
    some = random.Random(13).sample(range(TEXTS), 90)
    cards = engine.page.evaluate("(docs) => search.reports.cards(docs)", some)
    assert [card["id"] for card in cards] == [made[doc].id for doc in some]


def test_a_server_may_inflate_the_files_itself(
    page: Page, served: str, files: dict[str, bytes], folder: Path
):
    """One that knows gzip by its content sends what it holds, and the browser inflates it."""

    def inflated(route) -> None:
        name = route.request.url.rpartition("/")[2]
        body = gzip.decompress(files[name])
        route.fulfill(body=body, content_type="application/octet-stream")

    page.route("**/data/*.bin", inflated)
    engine = Engine(page, served)
    assert engine.ids("max_connections")[0] == "INC-2025-020"
    assert engine.excerpt("INC-2025-020", "max_connections")


def test_a_file_that_cannot_be_had_is_named(engine: Engine, trouble):
    """Whether there is no answer, no such file, or something else in its place."""
    answers = {
        "could not be fetched": lambda route: route.abort(),
        "answers 404": lambda route: route.fulfill(status=404),
        "no file of this search": lambda route: route.fulfill(body="<!doctype html>"),
        "did not arrive whole": lambda route: route.fulfill(body=b"\x1f\x8b\x08 broken"),
    }
    for reason, answer in answers.items():
        engine.page.route("**/data/*.bin", answer)
        for call in ('search.pages.find("pool")', "search.columns()", "search.pages.cards([0])"):
            name, message = engine.page.evaluate(FAILS, f"await {call};")
            assert name == "FetchError"
            assert reason in message
            assert "/data/" in message
        engine.page.unroute("**/data/*.bin")
    # And what failed is asked for again.
    assert engine.ids("pool")
    name, message = engine.page.evaluate(FAILS, "await engine.open(new URL('gone/', location));")
    assert name == "FetchError"
    assert "gone/index.json" in message
    trouble.console_errors.clear()


def test_an_index_that_was_made_anew_is_opened_anew(engine: Engine, trouble):
    """A tab that was open for days finds files gone; who opens the search then gets the new."""
    opened: list[str] = []
    engine.page.on("request", lambda request: opened.append(request.url.rpartition("/")[2]))
    again = "async () => { await engine.open(new URL('data/', location)); }"
    engine.page.evaluate(again)
    assert "index.json" not in opened
    engine.page.route("**/data/*.bin", lambda route: route.fulfill(status=404))
    engine.page.evaluate(FAILS, "await search.reports.find('pool');")
    engine.page.evaluate(again)
    assert opened.count("index.json") == 1
    trouble.console_errors.clear()


def test_a_search_is_stopped_by_its_signal(engine: Engine):
    """At once, and without taking what comes from those who wait for the same."""
    engine.page.route("**/data/*.bin", lambda route: route.continue_())
    told = engine.page.evaluate(
        """async () => {
          const stop = new AbortController();
          const stopped = search.pages.find("pool", {signal: stop.signal});
          const other = search.pages.find("pool");
          stop.abort();
          const late = search.pages.find("pool", {signal: stop.signal});
          const ends = await Promise.allSettled([stopped, other, late]);
          return ends.map(({status, reason}) => reason?.name ?? status);
        }"""
    )
    assert told == ["AbortError", "fulfilled", "AbortError"]


def test_what_is_not_used_is_dropped(engine: Engine, files: dict[str, bytes]):
    """The store keeps what was used last, up to its limit, and fetches a file once at a time."""
    asked: list[str] = []
    engine.page.route(
        "**/data/*.bin", lambda route: (asked.append(route.request.url), route.continue_())
    )
    names = sorted(name.removesuffix(".bin") for name in files if name.endswith(".bin"))[:3]
    engine.page.evaluate(
        """async (names) => {
          const {Store} = await import(new URL("modules/store.js", location));
          const store = new Store(new URL("data/", location), {limit: 25});
          const read = (name) => store.read(name, (content) => ({value: content, bytes: 10}));
          await Promise.all([read(names[0]), read(names[0])]);
          await read(names[1]);
          await read(names[0]);
          await read(names[2]);
          await read(names[0]);
          await read(names[1]);
        }""",
        names,
    )
    told = [url.rpartition("/")[2].removesuffix(".bin") for url in asked if "/data/" in url]
    assert told == [names[0], names[1], names[2], names[1]]


def test_nothing_is_fetched_before_it_is_needed(page: Page, served: str):
    """Opening reads the index alone; a query reads terms, and no cards, texts or columns."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    engine = Engine(page, served)
    assert [name for name in asked if name.endswith((".bin", ".json"))] == ["index.json"]
    engine.find("pool", pages=True)
    assert len([name for name in asked if name.endswith(".bin")]) == 1


def test_the_modules_are_part_of_the_site(page: Page, served_site: str, built_site: Path):
    """They are published together, and find the index of the example archive."""
    (home,) = built_site.glob("assets/postmortem-archive/search.*/")
    page.goto(served_site)
    told = page.evaluate(
        """async ([home, data]) => {
          const {open, root} = await import(new URL(home, location));
          const search = await open(new URL(data, location));
          const found = await search.reports.find("INC-2025-014");
          const [card] = await search.reports.cards(found.docs.slice(0, 1));
          return [root.href, new URL(card.url, root).href];
        }""",
        [f"{home.relative_to(built_site)}/index.js", "data/search/"],
    )
    assert told[0] == served_site
    page.goto(told[1])
    assert "INC-2025-014" in page.url
