"""How the property tests of reading run."""

from datetime import timedelta

from hypothesis import settings

# Long enough for a slow machine that imports the highlighter in between, and far from a hang.
settings.register_profile("reading", deadline=timedelta(seconds=5))
settings.load_profile("reading")
