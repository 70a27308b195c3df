"""Shares by cell and changes between waves, with intervals over interviews.

``resampling``, ``changes`` and ``intervals`` compute on arrays and know no table: whatever needs a
bootstrap over interviews (scores of classifiers, agreement between coders) takes it from here, so
that all intervals rest on the same one. ``profiles`` and ``contrasts`` make the tables.

Takes values by passage, wherever they come from: must not import ``themes``, ``axes``, ``coding``
or the pipeline.
"""
