"""Search for real names in all output, of textlien or of other programs.

Reads bytes by itself: a leak may be in a property or an attribute that no reader of transcripts
looks at. Must not import ``replacing``, ``linking`` or ``pipeline``.
"""
