"""Characters and words of French text, before anyone knows whose they are.

Folding for comparison, marks of transcribers, normalisation with a trace back to the original.
Must not import anything of textlien but ``errors`` and ``arrays``.
"""
