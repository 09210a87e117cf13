"""The rooms that touch MkDocs, the disk and the clock: they carry texts in and pages out."""
