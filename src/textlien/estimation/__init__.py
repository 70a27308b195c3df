"""Shares by cell and changes between waves, with intervals over interviews.

Takes values by passage, wherever they come from: must not import ``themes``, ``axes`` or the
pipeline.
"""
