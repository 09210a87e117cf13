"""What might be related on a report's page, and the map of what belongs together."""

from .stand import Tree, filled, site

TELLING = "The connection pool of the basket was exhausted at max_connections. Workers queued."


def report(day, title, **more):
    facts = {"title": title, "date": day, "services": "[checkout]", "root_cause": "saturation"}
    front = "\n".join(f"{key}: {value}" for key, value in {**facts, **more}.items())
    return f"---\n{front}\n---\n## Summary\n\n{TELLING}\n"


def others(count=14):
    """Return reports that have nothing in common with any other."""
    letters = "abcdefghijklmn"
    texts = {}
    for n in range(count):
        words = f"disk{letters[n]} queue{letters[n]} lock{letters[n]}"
        day = f"2023-0{n % 9 + 1}-02"
        texts[f"2023/o{n}.md"] = f"---\ntitle: Odd {words}\ndate: {day}\n---\n{words} broke.\n"
    return texts


TEXTS = {
    "2025/a.md": report("2025-01-01", "Basket stuck", severity="SEV1"),
    "2025/b.md": report("2025-02-01", "'<b>Basket</b> slow'", severity="SEV2"),
    **others(),
}


def test_a_reports_page_tells_what_might_be_related_with_reasons():
    html = site(TEXTS).report_page("2025/a.md").html
    assert "&lt;b&gt;Basket&lt;/b&gt; slow" in html
    tree = Tree(html)
    (block,) = tree.texts("pa-similar")
    assert block.startswith("Might be related Strong")
    assert "Same cause: Saturation; both on Checkout; shared terms: " in block
    assert "b.md" in tree.attributes("a", "href")


def test_its_heading_is_in_the_table_of_contents():
    page = site(TEXTS).report_page("2025/a.md")
    assert ("Might be related", "pa-similar") in [(h.title, h.anchor) for h in page.headings]


def test_a_page_without_resemblance_has_no_such_block():
    page = site(TEXTS).report_page("2023/o1.md")
    assert "pa-similar" not in page.html


def test_what_is_told_stands_above_and_is_not_guessed_again():
    told = report("2025-01-01", "Basket stuck", related="[{id: b, relation: same_cause}]")
    page = site({**TEXTS, "2025/a.md": told}).report_page("2025/a.md")
    assert "pa-similar" not in page.html
    assert "Same cause as" in page.html


def test_the_map_draws_a_cluster_and_lists_its_members():
    texts = {**TEXTS, "2025/c.md": report("2025-03-01", "Basket gone")}
    made = site(texts)
    html = filled(made, "<!-- archive/map -->")
    tree = Tree(html)
    (cluster,) = tree.texts("pa-cluster")
    assert "on Checkout 3 reports" in cluster
    assert [part for part in ("Basket stuck", "Basket</b> slow", "Basket gone") if part in cluster]
    circles = [told for tag, told in tree.elements if tag == "circle"]
    assert len(circles) == 3
    places = [float((told["cx"] or "").rstrip("%")) for told in circles]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 100)
    assert "2025/b.md" in tree.attributes("a", "xlink:href")
    assert html == filled(site(texts), "<!-- archive/map -->")


def test_a_map_without_a_cluster_says_so():
    html = filled(site(others(3)), "<!-- archive/map -->")
    assert "No three reports belong together yet." in html
    assert "<svg" not in html


def test_the_map_has_a_page():
    assert "map.md" in [page.path for page in site(TEXTS).pages]
