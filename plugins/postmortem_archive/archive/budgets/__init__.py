"""Error budgets: how much failure a service's objectives allow, and what used it.

A budget is a time: 99.9 % of a month of 30 days allows 43.2 minutes in which every request fails,
or ten times as long in which a tenth of them does. (Site Reliability Workbook, "Implementing SLOs"
and "Error Budget Policy".) All sums are of exact fractions.
"""
