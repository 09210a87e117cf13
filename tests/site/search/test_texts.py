import pytest

from postmortem_archive.site.search.texts import blocks_of


def told(html: str, kind: str = "prose") -> list[tuple[str, str]]:
    """Give each block with its kind, its code between backticks."""
    return [
        (found, "".join(f"`{text}`" if code else text for text, code in runs))
        for found, runs in blocks_of(html, kind)
    ]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("  \n ", []),
        ("Errors &amp; <em>time</em>outs", [("prose", "Errors & timeouts")]),
        ("&lt;b&gt; is no tag", [("prose", "<b> is no tag")]),
        ("<p>One\n  line.</p>\n<p>Another.</p>", [("prose", "One line."), ("prose", "Another.")]),
        ("<p>over<br>two</p>", [("prose", "over two")]),
        ("<p></p><ul><li></li></ul>", []),
        (
            "<ul><li>one <strong>bold</strong></li><li><p>two</p><ul><li>three</li></ul></li></ul>",
            [("prose", "one bold"), ("prose", "two"), ("prose", "three")],
        ),
        (
            (
                "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td>"
                "</tr></tbody></table>"
            ),
            [("prose", "A"), ("prose", "B"), ("prose", "1"), ("prose", "2")],
        ),
        (
            '<h2 id="x">Root <code>cause</code></h2><p>Text</p>',
            [("heading", "Root `cause`"), ("prose", "Text")],
        ),
        ("<p>set <code>pool_size</code>s</p>", [("prose", "set `pool_size`s")]),
        (
            "<p>press <kbd>Ctrl</kbd>, saw <samp>No</samp></p>",
            [("prose", "press `Ctrl`, saw `No`")],
        ),
        (
            (
                '<div class="highlight"><pre><span></span><code>\n<span class="n">a</span> =  1\n'
                "  b</code></pre></div><p>after</p>"
            ),
            [("code", "`a =  1\n  b`"), ("prose", "after")],
        ),
        ('<p><a title="a > b" href="x">here</a> and there</p>', [("prose", "here and there")]),
        (
            '<p><img src="x" alt="A graph > 3 &amp; up">done</p>',
            [("prose", "A graph > 3 & up done")],
        ),
        ('<p><img src="x">done</p>', [("prose", "done")]),
        ("<details><summary>More</summary>Less</details>", [("prose", "More"), ("prose", "Less")]),
        ("<dl><dt>Term</dt><dd>What it is</dd></dl>", [("prose", "Term"), ("prose", "What it is")]),
        ('<li><input type="checkbox" disabled=""> Done</li>', [("prose", "Done")]),
        ("<p>30\N{NO-BREAK SPACE}Sep</p>", [("prose", "30\N{NO-BREAK SPACE}Sep")]),
    ],
)
def test_html_is_read_block_by_block(html: str, blocks: list[tuple[str, str]]):
    assert told(html) == blocks


def test_what_is_neither_heading_nor_code_is_of_the_kind_asked_for():
    assert told("<p>one</p><pre><code>two</code></pre>", "timeline") == [
        ("timeline", "one"),
        ("code", "`two`"),
    ]
