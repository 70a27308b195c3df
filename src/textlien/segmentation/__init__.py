"""Turns → passages: where answers end, and where a long one is cut (:func:`passages.segment`).

A pure function of tables; must not import ``annotation`` or the pipeline.
"""
