"""A study's folders as interviews: files found, described by city, wave, actor, person.

Must not import ``segmentation``, ``annotation`` or the pipeline.
"""
