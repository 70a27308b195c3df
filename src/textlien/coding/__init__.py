"""The codebook and the hand codings: read, anchored in transcripts, compared between coders.

Trains nothing: must not import ``axes`` or the pipeline.
"""
