"""Counts of terms → themes, found without any coding.

:func:`find.find_themes` is the stage. ``material`` prepares what engines learn from (``repeated``
leaves passages out that repeat others), ``engines`` make a :class:`model.ThemeModel` of it,
``shares`` measures passages on the model, ``describe`` makes themes readable. Must not import
``coding``, ``axes`` or the pipeline.
"""
