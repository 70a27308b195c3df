"""Bytes in and out: encodings, sheets, archives, digests, atomic writes, shipped files.

Knows nothing of interviews: imports ``text`` and what is below it, never ``study`` or above.
"""
