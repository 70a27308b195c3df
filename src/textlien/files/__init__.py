"""Bytes in and out: encodings, sheets, archives, digests, atomic writes, shipped files.

Knows nothing of interviews: imports ``text`` and lower rooms, never ``study`` or above.
"""
