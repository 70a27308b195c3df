"""Parts of the benchmarks of themes: corpora, models to compare, measures.

``models`` lists what is compared and fits each in a process of its own (``worker``), so that its
peak memory is its own; ``ours`` needs textlien, ``peers`` only numpy, scipy and the peer. Measures
know nothing of where themes come from.
"""
