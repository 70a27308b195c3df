"""Themes of one corpus measured on another: a new wave on old themes.

``folder`` keeps a model of themes, with its ``card``; ``alignment`` counts a corpus in the terms
of the model, ``remainder`` measures what does not fit, against what did not fit in interviews that
the model had not seen, ``candidates`` looks for themes in it; ``project`` puts the tables together.
Must not import the pipeline.
"""
