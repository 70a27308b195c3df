"""Characters and words of French text, of any speaker.

Folding for comparison, marks of transcribers, words, phrases, and normalisation with a trace back
to the original.
Must not import anything of textlien but ``errors`` and ``arrays``.
"""
