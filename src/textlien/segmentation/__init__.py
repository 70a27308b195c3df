"""Turns → passages: where an answer is cut.

A pure function of tables; must not import ``annotation`` or the pipeline.
"""
