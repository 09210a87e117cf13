"""Made-up archives of any size, with a key to what is true of them.

Speed, relations and statistics are measured against these. The same scenario gives the same
incidents and the same texts, byte for byte.
"""
