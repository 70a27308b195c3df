"""Tokens → terms (lemmas, expressions, collocations) and their counts by passage.

:func:`build.build_terms` is the stage: ``items`` reads a passage as words and expressions,
``collocations`` joins pairs, ``counts`` counts. ``languages`` finds the passages that are not in
French, which have no terms. What the study file adds is read before, by
``loading``. Must not import ``themes`` or the pipeline.
"""
