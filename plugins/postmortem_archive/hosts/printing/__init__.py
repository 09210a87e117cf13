"""The forms in which the problems of a check are printed, a module each."""
