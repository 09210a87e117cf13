"""The site: an archive as pages, fragments of pages and files.

Nothing here knows which program turns Markdown into a site, reads a disk or asks for the time.
"""
