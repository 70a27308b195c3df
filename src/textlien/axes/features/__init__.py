"""Features of passages: words, characters and meaning, of a passage and of the answer around it.

``inputs`` gathers what features are made of, ``parts`` makes them, ``fitting`` fits them on a
corpus. No label is looked at here. Must not import ``learning``.
"""
