"""Why incidents happened, on a period's page."""

from .stand import Tree, filled, report, site

PAGE = "trends/2025-q1.md"
MARKER = '<!-- archive/trend {period: "2025-q1", section: causes} -->'


def shown(texts):
    return filled(site(texts), MARKER, PAGE)


def incident(day, trigger, root_cause="process", **told):
    return report(day, trigger=trigger, root_cause=root_cause, **told)


def test_a_cell_of_one_leads_to_its_report_and_one_of_several_to_their_list():
    html = shown(
        {
            "2025/a.md": incident("2025-01-02", "expiry"),
            "2025/b.md": incident("2025-01-03", "expiry"),
            "2025/c.md": incident("2025-01-04", "hardware"),
        }
    )
    tree = Tree(html)
    hrefs = tree.attributes("a", "href")
    assert "#pa-why-expiry-process" in hrefs
    assert "pa-why-expiry-process" in tree.attributes("div", "id")
    assert hrefs.count("../2025/c.md") == 1
    assert hrefs.count("../2025/a.md") == 1
    assert tree.texts("pa-chart__reading") == [
        "3 incidents; 2 of them: Process, set off by expiry."
    ]
    assert {"../causes/process.md", "../triggers/expiry.md"} <= set(hrefs)


def test_what_is_gone_stands_in_one_line_with_how_little_that_means():
    texts = {
        f"2024/{month}.md": incident(f"2024-{month:02}-0{day}", "expiry")
        for month, day in ((1, 1), (3, 2), (5, 3))
    }
    texts |= {f"2024/b{n}.md": incident(f"2024-0{n}-09", "hardware") for n in (2, 3)}
    texts["2025/new.md"] = incident("2025-01-04", "feature_flag")
    tree = Tree(shown(texts))
    new, gone = tree.texts("pa-why")[0].split("What has changed")[1].split("gone")
    assert "new Feature flag: trigger of 1 incident, never before in this archive" in new
    # (366 / 456) ** 3 is 0.52 and (366 / 456) ** 2 is 0.64.
    assert gone.strip().startswith(
        "Expiry 3, Hardware 2 (with their incidents in the year from 1 Jan 2024). By chance alone"
        " Expiry, the likeliest of them to be seen again, would be away 5 times in 10"
    )


def test_a_share_that_a_test_finds_greater_says_of_how_many_and_how_sure():
    texts = {
        f"2024/{n}.md": incident(f"2024-{1 + n // 2:02}-{1 + n % 2 * 14:02}", "expiry")
        for n in range(20)
    }
    texts |= {f"2025/{n}.md": incident(f"2025-01-{n + 1:02}", "feature_flag") for n in range(10)}
    text = Tree(shown(texts)).texts("pa-why__changes")[0]
    assert "grows Feature flag: trigger of 10 of 10 incidents, after 0 of 20" in text
    assert "a greater part of them than chance makes likely (p < 0.001)" in text


def test_incidents_without_a_cause_are_counted_and_hostile_words_are_text():
    factor = "[{text: '<img src=x onerror=alert(1)>', category: technical}]"
    html = shown(
        {
            "2025/a.md": incident("2025-01-02", "expiry", contributing_factors=factor),
            "2025/b.md": report("2025-01-03", contributing_factors=factor),
        }
    )
    assert "1 incident of 2 told neither." in html.replace("\N{NO-BREAK SPACE}", " ")
    assert "<img" not in html
    assert "2 contributing factors in 2 of 2 incidents: 2 technical." in html.replace(
        "\N{NO-BREAK SPACE}", " "
    )
