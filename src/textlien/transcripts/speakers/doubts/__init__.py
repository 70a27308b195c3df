"""Doubts about who speaks: the net under everything that reads labels.

``signs`` looks at lines for signs of a dialogue or of columns, ``apart`` at single lines of a file
whose questions are set apart by their look, ``doubt`` at an interview whose roles are decided. This
room sees one interview: it must not import formats, or the reader.
"""
