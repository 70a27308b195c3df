"""Rules by which names are found: one module a kind of rule.

Rules see the words of one turn, the gazetteers and the cues. Must not import the other rooms of
pseudonyms, nor open files.
"""
