"""Counts of terms → themes, found without any coding.

:func:`find.find_themes` is the stage. ``nmf`` and ``lda`` are engines (:class:`engine.Engine`):
they do not know each other, and another one is a module beside them and a line in ``find``.
``repeated`` leaves passages out that repeat others, ``describe`` makes themes readable. Must not
import ``coding``, ``axes`` or the pipeline.
"""
