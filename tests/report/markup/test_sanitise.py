"""What a report can put on a page, whatever it holds: anything from a report is hostile."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem_archive.report import Report, read
from postmortem_archive.report.markup.sanitise import clean
from postmortem_archive.report.record import Html, Text

SCRIPTS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror = 'alert(1)' >",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'>a</a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>a</mi></math>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href=' java\tscript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>a</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>a</a>",
    "<a href='vbscript:msgbox(1)'>a</a>",
    "[a](javascript:alert(1))",
    "[a](<java\nscript:alert(1)>)",
    "[a](&#106;avascript:alert(1))",
    "[a](JAVASCRIPT:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:msgbox)",
    "[a](ms-msdt:/id)",
    "![a](data:image/png;base64,iVBORw0KGgo=)",
    "<https://a.example> <ssh:x>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    '[a](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    "[a]\n\n[a]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x'></object><embed src='x'>",
    "<form action='https://evil.example'><input name='p'><button>b</button></form>",
    "<input type='image' src='x' formaction='javascript:alert(1)'>",
    "<style>body{display:none}</style>",
    "<div style='position:fixed;inset:0;background:url(javascript:alert(1))'>a</div>",
    "<td style='text-align: center; background: url(x)'>a</td>",
    "<link rel=stylesheet href='//evil.example/x.css'><meta http-equiv=refresh content='0;url=x'>",
    "<base href='https://evil.example/'>",
    "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<body onload=alert(1)><html onclick=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<p id='__search' class='md-search'>a</p><h2 id='__nav'>a</h2>",
    "<div class='md-overlay mdx' id='x'>a</div>",
    "<a target='_blank' href='https://a.example'>a</a>",
    "{{ config }} {% raw %} ${1+1} <%= 1 %>",
    "\u202e<scrıpt>alert(1)</scrıpt>",
)
# Each place of a report where text may stand.
PLACES = {
    "a title": "---\ntitle: {yaml}\ndate: 2025-03-04\n---\nText.\n",
    "a heading": "# Pool\n**Date:** 2025-03-04\n## {}\nText.\n",
    "the first heading": "# Pool {}\n**Date:** 2025-03-04\n",
    "a paragraph": "# Pool\n**Date:** 2025-03-04\n\nText {} text.\n",
    "a block of its own": "# Pool\n**Date:** 2025-03-04\n\n{}\n\nText.\n",
    "a field": "# Pool\n**Date:** 2025-03-04\n**Weather:** {}\n",
    "a timeline": "# P\n## Timeline\n| Time | Event |\n|-|-|\n|14:02| {} |\n",
    "an entry's details": "# P\n**Date:** 2025-03-04\n## Timeline\n- 14:02 a\n  - {}\n",
    "an action item": "# P\n## Action Items\n- [ ] {} (Ana, by 2025-04-01)\n",
    "a status": "# P\n## Action Items\n| Action | Status |\n|-|-|\n| a | {} |\n",
    "a summary": "# P\n## Summary\nOne two three four five six {}.\n",
    "an admonition's title": '# P\n!!! note "{}"\n    Text.\n\n??? warning "{}"\n    Text.\n',
    "an alert": "# P\n> [!NOTE]\n> {}\n",
    "a footnote": "# P\nText[^1].\n\n[^1]: {}\n",
    "a footnote's name": "# P\nText[^{}].\n\n[^{}]: Note.\n",
    "the words beside a fence": "# P\n```{}\ncode\n```\n",
    "code": "# P\n```html\n{}\n```\n\n    {}\n\n`{}`\n",
    "a diagram": "# P\n```mermaid\ngraph TD; A[{}]\n```\n",
    "a why": "# P\n## Five whys\n1. **Why {}?** — Because {}\n2. **Why?** — Because {}\n",
}

_LINK = {"href", "src"}
_LEAVES_NOTHING = {"script", "style", "iframe", "object", "embed", "form", "svg", "math", "base",
                   "link", "meta", "template", "noscript", "textarea", "button", "video", "audio",
                   "body", "html"}  # fmt: skip


class Inspector(HTMLParser):
    """Collects what is dangerous in some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in _LEAVES_NOTHING:
            self.found.append(f"<{tag}>")
        if tag == "input" and ("type", "checkbox") not in attrs:
            self.found.append(f"<input {attrs}>")
        self.found += [f"{tag} {n}={v}" for n, v in attrs if self.is_bad(n, v or "")]

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_comment(self, data):
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.found.append(f"<!{decl}>")

    @staticmethod
    def is_bad(name: str, value: str) -> bool:
        if name in _LINK:
            scheme = re.match(r"\s*([a-z+.-]+)\s*:", re.sub(r"[\0-\x20]", "", value), re.IGNORECASE)
            return bool(scheme) and scheme[1].lower() not in {
                "http", "https", "mailto", "tel", "src"
            }  # fmt: skip
        return (
            name.startswith("on")
            or name in {"srcdoc", "formaction", "action", "target", "xlink:href"}
            or name == "style"
            or (name == "id" and value.startswith("_"))
            or (name == "class" and "md-" in value)
        )


