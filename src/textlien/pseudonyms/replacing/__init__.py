"""A corpus with pseudonyms: replacements, their offsets, and the folder that is written.

Reads a study through the function that its caller hands over. Must not import ``audit``,
``finding`` or ``pipeline``.
"""
