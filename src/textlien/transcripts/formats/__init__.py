"""One module per file format: bytes → speakers' words with their place in the file.

``segments``, ``cues``, ``rolling``, ``elements``, ``layout``, ``pages`` and ``hyphens`` are shared
by several formats. A format must not import another format's reader, but for ``text``, which hands
a corpus of IRaMuTeQ to ``iramuteq``.
"""