def dangers(html: str) -> list[str]:
    return Inspector(html).found


def everything_shown(value: object) -> list[str]:
    """Return all HTML that a report holds."""
    if isinstance(value, Html | Text):
        return [value.html]
    if isinstance(value, tuple | list):
        return [html for item in value for html in everything_shown(item)]
    slots = getattr(value, "__dataclass_fields__", ())
    return [html for name in slots for html in everything_shown(getattr(value, name))]


def page_of(report: Report) -> list[str]:
    return everything_shown(report)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_that_a_report_holds_runs_on_a_page(place, script):
    form = PLACES[place]
    quoted = '"' + script.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
    text = form.replace("{yaml}", quoted).replace("{}", script)
    for html in page_of(read(text.replace("\t", "\\t") if "yaml" in form else text, "2025/a.md")):
        assert dangers(html) == []


@pytest.mark.parametrize("place", sorted(set(PLACES) - {"a footnote's name"}))
def test_each_place_is_shown_when_it_is_harmless(place):
    report = read(PLACES[place].replace("{yaml}", "harmless").replace("{}", "harmless"), "a.md")
    assert "harmless" in report.title + "".join(page_of(report)) + str(report.other_fields)


def test_the_inspector_sees_what_it_is_to_see():
    assert len([script for script in SCRIPTS if dangers(script)]) > len(SCRIPTS) // 2


def test_what_a_report_may_show_is_kept():
    body = """# P
<details open><summary>More</summary>

a <kbd>b</kbd><br>c <sup>d</sup> <time datetime="2025-03-04">e</time>

</details>

- [x] f

| a | b |
|:-:|--:|
| 1 | 2 |

Text[^1] <img src="g.png" alt="h" width="10">

[^1]: Note.

```python
import os
```
"""
    html = "".join(page_of(read(body, "2025/a.md")))
    for part in (
        "<details open", "<summary>More</summary>", "<kbd>b</kbd>", "<sup>d</sup>",
        'datetime="2025-03-04"', 'type="checkbox"', "checked", "disabled",
        'align="center"', 'align="right"',
        'href="#fn1"', 'id="fn1"', 'src="src:2025/g.png"', 'alt="h"', "language-python",
        '<span class="kn">',
    ):  # fmt: skip
        assert part in html


_PIECES = st.one_of(
    st.sampled_from(SCRIPTS),
    st.text("<>\"'`=/!-[](){}#*~|&;: \nascriptonload", max_size=20),
    st.sampled_from(
        ["<b>", "</b>", "<a ", "href=", "<img ", "<svg", "style=", "onclick=", "<!--", "-->", "id="]
    ),
)
PIECES = st.lists(_PIECES, max_size=8).map("".join)


@given(PIECES)
def test_cleaned_html_is_harmless(html):
    assert dangers(clean(html)) == []


@given(PIECES)
def test_what_is_cleaned_stays_as_it_is_when_cleaned_again(html):
    once = clean(html)
    assert clean(once) == once


def test_any_input_becomes_a_box_that_nobody_ticks_the_same_in_each_run():
    """The cleaner by itself puts the attributes in an order that differs between processes."""
    assert clean("<input>") == '<input type="checkbox" disabled="">'
    assert clean('<input type="file" checked onclick="x()">') == (
        '<input type="checkbox" checked="" disabled="">'
    )
    assert clean('<input disabled class="a" type=text>') == (
        '<input disabled="" class="a" type="checkbox">'
    )


@given(PIECES, st.sampled_from(sorted(PLACES)))
def test_any_report_is_harmless(script, place):
    text = PLACES[place].replace("{yaml}", "x").replace("{}", script)
    for html in page_of(read(text, "a.md")):
        assert dangers(html) == []


@pytest.mark.parametrize(
    "body",
    [
        "- ## Within\n\n  text\n",
        "<ul><li>\n\n## Within\n\n</li></ul>\n",
        "<ol><li><h2 id='within'>Within</h2></li></ol>\n",
        '- x\n\n  <p title="a>b">\n\n  ## Within\n\n  </p>\n',
    ],
)
def test_a_heading_within_a_list_has_no_anchor(body):
    """Material's search index breaks on one, and a table of contents has no use for it."""
    report = read(f"---\ntitle: A\ndate: 2025-01-02\n---\n## Before\n\n{body}\n## After\n", "a.md")
    html = "".join(piece.html for piece in report.body.pieces if isinstance(piece, Html))
    assert 'id="within"' not in html
    assert "Within</h2>" in html
    assert [heading.anchor for heading in report.body.headings] == ["before", "after"]
