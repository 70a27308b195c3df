"""From French interview transcripts to theme profiles per city and wave."""

from importlib.metadata import version

__version__ = version("textlien")
