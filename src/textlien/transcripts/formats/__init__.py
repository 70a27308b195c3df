"""One module a file format: bytes → speakers' words with their place in the file.

``segments``, ``cues``, ``layout``, ``rolling``, ``pages``, ``hyphens`` and ``values`` are shared by
several formats. A format must not import another format's reader.
"""
