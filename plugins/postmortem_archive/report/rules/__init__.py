"""The rules that reports are held to: what each is for, and how to mend what it finds."""
