"""What is worth reading again, on a period's page."""

from .stand import Tree, filled, report, site

MARKER = '<!-- archive/trend {period: "2025-q1", section: majors} -->'
PAGE = "trends/2025-q1.md"


def shown(texts):
    return Tree(filled(site(texts), MARKER, PAGE))


def test_a_major_incident_has_its_clocks_what_ended_it_and_a_link():
    tree = shown(
        {
            "2025/a.md": report(
                severity="SEV1",
                started="2025-01-02T10:00Z",
                mitigated="2025-01-02T10:25Z",
                summary="Cards were refused.",
                mitigation="Rolled back.",
                services="[checkout]",
            )
        }
    )
    assert tree.texts("pa-again__title") == ["Trouble on 2025-01-02"]
    assert tree.texts("pa-again__clocks") == ["TTM 25 min"]
    assert tree.texts("pa-again__ended") == ["What ended it Rolled back."]
    assert "../2025/a.md" in tree.attributes("a", "href")


def test_long_lists_are_cut_and_say_what_is_missing():
    texts = {f"2025/{n}.md": report(f"2025-01-{n:02}", severity="SEV1") for n in range(1, 15)}
    tree = shown(texts)
    assert len(tree.texts("pa-again__title")) == 12
    assert tree.texts("pa-again__title")[-1] == "Trouble on 2025-01-14"
    assert tree.texts("pa-note") == ["and 2 more before these"]
    assert "../incidents.md" in tree.attributes("a", "href")


def test_what_reports_say_is_escaped_and_its_links_lead_on():
    lucky = "\n## Where we got lucky\n\n- It was <script>x</script> [night](b.md)\n"
    html = filled(
        site({"2025/a.md": report(severity="SEV3") + lucky, "2025/b.md": report()}), MARKER, PAGE
    )
    assert "<script" not in html
    assert 'href="../2025/b.md"' in html
    assert "Where we got lucky" in html
