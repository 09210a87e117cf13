"""A text from elsewhere to a report of the archive: new front matter, and the body as it was."""
