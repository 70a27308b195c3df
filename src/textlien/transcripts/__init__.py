"""Transcripts of any accepted format: speakers, their words, their roles, places in the file.

``reader`` is the entry point: a module of ``formats`` gives the utterances of a file, ``speakers``
finds labels and roles, ``quality`` looks for signs of damage, ``language`` tells French from other
languages, ``notice`` reads the head notice.
This room knows one file at a time: it must not import corpora, the pipeline, or anything above.
"""

from textlien.transcripts.model import Document, Reading, Utterance
from textlien.transcripts.reader import ACCEPTED, FORMATS, SUFFIXES, read, remedy

__all__ = ["ACCEPTED", "FORMATS", "SUFFIXES", "Document", "Reading", "Utterance", "read", "remedy"]
