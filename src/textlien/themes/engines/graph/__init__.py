"""The engine of textlien: a graph of the terms that are said together, factorised into themes.

``edges`` makes the graph, ``factors`` its themes, ``fit`` puts both together. Must not import the
other engines.
"""
