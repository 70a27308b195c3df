"""Pseudonyms: names are suggested, reviewed by a person, replaced, and looked for again.

Five rooms, each importing only those before it: ``finding`` (rules on words), ``linking`` (who is
who), ``review`` (the sheet and the key), ``replacing`` (the corpus with pseudonyms), ``audit``.
:mod:`~textlien.pseudonyms.suggest` leads through the first three. Must not import ``pipeline``:
the caller hands over a corpus that was read.
"""
