"""Rules by which names are found: one module per kind of rule.

The thresholds were set on half a of the marked interviews (``benchmarks/pseudonyms.py``). Where a
comment says « marked interviews », other values were tried on both halves: none moves recall or
precision by more than 0.7 points.

Rules see the words of one turn, the gazetteers and the cues. Must not import the other rooms of
pseudonyms, nor open files.
"""
