"""The formats of a report: templates that a new one is begun from.

Each `*.md.jinja` is the text of a report below its front matter. Its first line is a comment that
says for whom the format is, how long it takes, and what is special. What the author is to fill in
stands in square brackets, which reading takes for what it is.
"""
