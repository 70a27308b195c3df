"""Counts of terms → themes, found without any coding.

:func:`find.find_themes` is the stage. ``material`` prepares what engines learn from (``repeated``
leaves passages out that repeat others), ``engines`` make a :class:`model.ThemeModel` of it,
``shares`` measures passages on the model, ``coverage`` tells which have no theme, ``describe``
makes themes readable. ``edits`` are the researcher's; ``fitting`` puts engine and edits together,
which ``refits`` repeat on draws of the interviews and ``k_range`` for several numbers of themes;
``matching`` compares two models, ``projection`` keeps one and measures another corpus on it. Must
not import ``coding``, ``axes`` or the pipeline.
"""
