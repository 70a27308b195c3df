"""A search for real names in everything that was written, whatever wrote it.

Reads bytes by itself: a leak may be in a property or an attribute that no reader of transcripts
looks at. Must not import ``replacing``, ``linking`` or ``pipeline``.
"""
