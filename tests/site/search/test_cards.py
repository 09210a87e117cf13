import pytest

from postmortem_archive.site.search.cards import from_root

from ..stand import front, site  # noqa: TID252 -- Python has a module called site too
from .reader import Reader

FULL = front(
    id="INC-1", title="Checkout <b>refuses</b> cards", severity="SEV2", status="reviewed",
    summary="Cards were refused.", started="2025-01-02T10:00Z", resolved="2025-01-02T11:05Z",
    services="[Basket, checkout]", trigger="config_push", root_cause="saturation",
    detection="alert", mitigation="Rolled back the pool", actions="[{text: Do it}]",
)  # fmt: skip


def cards(texts: dict[str, str], **given) -> list[dict]:
    return Reader(site(texts, **given).search().files).cards()


def test_a_card_has_all_that_a_result_shows():
    (card,) = cards({"2025/a.md": FULL})
    assert len(card.pop("text")) == 12
    assert card == {
        "id": "INC-1",
        "title": "Checkout <b>refuses</b> cards",
        "url": "2025/a.md",
        "summary": "Cards were refused.",
        "date": "2025-01-02",
        "day": "2\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}2025",
        "severity": {"name": "SEV2", "label": "SEV2", "tone": 2},
        "kind": "Incident",
        "status": "Reviewed",
        "services": [{"title": "Checkout", "url": "services/checkout.md"}],
        "cause": "Saturation",
        "trigger": "Config push",
        "detection": "Alert",
        "took": "1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}5\N{NO-BREAK SPACE}min",
        "ended": "Rolled back the pool",
        "open_actions": 1,
        "recurring": False,
    }


def test_what_is_not_told_is_empty_or_null():
    (card,) = cards({"2025/a.md": front(title="Trouble", date="2025-01-02")})
    told = {key for key, value in card.items() if value}
    assert told == {"id", "title", "url", "date", "day", "kind", "text"}


def test_addresses_start_from_the_root_wherever_the_archive_is():
    (card,) = cards({"2025/a.md": FULL}, at="deep/down")
    assert card["url"] == "2025/a.md"
    assert card["services"][0]["url"] == "deep/down/services/checkout.md"


def test_a_long_text_is_told_by_its_first_sentence():
    long = f"{'word ' * 30}end. And {'more ' * 30}here."
    (card,) = cards({"2025/a.md": front(title="x", date="2025-01-02", mitigation=long)})
    assert card["ended"] == f"{'word ' * 30}end."


@pytest.mark.parametrize(
    ("address", "page", "root"),
    [
        ("../2025/a/", "data/incidents.json", "2025/a/"),
        ("../../2025/a/", "at/data/incidents.json", "2025/a/"),
        ("../services/x/", "at/data/incidents.json", "at/services/x/"),
        ("reports/a.json", "data/incidents.json", "data/reports/a.json"),
        ("../", "data/incidents.json", ""),
        ("https://a.example/x", "data/incidents.json", "https://a.example/x"),
    ],
)
def test_an_address_is_told_from_the_root(address, page, root):
    assert from_root(address, page) == root
