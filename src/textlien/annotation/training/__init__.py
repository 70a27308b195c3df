"""How the annotator of French speech is made, from treebanks and Lexique.

Used by ``tools/train_annotator.py`` and benchmarks only: no stage imports it.
"""
