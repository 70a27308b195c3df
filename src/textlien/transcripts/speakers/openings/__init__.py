"""Openings of the lines of a file as a whole: marks before labels, names that come back.

Works on lines before labels are learnt; must import neither the learning nor what rests on it.
"""
