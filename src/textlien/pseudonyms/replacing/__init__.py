"""The corpus written again with pseudonyms, codings in place.

Must not import ``finding``.
"""
