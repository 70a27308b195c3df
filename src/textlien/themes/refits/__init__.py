"""The same fit on draws of the interviews: how far themes hold, and how far their shares move.

``draws`` refits, ``stability`` compares the refits with the themes of the whole corpus, ``speech``
is what both have to know of interviews. Must not import the pipeline, which maps refits over
processes and keeps them.
"""
