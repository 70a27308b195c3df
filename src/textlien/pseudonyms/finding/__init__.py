"""Names of persons, places, organisations and contacts in transcripts.

Proposes mentions; who is whom is decided in ``linking``.
"""
