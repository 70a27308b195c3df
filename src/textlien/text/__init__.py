"""Characters and words of French text, before anyone knows whose they are.

Folding for comparison, marks of transcribers, normalisation with a trace back to the original.
Imports nothing of textlien but ``errors`` and ``arrays``.
"""
