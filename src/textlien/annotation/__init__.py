"""Passages → tokens: loading a spaCy pipeline, lemmas of speech, word vectors.

With ``terms`` for none of it, this is the one room that loads spaCy. Must not import ``terms`` or
the pipeline.
"""
