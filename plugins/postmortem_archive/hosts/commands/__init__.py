"""The commands of `postmortem`, a module each."""
