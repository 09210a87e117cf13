"""The sections of a period's trends, made ready to print: one module for each."""
