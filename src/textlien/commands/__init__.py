"""Use cases behind commands: a study file and options → a result object.

Prints nothing and asks nothing: that is ``cli``, which it must not import.
"""
