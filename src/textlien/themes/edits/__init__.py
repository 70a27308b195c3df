"""The researcher's own file of themes: rename, merge, set aside, split, ask for.

Its entries hold by words, never by a number (``reading``, ``vocabulary``); ``anchors`` finds the
themes that they mean, ``applying`` changes a :class:`~textlien.themes.model.ThemeModel` by them
(``splitting`` one theme), ``reports`` says which hold, and ``draft`` proposes entries. Must not
import engines, nor what calls them.
"""
