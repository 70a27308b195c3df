"""Tokens → terms (lemmas, expressions, collocations) and their counts by passage.

Must not import ``themes`` or the pipeline.
"""
