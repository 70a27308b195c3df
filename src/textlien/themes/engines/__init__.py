"""Engines of themes: each learns word distributions from a :class:`textlien.themes.model.Material`.

They do not know each other; a new one is a module with a ``prepare`` of type
:class:`textlien.themes.model.Engine` and a line in ``textlien.themes.fitting.ENGINES``. Must not
import ``find`` nor what describes themes.
"""
