"""Speakers: labels learnt from a file as a whole, roles decided, files without labels.

Works on lines of text and utterances; must not import a format.
"""
