"""Who is who: mentions of one person or place together, homonyms apart, each with a pseudonym.

Sees mentions only, no text. Must not import ``review``, ``replacing`` or ``audit``.
"""
