"""The JSON Schemas of what the archive gives to other programs."""
