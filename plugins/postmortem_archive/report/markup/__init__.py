"""Markdown as tokens, blocks and safe HTML."""
