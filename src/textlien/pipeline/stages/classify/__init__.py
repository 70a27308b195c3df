"""Stages of the axes: meaning of passages, a model, and the scores that it gives.

Must not import the other stages.
"""
