"""Passages → tokens: loading a spaCy pipeline, lemmas of speech, word vectors, meaning.

The one room that imports spaCy; ``pseudonyms`` loads its pipeline through it. Must not import
``terms`` or the pipeline.
"""
