"""Names of persons, places, organisations and contacts in transcripts.

Proposes mentions, by rules on the words of a turn; who is whom is decided in ``linking``. Must not
import ``linking``, ``review``, ``replacing`` or ``audit``.
"""
