"""A corpus with pseudonyms: what is replaced, where, and the folder that is written.

Reads a study through the function that its caller hands over. Must not import ``audit``,
``finding`` or ``pipeline``.
"""
