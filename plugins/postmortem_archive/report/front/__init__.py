"""Front matter, key by key, each value with its place."""
