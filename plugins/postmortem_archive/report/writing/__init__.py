"""Reports written: the other way round from reading, and held to it."""
