"""The search: an index of words in files that a browser fetches piece by piece.

What is here writes the files; `site/scripts/search/` reads them.
"""
