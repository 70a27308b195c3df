"""Labelled passages → calibrated classifiers of the axes, their scores, and their model folders.

``features`` → ``classifier`` (with ``calibration`` and ``folds``) → ``train`` → ``evaluate`` →
``registry`` (with ``weights`` and ``card``) → ``score``. Must not import the pipeline, ``report``
or ``themes``.
"""
