"""What makes one report of little use, although it can be read: told as hints."""
