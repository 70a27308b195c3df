"""Link mentions to persons and things, each with a pseudonym; keep homonyms apart.

Sees mentions and the words around them. Must not import ``review``, ``replacing`` or ``audit``.
"""
