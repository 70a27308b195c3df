"""One module a kind of rule by which a name is found.

Rules see the words of a turn and the gazetteers; must not import ``linking`` or above.
"""
