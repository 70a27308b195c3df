"""Training of the annotator of French speech, from treebanks and Lexique.

Used by ``tools/train_annotator.py`` and benchmarks only. No stage may import it, which a contract
of import-linter checks.
"""
