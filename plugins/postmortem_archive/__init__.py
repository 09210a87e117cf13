"""A folder of incident post-mortems, turned into a browsable archive.

Four floors, each of which imports only from those below it: ``report`` reads one
text, ``archive`` puts all reports in relation, ``site`` makes pages of them, and
``hosts`` carry texts in and pages out.
"""
