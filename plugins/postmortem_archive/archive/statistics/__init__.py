"""Statistics of numbers: estimates with their intervals, and tests. Nothing here knows a report."""
