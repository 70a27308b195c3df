"""One module per file format: bytes → speakers' words with their place in the file.

``segments``, ``cues``, ``subtitles``, ``recognition``, ``tiers`` and ``elements`` are shared by
several formats; what pages have in common is in :mod:`textlien.transcripts.layout`. A format must
not import another format's reader, but for ``text``, which hands a corpus of IRaMuTeQ to
``iramuteq``.
"""
