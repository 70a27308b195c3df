"""Tables of turns, read by their columns: names, cells, roles, then turns.

Shared by documents and sheets. Works on plain values; must not import a format.
"""
