"""Texts made of what reports are made of, for the tests that hold for any text."""

from hypothesis import strategies as st

FRAGMENTS = st.sampled_from(
    ["---\n", "---", "+++\n", "\n", "\n\n", " ", "  ", "\t", "# ", "## Timeline\n", "### ", "- ",
     "* ", "1. ", "> ", "| ", " |", "|---|---|\n", "**", "**Date:** ", "**Status:** ", "`", "```\n",
     "~~~", "[", "]", "](", ")", "![", "[^1]", "[^1]: ", "<b>", "</b>", "<!--", "-->", "<script>",
     "&amp;", "&#0;", "\\", "!!! note", "> [!NOTE]\n", "- [x] ", "- [ ] ", "title: ", "date: ",
     "started: ", "resolved: ", "related: ", "services: ", "actions:\n", "impact: ", "timeline: ",
     "{", "}", "[a, b]", "&x ", "*x", "!!python/object:os.system ", "? ", ": ", "'", '"', "|\n",
     "2025-03-04", "2025-02-30", "03/04/2025", "March 4, 2025", "14:02", "24:00", "25:61",
     "2:02 PM", "12:60 AM", "14:02–14:10", " to ", "~", "UTC", "IST", "+14:00", "+99:99",
     "Europe/Berlin", "Etc/../x", "0000-00-00", "9999-12-31 24:00", "0001-01-01 00:00 +14:00",
     "1h 2m", "99999999999999999999 hours", "1e999", "$5,000", "10%", "1,2,3", "8–12k", "TBD",
     "[Name]", "HH:MM", "YYYY-MM-DD", "✅", "❌", "⏳", "(Ana, by 2025-03-04)", "why?", "Because",
     "## Action Items\n", "## Impact\n", "**Duration:** ", "**Start Time:** ", "SEV1", "\u2028",
     "\ufeff", "\x00", "\x0b", "\x85", "é", "İ", "𝟙𝟚:𝟘𝟘", "١٤:٠٢", "²", "\U0001f525"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=30).map("".join)
