"""Link mentions to persons and things, each with a pseudonym; keep homonyms apart.

Sees mentions only, no text. Must not import ``review``, ``replacing`` or ``audit``.
"""
